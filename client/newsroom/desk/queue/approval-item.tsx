import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/limits.ts';
import { patch, post } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { FormProblem, TextArea } from '../../components/field.tsx';
import { toast } from '../../components/toast.tsx';
import { useSending } from '../../sending.ts';
import { formOf } from '../composer/form.ts';
import { PreviewDialog } from '../preview/preview-dialog.tsx';
import { serverNow } from '../server-clock.ts';
import { DraftHead } from './draft-item.tsx';
import type { ItemProps } from './queue-panels.tsx';

/** What a reporter has handed in: an editor reads it, approves it, alters it, or sends it back. Its author waits. */
export function ApprovalItem(props: ItemProps) {
  const { draft, timeline, isEditor, isOnHold, lists, onOpen, me, openId } = props;
  const { update, review, author } = draft;
  const [open, setOpen] = useState<'preview' | 'send-back' | null>(null);
  const [isBusy, setBusy] = useState(false);
  const address = `/timelines/${timeline.slug}/updates/${update.id}`;
  const settle = async (change: object, done: string): Promise<void> => {
    setBusy(true);
    const answer = await patch(address, change, { ifMatch: update.revision });
    setBusy(false);
    if (answer.ok) toast(done);
    else if (answer.problem.code === 'stale-revision')
      toast({ text: 'It has been changed since: look at it again.', isFault: true });
    else toast({ text: answer.problem.detail, isFault: true });
    lists.resource.reload();
  };
  const wish = review?.publishAt && Date.parse(review.publishAt) > serverNow() ? review.publishAt : null;
  const approve = (): Promise<void> =>
    wish
      ? settle({ publishAt: wish }, 'Approved: it goes out at its time.')
      : settle({ status: 'published' }, 'Approved and published.');
  return (
    <>
      <DraftHead {...props} />
      {openId === update.id && <p class="soft">Open above</p>}
      <div class="row">
        <Button onClick={() => setOpen('preview')}>Read</Button>
        {isEditor && (
          <>
            <Button look="main" busy={isBusy} disabled={isOnHold && !wish} onClick={() => void approve()}>
              Approve
            </Button>
            <Button onClick={() => onOpen(draft)}>Edit</Button>
            <Button onClick={() => setOpen('send-back')}>Send back</Button>
          </>
        )}
        {!isEditor && author.id === me && (
          <Button onClick={() => void settle({ status: 'draft' }, 'It is a draft of yours again.')}>Withdraw</Button>
        )}
      </div>
      {open === 'preview' && (
        <PreviewDialog form={formOf(update, timeline.timeZone)} timeline={timeline} onClose={() => setOpen(null)} />
      )}
      {open === 'send-back' && (
        <SendBackDialog
          address={address}
          revision={update.revision}
          onClose={() => {
            setOpen(null);
            lists.resource.reload();
          }}
        />
      )}
    </>
  );
}

function SendBackDialog({ address, revision, onClose }: { address: string; revision: number; onClose: () => void }) {
  const [note, setNote] = useState('');
  const { isBusy, problem, submit } = useSending(
    () => post(`${address}/send-back`, { note: note.trim() }, { ifMatch: revision }),
    onClose,
  );
  return (
    <FormDialog
      title="Send back"
      action="Send back"
      busy={isBusy}
      disabled={note.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextArea
        label="What is to be done about it"
        name="note"
        required
        maxLength={limits.reasonCharacters}
        problem={problem}
        value={note}
        onValue={setNote}
      />
      <FormProblem problem={problem} />
    </FormDialog>
  );
}
