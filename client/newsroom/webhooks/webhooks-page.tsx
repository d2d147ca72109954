import { Plus, Webhook as WebhookIcon } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { Webhook, WebhookMade } from '../../../shared/webhook.ts';
import { post, remove } from '../api.ts';
import { Button } from '../components/button.tsx';
import { ConfirmDialog } from '../components/dialog.tsx';
import { OnceDialog } from '../components/once-dialog.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, Loaded } from '../components/states.tsx';
import { toast } from '../components/toast.tsx';
import { useResource } from '../resource.ts';
import type { PageProps } from '../routes.ts';
import { DeliveriesDialog } from './deliveries-dialog.tsx';
import { WebhookCard, type Wish } from './webhook-card.tsx';
import { WebhookDialog } from './webhook-dialog.tsx';
import './webhooks.css';

/** Deliveries go on by themselves: a page that is looked at keeps up. */
const lookEveryMs = 2_000;

type Open = { wish: Wish | 'add'; id: string } | null;

/** Who outside is told of a timeline’s changes. */
export function WebhooksPage({ params }: PageProps) {
  const slug = params['slug'] ?? '';
  const path = `/timelines/${slug}/webhooks`;
  const webhooks = useResource<{ webhooks: Webhook[] }>(path);
  const { reload, replace, value } = webhooks;
  const [open, setOpen] = useState<Open>(null);
  const [made, setMade] = useState<WebhookMade | null>(null);
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && reload(), lookEveryMs);
    return () => clearInterval(timer);
  }, [reload]);
  const close = () => setOpen(null);
  const chosen = value?.webhooks.find(({ id }) => id === open?.id) ?? null;
  const saved = (webhook: Webhook | WebhookMade): void => {
    close();
    if ('secret' in webhook && webhook.secret !== null) setMade(webhook);
    reload();
  };
  const rotate = async ({ id }: Webhook): Promise<void> => {
    const answer = await post<WebhookMade>(`${path}/${id}/rotate`);
    if (answer.ok) saved(answer.body);
    else toast({ text: answer.problem.detail, isFault: true });
  };
  const end = async ({ id, name }: Webhook): Promise<void> => {
    close();
    const answer = await remove(`${path}/${id}`);
    toast(answer.ok ? `${name} is told nothing more.` : { text: answer.problem.detail, isFault: true });
    reload();
  };
  return (
    <>
      <PageHead
        title="Webhooks"
        about={
          <>
            Tell others of each change: a channel, an account, a program.{' '}
            <a href="/docs/api#createWebhook">What programs get</a>
          </>
        }
        actions={
          <Button look="main" icon={Plus} onClick={() => setOpen({ wish: 'add', id: '' })}>
            Add a webhook
          </Button>
        }
      />
      <Loaded resource={webhooks}>
        {({ webhooks: all }) =>
          all.length === 0 ? (
            <EmptyState icon={WebhookIcon} title="Nobody is told yet">
              <p>
                Slack, Telegram and Mastodon get a sentence and a link; a program of yours gets the whole change,
                signed. Readers don’t need this: they have feeds.
              </p>
            </EmptyState>
          ) : (
            <ul class="webhooks">
              {all.map((webhook) => (
                <WebhookCard
                  key={webhook.id}
                  slug={slug}
                  webhook={webhook}
                  onChanged={(now) => replace({ webhooks: all.map((one) => (one.id === now.id ? now : one)) })}
                  onWish={(wish) => setOpen({ wish, id: webhook.id })}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {open?.wish === 'add' && <WebhookDialog slug={slug} webhook={null} onClose={close} onSaved={saved} />}
      {open?.wish === 'edit' && chosen && (
        <WebhookDialog slug={slug} webhook={chosen} onClose={close} onSaved={saved} />
      )}
      {open?.wish === 'deliveries' && chosen && <DeliveriesDialog slug={slug} webhook={chosen} onClose={close} />}
      {open?.wish === 'rotate' && chosen && (
        <ConfirmDialog
          title={`A new secret for “${chosen.name}”?`}
          action="Make a new secret"
          onConfirm={() => void rotate(chosen)}
          onClose={close}
        >
          <p>
            Both sign from then on, so that the receiver can change to the new one in peace. The one before the present
            one is good no more.
          </p>
        </ConfirmDialog>
      )}
      {open?.wish === 'delete' && chosen && (
        <ConfirmDialog
          title={`Delete “${chosen.name}”?`}
          action="Delete it"
          danger
          onConfirm={() => void end(chosen)}
          onClose={close}
        >
          <p>It is told nothing more, and what was sent is forgotten here.</p>
        </ConfirmDialog>
      )}
      {made && (
        <OnceDialog
          title={`The secret of “${made.name}”`}
          about="The receiver proves with it that a message comes from here. It is not shown again."
          label="Secret"
          value={made.secret ?? ''}
          action="Copy the secret"
          onClose={() => setMade(null)}
        />
      )}
    </>
  );
}
