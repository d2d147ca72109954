import { useState } from 'preact/hooks';
import type { Person } from '../../../shared/people.ts';
import { patch } from '../api.ts';
import { FormDialog } from '../components/dialog.tsx';
import { FormProblem, TextField } from '../components/field.tsx';
import type { Role } from '../role.ts';
import { useSending } from '../sending.ts';
import { AuthorityFields } from './authority-fields.tsx';

interface PersonDialogProps {
  person: Person;
  onClose: () => void;
  onSaved: (name: string) => void;
}

export function PersonDialog({ person, onClose, onSaved }: PersonDialogProps) {
  const [name, setName] = useState(person.name);
  const [role, setRole] = useState<Role>(person.role);
  const [timelines, setTimelines] = useState<readonly string[] | null>(person.timelines);
  const { problem, isBusy, submit } = useSending(
    () => patch<Person>(`/people/${person.id}`, { name, role, timelines }, { ifMatch: person.revision }),
    (saved) => onSaved(saved.name),
  );
  return (
    <FormDialog title={person.name} action="Save" busy={isBusy} onSubmit={submit} onClose={onClose}>
      <FormProblem problem={problem} />
      <TextField
        name="name"
        label="Name"
        value={name}
        onValue={setName}
        problem={problem}
        autocomplete="off"
        required
      />
      <AuthorityFields
        role={role}
        onRole={setRole}
        timelines={timelines}
        onTimelines={setTimelines}
        problem={problem}
      />
    </FormDialog>
  );
}
