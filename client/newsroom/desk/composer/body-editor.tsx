import type { Editor } from '@tiptap/core';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { directionOf } from '../../../../shared/i18n/direction.ts';
import { LoadingState } from '../../components/states.tsx';
import { BodyToolbar } from './body-toolbar.tsx';
import { isRepresentable } from './representable.ts';

export interface BodyEditorProps {
  html: string;
  language: string;
  fault: string | null;
  onHtml: (html: string) => void;
  /** Images that were pasted or dropped into the text. */
  onImages?: (files: File[]) => void;
  onChooseImage?: () => void;
}

/**
 * The text of an update, as rich text or, where that would lose something, as HTML. `html` is what it begins with: what is typed
 * afterwards is told and never put back, or a fast typist would lose letters to the page.
 */
export function BodyEditor(props: BodyEditorProps) {
  const { html, language, fault, onHtml } = props;
  const id = useId();
  const [asHtml, setAsHtml] = useState(() => !isRepresentable(html));
  const toRichText = (): void => setAsHtml(false);
  return (
    <div class={fault === null ? 'field body-field' : 'field body-field faulty'}>
      <span class="label" id={`${id}-label`}>
        Text
      </span>
      {asHtml ? (
        <>
          <textarea
            class="body-html"
            rows={8}
            dir="ltr"
            aria-labelledby={`${id}-label`}
            value={html}
            onInput={({ currentTarget }) => onHtml(currentTarget.value)}
          />
          <p class="hint">
            Edited as HTML.{' '}
            {isRepresentable(html) ? (
              <button type="button" class="as-link" onClick={toRichText}>
                Edit it as text
              </button>
            ) : (
              'It has parts, such as a table or a passage in another language, that would be lost otherwise.'
            )}
          </p>
        </>
      ) : (
        <RichBody
          {...props}
          labelledBy={`${id}-label`}
          direction={directionOf(language)}
          onAsHtml={() => setAsHtml(true)}
        />
      )}
      {fault !== null && <p class="fault">{fault}</p>}
    </div>
  );
}

type RichProps = BodyEditorProps & { labelledBy: string; direction: 'ltr' | 'rtl'; onAsHtml: () => void };

function RichBody({ html, language, labelledBy, direction, onHtml, onImages, onChooseImage, onAsHtml }: RichProps) {
  const element = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  const [, redraw] = useState(0);
  const [isLinking, setLinking] = useState(false);
  const latest = useRef({ onHtml, onImages });
  latest.current = { onHtml, onImages };

  // the editor is opened once; whoever puts another text there makes it anew
  useEffect(() => {
    let opened: Editor | null = null;
    let isWanted = true;
    import('./rich-text.ts').then(({ openRichText }) => {
      if (!isWanted || !element.current) return;
      opened = openRichText({
        element: element.current,
        html,
        attributes: { 'aria-labelledby': labelledBy },
        onChange: (text) => latest.current.onHtml(text),
        onMove: () => redraw((count) => count + 1),
        onFiles: (files) => {
          const images = files.filter(({ type }) => type.startsWith('image/'));
          if (images.length > 0) latest.current.onImages?.(images);
          return images.length > 0;
        },
        onLink: () => setLinking(true),
      });
      setEditor(opened);
    }, console.error);
    return () => {
      isWanted = false;
      opened?.destroy();
    };
  }, []);

  return (
    <div class="rich-body">
      <BodyToolbar
        editor={editor}
        isLinking={isLinking}
        onLinking={setLinking}
        onChooseImage={onChooseImage}
        onAsHtml={onAsHtml}
      />
      <div class="rich-text" lang={language} dir={direction} ref={element} />
      {!editor && <LoadingState label="Loading the editor" />}
    </div>
  );
}
