import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface PageHeadProps {
  title: string;
  /** A line below it. */
  about?: ComponentChildren;
  /** Buttons that belong to the page as a whole. */
  actions?: ComponentChildren;
}

/** The heading of a page. It names the document and takes the focus, so that a change of page is heard. */
export function PageHead({ title, about, actions }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.title = `${title} · Daymark`;
  }, [title]);
  return (
    <header class="page-head">
      <div>
        <h1 tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {about !== undefined && <p class="about">{about}</p>}
      </div>
      {actions !== undefined && <div class="actions">{actions}</div>}
    </header>
  );
}
