import { KeyRound, Pencil, UserRoundCheck, UserRoundX } from 'lucide';
import { useState } from 'preact/hooks';
import type { Person } from '../../../shared/people.ts';
import { ConfirmDialog } from '../components/dialog.tsx';
import { Menu } from '../components/menu.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import { Table } from '../components/table.tsx';
import { usePerson } from '../session/session.tsx';

interface PersonTableProps {
  people: readonly Person[];
  onEdit: (person: Person) => void;
  onReset: (person: Person) => void;
  onDisable: (person: Person, disabled: boolean) => void;
}

type Question = { kind: 'reset' | 'disable'; person: Person };

export function PersonTable({ people, onEdit, onReset, onDisable }: PersonTableProps) {
  const { id: me } = usePerson();
  const [question, setQuestion] = useState<Question | null>(null);
  const menuOf = (person: Person) => [
    { label: 'Change', icon: Pencil, onSelect: () => onEdit(person) },
    {
      label: 'Link for a new password',
      icon: KeyRound,
      onSelect: () => setQuestion({ kind: 'reset', person }),
      disabled: person.disabledAt !== null,
    },
    person.disabledAt === null
      ? {
          label: 'Shut out',
          icon: UserRoundX,
          danger: true,
          disabled: person.id === me,
          onSelect: () => setQuestion({ kind: 'disable', person }),
        }
      : { label: 'Let in again', icon: UserRoundCheck, onSelect: () => onDisable(person, false) },
  ];
  const answer = (): void => {
    if (question?.kind === 'reset') onReset(question.person);
    if (question?.kind === 'disable') onDisable(question.person, true);
    setQuestion(null);
  };
  return (
    <>
      <Table
        caption="Everybody with an account"
        rows={people}
        keyOf={({ id }) => id}
        columns={[
          { title: 'Name', cell: (person) => <NameCell person={person} isMe={person.id === me} /> },
          { title: 'Role', cell: ({ role }) => role },
          { title: 'Timelines', cell: ({ timelines }) => timelines?.join(', ') ?? 'all' },
          {
            title: 'Second factor',
            cell: ({ secondFactor }) =>
              secondFactor ? <span class="tag good">on</span> : <span class="tag">off</span>,
          },
          {
            title: 'Last seen',
            cell: ({ seenAt }) => (seenAt === null ? 'not signed in' : <RelativeTime at={seenAt} />),
          },
          {
            title: 'Actions',
            isActions: true,
            cell: (person) => <Menu label={`Actions for ${person.name}`} items={menuOf(person)} />,
          },
        ]}
      />
      {question && (
        <ConfirmDialog
          title={question.kind === 'reset' ? 'A link for a new password?' : `Shut ${question.person.name} out?`}
          action={question.kind === 'reset' ? 'Make the link' : 'Shut out'}
          danger={question.kind === 'disable'}
          onConfirm={answer}
          onClose={() => setQuestion(null)}
        >
          {question.kind === 'reset' ? (
            <p>
              Whoever opens it sets a new password for {question.person.name} and is signed in. The second factor is
              taken away, and all sessions end. It is good once, for a day.
            </p>
          ) : (
            <p>
              All sessions end at once, on every device. What {question.person.name} has written stays. You can let them
              in again.
            </p>
          )}
        </ConfirmDialog>
      )}
    </>
  );
}

function NameCell({ person: { name, email, disabledAt }, isMe }: { person: Person; isMe: boolean }) {
  return (
    <>
      {name} {isMe && <span class="tag">you</span>} {disabledAt !== null && <span class="tag danger">shut out</span>}
      <div class="soft light">{email}</div>
    </>
  );
}
