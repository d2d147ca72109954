import { Copy } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { toast } from './toast.tsx';

interface OnceDialogProps {
  title: string;
  /** What it is for, and that it is not shown again. */
  about: ComponentChildren;
  label: string;
  value: string;
  /** What the button does: “Copy the link”. */
  action: string;
  onClose: () => void;
}

/** A secret that was just made: to be copied now or never. */
export function OnceDialog({ title, about, label, value, action, onClose }: OnceDialogProps) {
  const copy = (): void => {
    navigator.clipboard.writeText(value).then(
      () => toast('Copied.'),
      () => toast({ text: 'The browser does not let us copy. Select it by hand.', isFault: true }),
    );
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{about}</p>
      <Field label={label}>
        {(ids) => (
          <input {...ids} type="text" readOnly value={value} onFocus={({ currentTarget }) => currentTarget.select()} />
        )}
      </Field>
      <div class="actions">
        <Button onClick={onClose}>Done</Button>
        <Button look="main" icon={Copy} onClick={copy}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
