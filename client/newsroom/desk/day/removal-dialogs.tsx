import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/limits.ts';
import type { Update } from '../../../../shared/update.ts';
import { patch, remove } from '../../api.ts';
import { ConfirmDialog, FormDialog } from '../../components/dialog.tsx';
import { FormProblem, TextArea } from '../../components/field.tsx';
import { toast } from '../../components/toast.tsx';
import { useSending } from '../../sending.ts';

interface RemovalDialogProps {
  update: Update;
  title: string;
  onClose: () => void;
}

const addressOf = ({ timeline, id }: Update): string => `/timelines/${timeline}/updates/${id}`;

/** A retraction keeps the text on the page, struck, with the reason before it. */
export function RetractDialog({ update, title, onClose }: RemovalDialogProps) {
  const [reason, setReason] = useState('');
  const body = { status: 'retracted', reason: reason.trim() };
  const { isBusy, problem, submit } = useSending(
    () => patch(addressOf(update), body, { ifMatch: update.revision }),
    onClose,
  );
  return (
    <FormDialog
      title="Retract this update"
      action="Retract"
      danger
      busy={isBusy}
      disabled={reason.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        <b>{title}</b>
      </p>
      <p>It stays where it is, struck out, with this reason before it. Readers see both. This can’t be undone.</p>
      <TextArea
        label="Reason, for readers"
        name="reason"
        maxLength={limits.reasonCharacters}
        required
        problem={problem}
        value={reason}
        onValue={setReason}
      />
      <FormProblem problem={problem} />
    </FormDialog>
  );
}

/** A takedown leaves nothing of it anywhere: so it has to be typed. */
export function TakedownDialog({ update, title, onClose }: RemovalDialogProps) {
  const [reason, setReason] = useState('');
  const { isBusy, problem, send } = useSending(
    () => remove(addressOf(update), { reason: reason.trim() }),
    () => {
      toast('It is taken down.');
      onClose();
    },
  );
  return (
    <ConfirmDialog
      title="Take this update down"
      action="Take it down"
      typed="take down"
      danger
      busy={isBusy}
      onConfirm={() => reason.trim() !== '' && void send()}
      onClose={onClose}
    >
      <p>
        <b>{title}</b>
      </p>
      <p>
        It leaves every page, feed, search, export and open reader at once, its earlier wordings too. Only the audit log
        keeps who, when and why. This can’t be undone. To keep it visible as withdrawn, retract it.
      </p>
      <TextArea
        label="Reason, for the audit log"
        name="reason"
        maxLength={limits.reasonCharacters}
        required
        problem={problem}
        value={reason}
        onValue={setReason}
      />
      <FormProblem problem={problem} />
    </ConfirmDialog>
  );
}
