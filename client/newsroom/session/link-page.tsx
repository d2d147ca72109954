import { Link2Off } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { Invitation, SessionState } from '../../../shared/people.ts';
import { post, type Refusal } from '../api.ts';
import { Button, LinkButton } from '../components/button.tsx';
import { FormProblem, TextField } from '../components/field.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingState } from '../components/states.tsx';
import { navigate } from '../navigation.ts';
import type { PageProps } from '../routes.ts';
import { useSending } from '../sending.ts';
import { NewPasswordField } from './new-password-field.tsx';
import { useSession } from './session.tsx';

const titles: Record<Invitation['kind'], string> = {
  setup: 'Set up the newsroom',
  recovery: 'A new admin’s account',
  invitation: 'Welcome to the newsroom',
  reset: 'A new password',
};

/** What a link leads to: the first account, an invitation, or a new password. */
export function LinkPage({ params }: PageProps) {
  const token = params['token'] ?? '';
  const [found, setFound] = useState<Invitation | null>(null);
  const [problem, setProblem] = useState<Refusal | null>(null);
  useEffect(() => {
    post<Invitation>('/invitations/look', { token }).then((answer) =>
      answer.ok ? setFound(answer.body) : setProblem(answer.problem),
    );
  }, [token]);
  if (problem?.code === 'link-used')
    return (
      <>
        <PageHead title="This link leads nowhere any more" />
        <EmptyState icon={Link2Off} title="It was used, has expired, or was withdrawn">
          <p>{problem.detail}</p>
          <LinkButton href="/newsroom/sign-in">Sign in</LinkButton>
        </EmptyState>
      </>
    );
  if (problem) return <ErrorState problem={problem} onRetry={() => location.reload()} />;
  if (!found) return <LoadingState />;
  return (
    <>
      <PageHead title={titles[found.kind]} about={aboutOf(found)} />
      <AcceptForm invitation={found} token={token} />
    </>
  );
}

function aboutOf({ kind, role, timelines, byName }: Invitation): string {
  if (kind === 'setup') return 'The first account. It may do everything, and can invite everybody else.';
  if (kind === 'recovery') return 'It may do everything.';
  if (kind === 'reset') return 'Your second factor, if you had one, is taken away: set it up again afterwards.';
  const where = timelines === null ? '' : ` for ${timelines.join(', ')}`;
  return `${byName} invites you as ${role === 'reporter' ? 'a' : 'an'} ${role}${where}.`;
}

function AcceptForm({ invitation: { kind, name: called }, token }: { invitation: Invitation; token: string }) {
  const { enter } = useSession();
  const isReset = kind === 'reset';
  const [name, setName] = useState(isReset ? '' : (called ?? ''));
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { problem, isBusy, submit } = useSending(
    () => post<SessionState>('/invitations/accept', { token, password, ...(isReset ? {} : { name, email }) }),
    (state) => {
      enter(state);
      navigate('/newsroom', { replace: true });
    },
  );
  return (
    <form class="panel stack" onSubmit={submit}>
      <FormProblem problem={problem} />
      {!isReset && (
        <>
          <TextField
            name="name"
            label="Your name"
            hint="As colleagues know you."
            value={name}
            onValue={setName}
            problem={problem}
            autocomplete="name"
            autofocus
            required
          />
          <TextField
            name="email"
            label="E-mail address"
            hint="You sign in with it. Nothing is sent there."
            type="email"
            value={email}
            onValue={setEmail}
            problem={problem}
            autocomplete="username"
            required
          />
        </>
      )}
      <NewPasswordField name="password" label="Password" value={password} onValue={setPassword} problem={problem} />
      <div class="actions">
        <Button type="submit" look="main" busy={isBusy}>
          {isReset ? 'Set the password' : 'Make my account'}
        </Button>
      </div>
    </form>
  );
}
