import { useState } from 'preact/hooks';
import type { Delivery, Webhook } from '../../../shared/webhook.ts';
import { post } from '../api.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import { Table } from '../components/table.tsx';
import { toast } from '../components/toast.tsx';
import { eventWords, outcomeWords } from './webhook-words.ts';

interface DeliveriesDialogProps {
  slug: string;
  webhook: Webhook;
  onClose: () => void;
}

/** The log of a webhook, newest first. It keeps up while it is open, as the page below does. */
export function DeliveriesDialog({ slug, webhook, onClose }: DeliveriesDialogProps) {
  const { id, name, deliveries } = webhook;
  const [sending, setSending] = useState<number | null>(null);
  const resend = async (seq: number): Promise<void> => {
    setSending(seq);
    const answer = await post(`/timelines/${slug}/webhooks/${id}/resend`, { seq });
    setSending(null);
    toast(answer.ok ? 'It is sent in a moment.' : { text: answer.problem.detail, isFault: true });
  };
  return (
    <Dialog title={`Sent to “${name}”`} width="wide" onClose={onClose}>
      {deliveries.length === 0 ? (
        <p class="soft">Nothing has been sent yet. The next change is, or a test.</p>
      ) : (
        <Table
          caption={`The last attempts to tell ${name}`}
          rows={deliveries}
          keyOf={(delivery) => `${delivery.at} ${delivery.seq} ${delivery.attempt} ${deliveries.indexOf(delivery)}`}
          columns={[
            { title: 'What', cell: ({ event, seq }) => <What event={event} seq={seq} /> },
            { title: 'When', cell: ({ at }) => <RelativeTime at={at} /> },
            { title: 'Attempt', cell: ({ attempt }) => attempt },
            { title: 'Outcome', cell: (delivery) => <OutcomeTag delivery={delivery} /> },
            {
              title: 'Actions',
              isActions: true,
              cell: ({ seq }) =>
                seq !== null && (
                  <Button look="quiet" busy={sending === seq} onClick={() => void resend(seq)}>
                    Send again
                  </Button>
                ),
            },
          ]}
        />
      )}
    </Dialog>
  );
}

const What = ({ event, seq }: { event: string; seq: number | null }) => (
  <>
    {eventWords(event)} {seq !== null && <span class="soft light">change {seq}</span>}
  </>
);

export const OutcomeTag = ({ delivery }: { delivery: Delivery }) => (
  <span class={delivery.delivered ? 'tag good outcome' : 'tag danger outcome'}>{outcomeWords(delivery)}</span>
);
