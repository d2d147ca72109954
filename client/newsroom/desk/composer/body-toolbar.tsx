import type { Editor } from '@tiptap/core';
import { Bold, Code, type IconNode, Image, Italic, Link, List, ListOrdered, Quote } from 'lucide';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';

interface BodyToolbarProps {
  editor: Editor | null;
  isLinking: boolean;
  onLinking: (isLinking: boolean) => void;
  onChooseImage: (() => void) | undefined;
  onAsHtml: () => void;
}

interface Tool {
  label: string;
  keys?: string;
  icon: IconNode;
  isOn?: boolean;
  run: () => void;
}

export function BodyToolbar({ editor, isLinking, onLinking, onChooseImage, onAsHtml }: BodyToolbarProps) {
  const on = (name: string): boolean => editor?.isActive(name) ?? false;
  const tools: Tool[] = [
    {
      label: 'Bold',
      keys: 'Control+B',
      icon: Bold,
      isOn: on('bold'),
      run: () => editor?.chain().focus().toggleBold().run(),
    },
    {
      label: 'Italic',
      keys: 'Control+I',
      icon: Italic,
      isOn: on('italic'),
      run: () => editor?.chain().focus().toggleItalic().run(),
    },
    { label: 'Link', keys: 'Control+K', icon: Link, isOn: on('link'), run: () => onLinking(true) },
    {
      label: 'List',
      keys: 'Control+Shift+8',
      icon: List,
      isOn: on('bulletList'),
      run: () => editor?.chain().focus().toggleBulletList().run(),
    },
    {
      label: 'Numbered list',
      keys: 'Control+Shift+7',
      icon: ListOrdered,
      isOn: on('orderedList'),
      run: () => editor?.chain().focus().toggleOrderedList().run(),
    },
    {
      label: 'Quote',
      keys: 'Control+Shift+B',
      icon: Quote,
      isOn: on('blockquote'),
      run: () => editor?.chain().focus().toggleBlockquote().run(),
    },
    ...(onChooseImage ? [{ label: 'Image', icon: Image, run: onChooseImage }] : []),
    { label: 'HTML', icon: Code, run: onAsHtml },
  ];
  return (
    <>
      <div class="toolbar" role="toolbar" aria-label="Formatting" onKeyDown={moveWithArrows}>
        {tools.map(({ label, keys, icon, isOn, run }, index) => (
          <button
            key={label}
            type="button"
            class="button quiet"
            tabIndex={index === 0 ? 0 : -1}
            aria-label={label}
            title={keys ? `${label} (${keys.replace('Control', 'Ctrl')})` : label}
            aria-keyshortcuts={keys}
            aria-pressed={isOn}
            disabled={!editor}
            onClick={run}
          >
            <Icon of={icon} />
          </button>
        ))}
      </div>
      {isLinking && editor && <LinkForm editor={editor} onDone={() => onLinking(false)} />}
    </>
  );
}

/** One stop for the Tab key; arrows move inside. */
function moveWithArrows(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  if (at < 0 || !/^Arrow(Left|Right)$/.test(event.key)) return;
  event.preventDefault();
  const next = buttons[(at + (event.key === forward ? 1 : -1) + buttons.length) % buttons.length];
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next?.focus();
}

function LinkForm({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const before = String(editor.getAttributes('link')['href'] ?? '');
  const [address, setAddress] = useState(before);
  const input = useRef<HTMLInputElement>(null);
  // Before the next key, which would go into the text.
  useLayoutEffect(() => input.current?.focus(), []);
  const close = (): void => {
    onDone();
    editor.commands.focus();
  };
  const apply = (): void => {
    const text = address.trim();
    const href = text === '' || /^(https?:|mailto:)/i.test(text) ? text : `https://${text}`;
    const chain = editor.chain().focus().extendMarkRange('link');
    if (href === '') chain.unsetLink().run();
    else if (editor.state.selection.empty && before === '')
      chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }).run();
    else chain.setLink({ href }).run();
    onDone();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter and Escape belong to the field inside
    <div
      class="link-form"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        if (event.key === 'Enter') apply();
        else close();
      }}
    >
      <input
        type="url"
        ref={input}
        aria-label="Address of the link"
        placeholder="https://"
        value={address}
        onInput={({ currentTarget }) => setAddress(currentTarget.value)}
      />
      <Button onClick={apply}>{before !== '' && address.trim() === '' ? 'Remove' : 'Link'}</Button>
      <Button look="quiet" onClick={close}>
        Cancel
      </Button>
    </div>
  );
}
