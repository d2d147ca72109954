import { useState } from 'preact/hooks';
import type { Account } from '../../../shared/people.ts';
import { patch } from '../api.ts';
import { Button } from '../components/button.tsx';
import { FormProblem, TextField } from '../components/field.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Loaded } from '../components/states.tsx';
import { toast } from '../components/toast.tsx';
import { useResource } from '../resource.ts';
import { useSending } from '../sending.ts';
import { useSession } from '../session/session.tsx';
import { PasswordPanel } from './password-panel.tsx';
import { SecondFactorPanel } from './second-factor-panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';

/** One’s own account. */
export function AccountPage() {
  const account = useResource<Account>('/account');
  const { state, reload } = useSession();
  return (
    <>
      <PageHead title="Your account" />
      {state?.secondFactorMissing && (
        <p class="notice" role="status">
          Everybody here signs in with a second factor. Set yours up below; then the rest of the newsroom opens.
        </p>
      )}
      <Loaded resource={account}>
        {(value) => (
          <div class="panels">
            <NamePanel account={value} onChanged={account.replace} />
            <SecondFactorPanel
              account={value}
              onChanged={() => {
                account.reload();
                reload();
              }}
            />
            <PasswordPanel email={value.person.email} />
            <SessionsPanel />
          </div>
        )}
      </Loaded>
    </>
  );
}

function NamePanel({ account: { person }, onChanged }: { account: Account; onChanged: (account: Account) => void }) {
  const { reload } = useSession();
  const [name, setName] = useState(person.name);
  const { problem, isBusy, submit } = useSending(
    () => patch<Account>('/account', { name }, { ifMatch: person.revision }),
    (changed) => {
      onChanged(changed);
      reload();
      toast('Your name is changed.');
    },
  );
  return (
    <section class="panel" aria-labelledby="who">
      <h2 id="who">You</h2>
      <form class="stack" onSubmit={submit}>
        <FormProblem problem={problem} />
        <TextField
          name="name"
          label="Name"
          value={name}
          onValue={setName}
          problem={problem}
          autocomplete="name"
          required
        />
        <dl class="facts">
          <dt>Signs in as</dt>
          <dd>{person.email}</dd>
          <dt>Role</dt>
          <dd>{person.role}</dd>
          <dt>Timelines</dt>
          <dd>{person.timelines?.join(', ') ?? 'all'}</dd>
        </dl>
        <div class="actions">
          <Button type="submit" busy={isBusy} disabled={name.trim() === person.name}>
            Save the name
          </Button>
        </div>
      </form>
    </section>
  );
}
