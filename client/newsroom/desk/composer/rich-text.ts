import { Editor, type EditorOptions } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import { cleanPaste } from './paste-cleaner.ts';

export interface RichTextParts {
  element: HTMLElement;
  html: string;
  /** Of the box that is typed into: its name, language, description. */
  attributes: Record<string, string>;
  onChange: (html: string) => void;
  /** The selection moved: the toolbar looks different now. */
  onMove: () => void;
  /** Files that were pasted or dropped. True: they were taken. */
  onFiles: (files: File[]) => boolean;
  /** Ctrl+K. */
  onLink: () => void;
}

/** The editor of a body, with what a body may have and nothing else. In a module of its own: it is loaded when it is needed. */
export function openRichText({ element, html, attributes, onChange, onMove, onFiles, onLink }: RichTextParts): Editor {
  const files = (data: DataTransfer | null): boolean => {
    const given = [...(data?.files ?? [])];
    // Word puts a picture of the text on the clipboard beside the text.
    const isText = data?.types.includes('text/html') === true || data?.types.includes('text/plain') === true;
    return given.length > 0 && !isText && onFiles(given);
  };
  const editorProps: EditorOptions['editorProps'] = {
    attributes: { role: 'textbox', 'aria-multiline': 'true', ...attributes },
    transformPastedHTML: cleanPaste,
    handlePaste: (_view, event) => files(event.clipboardData),
    handleDrop: (_view, event) => files(event.dataTransfer),
    handleKeyDown: (_view, event) => {
      if (!(event.ctrlKey || event.metaKey)) return false;
      // It publishes; the editor would break the line first.
      if (event.key === 'Enter') return true;
      if (event.key === ']') return editor.commands.sinkListItem('listItem');
      if (event.key === '[') return editor.commands.liftListItem('listItem');
      if (event.key.toLowerCase() !== 'k') return false;
      event.preventDefault();
      onLink();
      return true;
    },
  };
  // In a list the editor would take Tab to indent the item: who has no mouse would not get on without altering the text.
  element.addEventListener('keydown', (event) => event.key === 'Tab' && event.stopPropagation(), true);
  const editor = new Editor({
    element,
    content: html,
    // The page’s policy lets no style in that a script writes.
    injectCSS: false,
    extensions: [
      StarterKit.configure({
        heading: { levels: [3, 4] },
        trailingNode: false,
        link: {
          openOnClick: false,
          defaultProtocol: 'https',
          protocols: ['http', 'https', 'mailto'],
          HTMLAttributes: { target: null, rel: null },
        },
      }),
    ],
    editorProps,
    onUpdate: () => onChange(editor.isEmpty ? '' : editor.getHTML()),
    onTransaction: onMove,
  });
  return editor;
}
