import { useLayoutEffect, useRef } from 'preact/hooks';
import { directionOf } from '../../../../shared/i18n/direction.ts';
import type { Update } from '../../../../shared/update.ts';
import type { ViewContext } from '../../../../shared/view/context.ts';
import { updateArticle } from '../../../../shared/view/update.ts';
import { readerStyle } from './reader-style.ts';

const sheet = new CSSStyleSheet();
sheet.replaceSync(`${readerStyle}
:host { display: block; color: var(--ink); font: 1.0625rem / 1.6 var(--serif); overflow-wrap: anywhere; }
article { padding-block: 0.75rem 1rem; border: 0; }
.key::before { display: none; }`);

/** An update as readers see it: the same component as on their pages, in a shadow of its own. */
export function ReaderArticle({ update, context }: { update: Update; context: ViewContext }) {
  const host = useRef<HTMLDivElement>(null);
  const { text } = updateArticle(update, context);
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    root.innerHTML = text;
  }, [text]);
  return <div class="reader-article" ref={host} lang={context.language} dir={directionOf(context.language)} />;
}
