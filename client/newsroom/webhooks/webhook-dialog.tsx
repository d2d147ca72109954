import { useState } from 'preact/hooks';
import type { Webhook, WebhookMade } from '../../../shared/webhook.ts';
import { type Answer, patch, post } from '../api.ts';
import { FormDialog } from '../components/dialog.tsx';
import { FormProblem } from '../components/field.tsx';
import { useSending } from '../sending.ts';
import { ChoiceFields, ReceiverFields } from './webhook-fields.tsx';
import { choiceOf, choices, type Draft } from './webhook-words.ts';

interface WebhookDialogProps {
  slug: string;
  /** Null: a new one. */
  webhook: Webhook | null;
  onClose: () => void;
  onSaved: (webhook: Webhook | WebhookMade) => void;
}

const blank: Draft = { name: '', url: '', format: 'json', token: '', recipient: '', choice: 'all' };

const draftOf = (webhook: Webhook | null): Draft =>
  webhook === null ? blank : { ...blank, name: webhook.name, format: webhook.format, choice: choiceOf(webhook) ?? '' };

/** A new webhook, or another name and choice of one. */
export function WebhookDialog({ slug, webhook, onClose, onSaved }: WebhookDialogProps) {
  const [draft, setDraft] = useState(draftOf(webhook));
  const path = `/timelines/${slug}/webhooks`;
  const ask = (): Promise<Answer<Webhook | WebhookMade>> => {
    const { name, url, format, token, recipient, choice } = draft;
    const chosen = choices[choice]?.chosen ?? {};
    if (webhook !== null) return patch(`${path}/${webhook.id}`, { name, ...chosen });
    const needsToken = format === 'telegram' || format === 'mastodon';
    const secrets = { token: needsToken ? token : null, recipient: format === 'telegram' ? recipient : null };
    return post(path, { name, url: url.trim(), format, ...secrets, ...chosen });
  };
  const { problem, isBusy, submit } = useSending(ask, onSaved);
  const fields = { draft, problem, onDraft: (change: Partial<Draft>) => setDraft({ ...draft, ...change }) };
  return (
    <FormDialog
      title={webhook === null ? 'Add a webhook' : `Change “${webhook.name}”`}
      action={webhook === null ? 'Add it' : 'Save'}
      busy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormProblem problem={problem} />
      {webhook === null && <ReceiverFields {...fields} />}
      <ChoiceFields {...fields} />
      {webhook !== null && <p class="soft">Its address stays: another address is another webhook.</p>}
    </FormDialog>
  );
}
