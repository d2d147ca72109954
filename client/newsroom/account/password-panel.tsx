import { useState } from 'preact/hooks';
import { post } from '../api.ts';
import { Button } from '../components/button.tsx';
import { FormProblem, TextField } from '../components/field.tsx';
import { toast } from '../components/toast.tsx';
import { useSending } from '../sending.ts';
import { NewPasswordField } from '../session/new-password-field.tsx';

export function PasswordPanel({ email }: { email: string }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { problem, isBusy, submit } = useSending(
    () => post('/account/password', { current, next }),
    () => {
      setCurrent('');
      setNext('');
      toast('Your password is changed. You are signed out everywhere else.');
    },
  );
  return (
    <section class="panel" aria-labelledby="password">
      <h2 id="password">Password</h2>
      <form class="stack" onSubmit={submit}>
        <FormProblem problem={problem} />
        <input
          class="unseen"
          type="email"
          autocomplete="username"
          value={email}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <TextField
          name="current"
          label="Present password"
          type="password"
          value={current}
          onValue={setCurrent}
          problem={problem}
          autocomplete="current-password"
          required
        />
        <NewPasswordField name="next" label="New password" value={next} onValue={setNext} problem={problem} />
        <div class="actions">
          <Button type="submit" busy={isBusy}>
            Change the password
          </Button>
        </div>
      </form>
    </section>
  );
}
