import { Copy } from 'lucide';
import type { InvitationMade } from '../../../shared/people.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import { toast } from '../components/toast.tsx';

/** A link that was just made: to be copied now or never. */
export function LinkDialog({ invitation, onClose }: { invitation: InvitationMade; onClose: () => void }) {
  const url = location.origin + invitation.path;
  const copy = (): void => {
    navigator.clipboard.writeText(url).then(
      () => toast('Copied.'),
      () => toast({ text: 'The browser does not let us copy. Select the link by hand.', isFault: true }),
    );
  };
  return (
    <Dialog title={invitation.name === null ? 'The link' : `The link for ${invitation.name}`} onClose={onClose}>
      <p>
        Send it by a way that only they can read. It is good once, and ends <RelativeTime at={invitation.expiresAt} />.
        It is not shown again.
      </p>
      <Field label="Link">
        {(ids) => (
          <input {...ids} type="text" readOnly value={url} onFocus={({ currentTarget }) => currentTarget.select()} />
        )}
      </Field>
      <div class="actions">
        <Button onClick={onClose}>Done</Button>
        <Button look="main" icon={Copy} onClick={copy}>
          Copy the link
        </Button>
      </div>
    </Dialog>
  );
}
