import { useEffect, useState } from 'preact/hooks';
import { Dialog } from '../components/dialog.tsx';

const shortcuts: readonly [keys: string, what: string][] = [
  ['N', 'Write: to the headline'],
  ['Ctrl + Enter', 'Publish, or save an edit'],
  ['Ctrl + S', 'Save the draft now'],
  ['Ctrl + Shift + P', 'Preview'],
  ['Ctrl + B · Ctrl + I · Ctrl + K', 'Bold, italic, link'],
  ['Ctrl + Shift + 8 · 7 · B', 'List, numbered list, quote'],
  ['Ctrl + ] · [', 'Indent a list item, and back'],
  ['J · K', 'Next, previous update'],
  ['E', 'Edit the update'],
  ['H', 'Its history'],
  ['Esc', 'Close what is open'],
  ['?', 'This list'],
];

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Single letters work wherever nothing is typed; the list of them is one of them. */
export function Shortcuts({ onWrite }: { onWrite: () => void }) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      if (event.key === '?') setOpen(true);
      else if (event.key === 'n') onWrite();
      else if (event.key === 'j' || event.key === 'k') moveBy(event.key === 'j' ? 1 : -1);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onWrite]);
  return (
    <>
      <button type="button" class="button quiet shortcuts-button" aria-keyshortcuts="?" onClick={() => setOpen(true)}>
        Shortcuts <kbd>?</kbd>
      </button>
      {isOpen && (
        <Dialog title="Keyboard shortcuts" onClose={() => setOpen(false)}>
          <dl class="shortcuts">
            {shortcuts.map(([keys, what]) => (
              <div key={keys}>
                <dt>
                  <kbd>{keys}</kbd>
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      )}
    </>
  );
}

function moveBy(step: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.update-row')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
