import { useEffect, useRef, useState } from 'preact/hooks';
import type { SessionState } from '../../../shared/people.ts';
import { post, type Refusal } from '../api.ts';
import { Button } from '../components/button.tsx';
import { FormProblem, TextField } from '../components/field.tsx';

interface SignInFormProps {
  /** Known where somebody was signed in before. */
  email?: string;
  onEntered: (state: SessionState) => void;
}

/** Address and password; then, for those who have one, the code of the second factor. */
export function SignInForm({ email: known = '', onEntered }: SignInFormProps) {
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [isCodeWanted, setCodeWanted] = useState(false);
  const [problem, setProblem] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const codeField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isCodeWanted) codeField.current?.focus();
  }, [isCodeWanted]);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const answer = await post<SessionState>('/session', { email, password, ...(isCodeWanted ? { code } : {}) });
    setBusy(false);
    if (answer.ok) return onEntered(answer.body);
    if (answer.problem.code === 'second-factor-wanted') setCodeWanted(true);
    else setProblem(answer.problem);
  };

  return (
    <form class="stack" onSubmit={submit}>
      <FormProblem problem={problem} />
      {isCodeWanted ? (
        <TextField
          name="code"
          label="Code of your second factor"
          hint="Six digits from your authenticator, or one of your recovery codes."
          value={code}
          onValue={setCode}
          autocomplete="one-time-code"
          autocapitalize="off"
          spellcheck={false}
          required
          ref={codeField}
        />
      ) : (
        <>
          <TextField
            name="email"
            label="E-mail address"
            type="email"
            value={email}
            onValue={setEmail}
            autocomplete="username"
            autofocus={known === ''}
            required
          />
          <TextField
            name="password"
            label="Password"
            type="password"
            value={password}
            onValue={setPassword}
            autocomplete="current-password"
            autofocus={known !== ''}
            required
          />
        </>
      )}
      <div class="actions">
        {isCodeWanted && (
          <Button
            onClick={() => {
              setCodeWanted(false);
              setCode('');
              setProblem(null);
            }}
          >
            Back
          </Button>
        )}
        <Button type="submit" look="main" busy={isBusy}>
          Sign in
        </Button>
      </div>
    </form>
  );
}
