import { useState } from 'preact/hooks';
import type { Person } from '../../../shared/people.ts';
import { patch, type Refusal } from '../api.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { FormProblem, TextField } from '../components/field.tsx';
import type { Role } from '../role.ts';
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
  const [problem, setProblem] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const answer = await patch<Person>(`/people/${person.id}`, { name, role, timelines }, { ifMatch: person.revision });
    setBusy(false);
    if (answer.ok) onSaved(answer.body.name);
    else setProblem(answer.problem);
  };
  return (
    <Dialog title={person.name} onClose={onClose}>
      <form class="stack" onSubmit={submit}>
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
        <div class="actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="main" busy={isBusy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
