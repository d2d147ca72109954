import { KeyRound, Plus } from 'lucide';
import { useState } from 'preact/hooks';
import { post, remove } from '../api.ts';
import { Button } from '../components/button.tsx';
import { ConfirmDialog, FormDialog } from '../components/dialog.tsx';
import { FormProblem, TextField } from '../components/field.tsx';
import { OnceDialog } from '../components/once-dialog.tsx';
import { PageHead } from '../components/page-head.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import { EmptyState, Loaded } from '../components/states.tsx';
import { Table } from '../components/table.tsx';
import { toast } from '../components/toast.tsx';
import { AuthorityFields } from '../people/authority-fields.tsx';
import { useResource } from '../resource.ts';
import type { Role } from '../role.ts';
import { useSending } from '../sending.ts';

interface Token {
  id: string;
  name: string;
  role: Role;
  timelines: string[] | null;
  createdAt: string;
}

/** Bearer tokens of other programs. */
export function TokensPage() {
  const tokens = useResource<{ tokens: Token[] }>('/tokens');
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<(Token & { token: string }) | null>(null);
  const [deleted, setDeleted] = useState<Token | null>(null);
  const end = async ({ id, name }: Token): Promise<void> => {
    setDeleted(null);
    const answer = await remove(`/tokens/${id}`);
    toast(answer.ok ? `${name} is refused from now on.` : { text: answer.problem.detail, isFault: true });
    tokens.reload();
  };
  return (
    <>
      <PageHead
        title="Tokens"
        about={
          <>
            With a token another program writes here: an importer, a wire, a script. <a href="/docs/api">How</a>
          </>
        }
        actions={
          <Button look="main" icon={Plus} onClick={() => setMaking(true)}>
            Make a token
          </Button>
        }
      />
      <Loaded resource={tokens}>
        {({ tokens: all }) =>
          all.length === 0 ? (
            <EmptyState icon={KeyRound} title="No tokens">
              <p>People sign in with their own accounts; tokens are for programs.</p>
            </EmptyState>
          ) : (
            <Table
              caption="All tokens"
              rows={all}
              keyOf={({ id }) => id}
              columns={[
                { title: 'Name', cell: ({ name }) => name },
                { title: 'Role', cell: ({ role }) => role },
                { title: 'Timelines', cell: ({ timelines }) => timelines?.join(', ') ?? 'all' },
                { title: 'Made', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
                {
                  title: 'Actions',
                  isActions: true,
                  cell: (token) => <Button onClick={() => setDeleted(token)}>Take away</Button>,
                },
              ]}
            />
          )
        }
      </Loaded>
      {isMaking && (
        <NewTokenDialog
          onClose={() => setMaking(false)}
          onMade={(token) => {
            setMaking(false);
            setMade(token);
            tokens.reload();
          }}
        />
      )}
      {made && (
        <OnceDialog
          title={`The token of “${made.name}”`}
          about="It is shown this once, and kept here as a hash alone."
          label="Token"
          value={made.token}
          action="Copy it"
          onClose={() => setMade(null)}
        />
      )}
      {deleted && (
        <ConfirmDialog
          title={`Take “${deleted.name}” away?`}
          action="Take away"
          danger
          onConfirm={() => void end(deleted)}
          onClose={() => setDeleted(null)}
        >
          <p>Whatever uses it is refused from its next request on. A token can’t be had back: make another one.</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function NewTokenDialog({
  onClose,
  onMade,
}: {
  onClose: () => void;
  onMade: (token: Token & { token: string }) => void;
}) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('reporter');
  const [timelines, setTimelines] = useState<readonly string[] | null>(null);
  const { problem, isBusy, submit } = useSending(
    () => post<Token & { token: string }>('/tokens', { name, role, timelines }),
    onMade,
  );
  return (
    <FormDialog title="Make a token" action="Make the token" busy={isBusy} onSubmit={submit} onClose={onClose}>
      <FormProblem problem={problem} />
      <TextField
        name="name"
        label="Name"
        hint="What uses it: “wire importer”."
        value={name}
        onValue={setName}
        problem={problem}
        autocomplete="off"
        autofocus
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
