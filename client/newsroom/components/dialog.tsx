import { X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button, IconButton } from './button.tsx';
import { TextField } from './field.tsx';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  /** Stays at the edge of a phone’s screen where a thumb reaches it; on a desk it is as wide as this. */
  width?: 'narrow' | 'wide';
}

/** The browser’s own modal dialog: it keeps the focus inside, closes with Escape, and gives the focus back. Open while it is there. */
export function Dialog({ title, onClose, children, width = 'narrow' }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog ${width}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => event.target === dialog.current && onClose()}
    >
      <div class="dialog-inside">
        <header>
          <h2 id={id}>{title}</h2>
          <IconButton icon={X} label="Close" onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  );
}

interface FormDialogProps {
  title: string;
  /** What the button does: “Take it down”. */
  action: string;
  /** It can’t be undone. */
  danger?: boolean;
  busy?: boolean;
  /** Something is still missing. */
  disabled?: boolean;
  onSubmit: (event: Event) => void;
  onClose: () => void;
  children: ComponentChildren;
}

/** A dialog that asks for something and then does it, or is cancelled. */
export function FormDialog({
  title,
  action,
  danger = false,
  busy = false,
  disabled = false,
  onSubmit,
  onClose,
  children,
}: FormDialogProps) {
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!disabled && !busy) onSubmit(event);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="stack" onSubmit={submit}>
        {children}
        <div class="actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look={danger ? 'danger' : 'main'} busy={busy} disabled={disabled}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface ConfirmProps {
  title: string;
  /** What will happen, and whether it can be undone. */
  children: ComponentChildren;
  /** What the button does: “Take it down”. */
  action: string;
  /** Must be typed before the button can be pressed: for what can’t be undone. */
  typed?: string;
  danger?: boolean;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmDialog({
  title,
  children,
  action,
  typed,
  danger = false,
  busy = false,
  onConfirm,
  onClose,
}: ConfirmProps) {
  const [text, setText] = useState('');
  const isTyped = typed === undefined || text.trim() === typed;
  return (
    <FormDialog
      title={title}
      action={action}
      danger={danger}
      busy={busy}
      disabled={!isTyped}
      onSubmit={onConfirm}
      onClose={onClose}
    >
      {children}
      {typed !== undefined && (
        <TextField
          name="confirmation"
          label={`Type “${typed}” to go on`}
          value={text}
          onValue={setText}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
        />
      )}
    </FormDialog>
  );
}
