import { useState } from 'preact/hooks';
import type { InvitationMade } from '../../../shared/people.ts';
import { post } from '../api.ts';
import { FormDialog } from '../components/dialog.tsx';
import { FormProblem, SelectField, TextField } from '../components/field.tsx';
import type { Role } from '../role.ts';
import { useSending } from '../sending.ts';
import { AuthorityFields } from './authority-fields.tsx';

const lasts = [1, 3, 7, 30].map((days) => ({ value: String(days), label: days === 1 ? 'a day' : `${days} days` }));

export function InviteDialog({ onClose, onMade }: { onClose: () => void; onMade: (made: InvitationMade) => void }) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('reporter');
  const [timelines, setTimelines] = useState<readonly string[] | null>(null);
  const [days, setDays] = useState('7');
  const { problem, isBusy, submit } = useSending(() => {
    const called = name.trim() === '' ? null : name;
    return post<InvitationMade>('/invitations', { name: called, role, timelines, days: Number(days) });
  }, onMade);
  return (
    <FormDialog title="Invite somebody" action="Make the link" busy={isBusy} onSubmit={submit} onClose={onClose}>
      <FormProblem problem={problem} />
      <TextField
        name="name"
        label="Whom"
        hint="To tell invitations apart; they can change it."
        value={name}
        onValue={setName}
        problem={problem}
        autocomplete="off"
        optional
      />
      <AuthorityFields
        role={role}
        onRole={setRole}
        timelines={timelines}
        onTimelines={setTimelines}
        problem={problem}
      />
      <SelectField
        name="days"
        label="The link is good for"
        value={days}
        onValue={setDays}
        choices={lasts}
        problem={problem}
      />
    </FormDialog>
  );
}
