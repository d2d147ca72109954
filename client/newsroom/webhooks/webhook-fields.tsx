import type { Refusal } from '../api.ts';
import { SelectField, TextField } from '../components/field.tsx';
import { addressOf, choices, type Draft, formatNames } from './webhook-words.ts';

interface FieldsProps {
  draft: Draft;
  onDraft: (change: Partial<Draft>) => void;
  problem: Refusal | null;
}

const formats = Object.entries(formatNames).map(([value, label]) => ({ value, label }));

/** Whom to tell: what can’t be changed afterwards. */
export function ReceiverFields({ draft, onDraft, problem }: FieldsProps) {
  const { format, url, token, recipient } = draft;
  const address = addressOf[format];
  return (
    <>
      <SelectField
        name="format"
        label="Who is told"
        choices={formats}
        value={format}
        onValue={(chosen) => {
          const next = chosen as Draft['format'];
          onDraft({ format: next, ...(url === address.preset && { url: addressOf[next].preset }) });
        }}
        problem={problem}
      />
      <TextField
        name="url"
        label={address.label}
        hint={address.hint}
        type="url"
        inputMode="url"
        value={url}
        onValue={(value) => onDraft({ url: value })}
        problem={problem}
        autocomplete="off"
        dir="ltr"
        required
      />
      {(format === 'telegram' || format === 'mastodon') && (
        <TextField
          name="token"
          label={format === 'telegram' ? 'Token of the bot' : 'Token of the account'}
          hint={
            format === 'telegram'
              ? 'From @BotFather. It is not shown again.'
              : 'Of an application that may write statuses. It is not shown again.'
          }
          type="password"
          value={token}
          onValue={(value) => onDraft({ token: value })}
          problem={problem}
          autocomplete="off"
          required
        />
      )}
      {format === 'telegram' && (
        <TextField
          name="recipient"
          label="Chat"
          hint="@channel, or the number of a chat that the bot is in."
          value={recipient}
          onValue={(value) => onDraft({ recipient: value })}
          problem={problem}
          autocomplete="off"
          dir="ltr"
          required
        />
      )}
    </>
  );
}

/** What can be changed at any time. */
export function ChoiceFields({ draft, onDraft, problem }: FieldsProps) {
  const offered = Object.entries(choices).map(([value, { label }]) => ({ value, label }));
  return (
    <>
      <TextField
        name="name"
        label="Name"
        hint="To tell webhooks apart: “Newsletter”, “Channel”."
        value={draft.name}
        onValue={(name) => onDraft({ name })}
        problem={problem}
        autocomplete="off"
        required
      />
      <SelectField
        name="events"
        label="Of what"
        hint="Takedowns are told to all, but where new updates or summaries alone are chosen."
        choices={draft.choice === '' ? [{ value: '', label: 'As chosen over the interface' }, ...offered] : offered}
        value={draft.choice}
        onValue={(choice) => onDraft({ choice })}
        problem={problem}
      />
    </>
  );
}
