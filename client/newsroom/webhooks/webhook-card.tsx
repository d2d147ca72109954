import { KeyRound, Pencil, Power, Trash2 } from 'lucide';
import { useId, useState } from 'preact/hooks';
import type { Webhook } from '../../../shared/webhook.ts';
import { type Answer, patch, post } from '../api.ts';
import { Button } from '../components/button.tsx';
import { Menu } from '../components/menu.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import { toast } from '../components/toast.tsx';
import { OutcomeTag } from './deliveries-dialog.tsx';
import { choiceWords, eventWords, formatNames, outcomeWords, stateOf } from './webhook-words.ts';

export type Wish = 'deliveries' | 'edit' | 'rotate' | 'delete';

interface WebhookCardProps {
  slug: string;
  webhook: Webhook;
  onChanged: (webhook: Webhook) => void;
  onWish: (wish: Wish) => void;
}

/** A webhook: whom it tells, how that goes, and what to do about it. */
export function WebhookCard({ slug, webhook, onChanged, onWish }: WebhookCardProps) {
  const { id, name, url, format, recipient, disabled } = webhook;
  const [busy, setBusy] = useState<'test' | 'enable' | null>(null);
  const headingId = useId();
  const path = `/timelines/${slug}/webhooks/${id}`;
  const { word, look } = stateOf(webhook);
  const done = async (what: 'test' | 'enable', asked: Promise<Answer<Webhook>>): Promise<Webhook | null> => {
    setBusy(what);
    const answer = await asked;
    setBusy(null);
    if (answer.ok) onChanged(answer.body);
    else toast({ text: answer.problem.detail, isFault: true });
    return answer.ok ? answer.body : null;
  };
  const test = async (): Promise<void> => {
    const outcome = (await done('test', post(`${path}/test`)))?.deliveries[0];
    if (!outcome) return;
    if (outcome.delivered) toast(`${name} has taken the test.`);
    else toast({ text: `${name} has not taken the test: ${outcomeWords(outcome)}.`, isFault: true });
  };
  const enable = (enabled: boolean) => void done('enable', patch(path, { enabled }));
  return (
    <li class="panel webhook" aria-labelledby={headingId}>
      <div class="webhook-head">
        <h2 id={headingId}>{name}</h2>
        <span class={`tag ${look}`}>{word}</span>
      </div>
      <p class="soft webhook-about">
        {formatNames[format]}
        {recipient === null ? '' : ` ${recipient}`} · <bdi>{url}</bdi> · {choiceWords(webhook)}
      </p>
      {disabled ? (
        <div class="notice webhook-notice" role="status">
          <p>
            Disabled <RelativeTime at={disabled.at} />. {disabled.reason}
          </p>
          <Button busy={busy === 'enable'} onClick={() => enable(true)}>
            Try again
          </Button>
        </div>
      ) : (
        <Progress webhook={webhook} />
      )}
      <div class="actions">
        <Button onClick={() => onWish('deliveries')}>Deliveries</Button>
        <Button busy={busy === 'test'} onClick={() => void test()}>
          Send a test
        </Button>
        <Menu
          label={`More about ${name}`}
          items={[
            { label: 'Change', icon: Pencil, onSelect: () => onWish('edit') },
            ...(format === 'json' ? [{ label: 'New secret', icon: KeyRound, onSelect: () => onWish('rotate') }] : []),
            ...(disabled ? [] : [{ label: 'Disable', icon: Power, onSelect: () => enable(false) }]),
            { label: 'Delete', icon: Trash2, danger: true, onSelect: () => onWish('delete') },
          ]}
        />
      </div>
    </li>
  );
}

/** What came last, and what comes next where it fails. */
function Progress({ webhook: { deliveries, failingSince, nextAttemptAt } }: { webhook: Webhook }) {
  const [last] = deliveries;
  if (failingSince !== null)
    return (
      <div class="notice webhook-notice" role="status">
        <p>
          Nothing taken since <RelativeTime at={failingSince} />
          {last && `: ${outcomeWords(last)}`}.{' '}
          {nextAttemptAt !== null && (
            <>
              The next attempt is <RelativeTime at={nextAttemptAt} />. After three days it is disabled.
            </>
          )}
        </p>
      </div>
    );
  if (!last) return <p>The next change is sent to it.</p>;
  return (
    <p>
      {eventWords(last.event)}, <RelativeTime at={last.at} /> <OutcomeTag delivery={last} />
    </p>
  );
}
