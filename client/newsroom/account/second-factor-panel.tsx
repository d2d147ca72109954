import { Copy, ShieldCheck, ShieldOff } from 'lucide';
import { useMemo, useState } from 'preact/hooks';
import { encode } from 'uqr';
import type { Account, Enrolment, RecoveryCodes } from '../../../shared/people.ts';
import { ask, post } from '../api.ts';
import { Button } from '../components/button.tsx';
import { Dialog, FormDialog } from '../components/dialog.tsx';
import { FormProblem, TextField } from '../components/field.tsx';
import { toast } from '../components/toast.tsx';
import { useSending } from '../sending.ts';

type Step = 'begin' | 'end' | 'renew' | null;
const questions = {
  begin: { title: 'Set up a second factor', action: 'Go on' },
  end: { title: 'Take the second factor away?', action: 'Take it away' },
  renew: { title: 'New recovery codes', action: 'Make new codes' },
};

/** Time-based codes (TOTP) of an authenticator, with recovery codes for when it is lost. */
export function SecondFactorPanel({ account, onChanged }: { account: Account; onChanged: () => void }) {
  const [step, setStep] = useState<Step>(null);
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const isOn = account.person.secondFactor;
  const done = (made: readonly string[] | null): void => {
    setStep(null);
    setEnrolment(null);
    setCodes(made);
    onChanged();
  };
  return (
    <section class="panel" aria-labelledby="factor">
      <h2 id="factor">Second factor {isOn ? <span class="tag good">on</span> : <span class="tag">off</span>}</h2>
      {isOn ? (
        <p>
          Besides the password you type a code of your authenticator. {account.recoveryCodes} recovery{' '}
          {account.recoveryCodes === 1 ? 'code is' : 'codes are'} left for when it is lost.
        </p>
      ) : (
        <p>
          With it a stolen password alone opens nothing. Any authenticator will do: an app on your phone, or a password
          manager.
        </p>
      )}
      <div class="actions">
        {isOn && <Button onClick={() => setStep('renew')}>New recovery codes</Button>}
        {isOn && !account.secondFactorRequired && (
          <Button look="danger" icon={ShieldOff} onClick={() => setStep('end')}>
            Take it away
          </Button>
        )}
        {!isOn && (
          <Button look="main" icon={ShieldCheck} onClick={() => setStep('begin')}>
            Set it up
          </Button>
        )}
      </div>
      {step !== null && enrolment === null && (
        <ProofDialog
          step={step}
          onClose={() => setStep(null)}
          onBegun={setEnrolment}
          onCodes={done}
          onEnded={() => done(null)}
        />
      )}
      {enrolment && <EnrolDialog enrolment={enrolment} onClose={() => done(null)} onCodes={done} />}
      {codes && <CodesDialog codes={codes} onClose={() => setCodes(null)} />}
    </section>
  );
}

interface ProofDialogProps {
  step: Exclude<Step, null>;
  onClose: () => void;
  onBegun: (enrolment: Enrolment) => void;
  onCodes: (codes: readonly string[]) => void;
  onEnded: () => void;
}

/** The password once more, before what a thief of an open browser must not do. */
function ProofDialog({ step, onClose, onBegun, onCodes, onEnded }: ProofDialogProps) {
  const [password, setPassword] = useState('');
  const path = step === 'renew' ? '/account/recovery-codes' : '/account/second-factor';
  const { problem, isBusy, submit } = useSending(
    () => ask<unknown>(path, { method: step === 'end' ? 'DELETE' : 'POST', body: { password } }),
    (body) => {
      if (step === 'begin') onBegun(body as Enrolment);
      else if (step === 'renew') onCodes((body as RecoveryCodes).recoveryCodes);
      else onEnded();
    },
  );
  const { title, action } = questions[step];
  return (
    <FormDialog title={title} action={action} danger={step === 'end'} busy={isBusy} onSubmit={submit} onClose={onClose}>
      <FormProblem problem={problem} />
      <TextField
        name="password"
        label="Your password"
        hint="Once more, as this decides who can get in."
        type="password"
        value={password}
        onValue={setPassword}
        problem={problem}
        autocomplete="current-password"
        autofocus
        required
      />
    </FormDialog>
  );
}

interface EnrolDialogProps {
  enrolment: Enrolment;
  onClose: () => void;
  onCodes: (codes: readonly string[]) => void;
}

function EnrolDialog({ enrolment: { uri, secret }, onClose, onCodes }: EnrolDialogProps) {
  const [code, setCode] = useState('');
  const { problem, isBusy, submit } = useSending(
    () => post<RecoveryCodes>('/account/second-factor/confirm', { code }),
    ({ recoveryCodes }) => onCodes(recoveryCodes),
  );
  return (
    <FormDialog title="Set up a second factor" action="Switch it on" busy={isBusy} onSubmit={submit} onClose={onClose}>
      <p>Scan this with your authenticator, or type the secret into it.</p>
      <QrCode text={uri} label="The secret as a QR code" />
      <p class="secret">
        <code>{secret.replace(/(.{4})/g, '$1 ').trim()}</code>
      </p>
      <FormProblem problem={problem} />
      <TextField
        name="code"
        label="The code that it shows now"
        value={code}
        onValue={setCode}
        problem={problem}
        inputMode="numeric"
        autocomplete="one-time-code"
        autofocus
        required
      />
    </FormDialog>
  );
}

/** Always dark on light, whatever the page is: cameras want it so. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = useMemo(() => encode(text, { border: 2 }), [text]);
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function CodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const copy = (): void => {
    navigator.clipboard.writeText(codes.join('\n')).then(
      () => toast('Copied.'),
      () => toast({ text: 'The browser does not let us copy. Select the codes by hand.', isFault: true }),
    );
  };
  return (
    <Dialog title="Keep these recovery codes" onClose={onClose}>
      <p>Each lets you in once, in place of a code of your authenticator. They are not shown again.</p>
      <ul class="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div class="actions">
        <Button icon={Copy} onClick={copy}>
          Copy all
        </Button>
        <Button look="main" onClick={onClose}>
          I have kept them
        </Button>
      </div>
    </Dialog>
  );
}
