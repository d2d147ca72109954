import type { InvitationMade } from '../../../shared/people.ts';
import { OnceDialog } from '../components/once-dialog.tsx';
import { RelativeTime } from '../components/relative-time.tsx';

/** A link that was just made: to be copied now or never. */
export function LinkDialog({ invitation, onClose }: { invitation: InvitationMade; onClose: () => void }) {
  return (
    <OnceDialog
      title={invitation.name === null ? 'The link' : `The link for ${invitation.name}`}
      about={
        <>
          Send it by a way that only they can read. It is good once, and ends <RelativeTime at={invitation.expiresAt} />
          . It is not shown again.
        </>
      }
      label="Link"
      value={location.origin + invitation.path}
      action="Copy the link"
      onClose={onClose}
    />
  );
}
