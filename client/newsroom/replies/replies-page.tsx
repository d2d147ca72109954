import { MessageSquare } from 'lucide';
import { useState } from 'preact/hooks';
import type { ReplyDecision, ReplyStatus } from '../../../shared/reply.ts';
import { Button } from '../components/button.tsx';
import { ConfirmDialog } from '../components/dialog.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, Loaded } from '../components/states.tsx';
import { Tabs } from '../components/tabs.tsx';
import { type Resource, useResource } from '../resource.ts';
import type { PageProps } from '../routes.ts';
import { CloseDialog } from './close-dialog.tsx';
import { ReplyCard, words } from './reply-card.tsx';
import './replies.css';
import { decisionsFor, type QueuedReply, type ReplyQueue, useModerating } from './reply-queue.ts';

const tabs: readonly { id: ReplyStatus; label: string }[] = [
  { id: 'pending', label: 'Waiting' },
  { id: 'approved', label: 'Approved' },
  { id: 'rejected', label: 'Rejected' },
  { id: 'spam', label: 'Spam' },
  { id: 'closed', label: 'Closed reports' },
];

/** Where editors read what readers sent in, and decide: one by one, or many at once. */
export function RepliesPage({ params }: PageProps) {
  const slug = params['slug'] ?? '';
  const [status, setStatus] = useState<ReplyStatus>('pending');
  const queue = useResource<ReplyQueue>(`/timelines/${slug}/replies?status=${status}`);
  const counts = queue.value?.counts;
  return (
    <>
      <PageHead
        title="Replies and reports"
        about="Nothing is public before it is approved. E-mail addresses are shown here alone."
      />
      <Tabs
        label="By decision"
        tabs={tabs.map((tab) => (counts ? { ...tab, count: counts[tab.id] } : tab))}
        chosen={status}
        onChoose={(id) => setStatus(id as ReplyStatus)}
      >
        <Loaded resource={queue}>{(value) => <Queue key={status} slug={slug} value={value} resource={queue} />}</Loaded>
      </Tabs>
    </>
  );
}

interface QueueProps {
  slug: string;
  value: ReplyQueue;
  resource: Resource<ReplyQueue>;
}

/** Keys of the list, for hands that stay on the keyboard. */
const decisionKeys: Record<string, ReplyDecision['status']> = { a: 'approved', r: 'rejected', s: 'spam' };

function Queue({ slug, value, resource }: QueueProps) {
  const { replies, more } = value;
  const moderating = useModerating(slug, resource);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [erasing, setErasing] = useState<QueuedReply | null>(null);
  const [closing, setClosing] = useState<readonly QueuedReply[]>([]);
  const chosen = replies.filter(({ id }) => selected.has(id));
  if (replies.length === 0) return <EmptyState icon={MessageSquare} title="Nothing here" />;

  const select = (id: string, isSelected: boolean): void => {
    const next = new Set(selected);
    if (isSelected) next.add(id);
    else next.delete(id);
    setSelected(next);
  };
  const decide = (some: readonly QueuedReply[], decision: ReplyDecision): void => {
    if (decision.status === 'closed') setClosing(some);
    else {
      setSelected(new Set());
      void moderating.decide(some, decision);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.matches('input:not([type="checkbox"]), textarea, select'))
      return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = (event.target as HTMLElement).closest<HTMLElement>('[data-reply]');
    const all = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[data-reply]')];
    const at = here ? all.indexOf(here) : -1;
    const reply = replies[at];
    const decision = decisionKeys[event.key];
    if (event.key === 'j') all[Math.min(at + 1, all.length - 1)]?.focus();
    else if (event.key === 'k') all[Math.max(at - 1, 0)]?.focus();
    else if (event.key === 'x' && reply) select(reply.id, !selected.has(reply.id));
    else if (decision) {
      const some = chosen.length > 0 ? chosen : reply ? [reply] : [];
      if (some.length > 0 && decisionsFor(some).includes(decision)) decide(some, { status: decision });
    } else return;
    event.preventDefault();
  };
  return (
    <section class="stack" aria-label="What readers sent in" onKeyDown={onKeyDown}>
      <div class="row">
        <Button
          onClick={() => setSelected(new Set(chosen.length === replies.length ? [] : replies.map(({ id }) => id)))}
        >
          {chosen.length === replies.length ? 'Choose none' : `Choose all ${replies.length}`}
        </Button>
        {decisionsFor(chosen).map((decision) => (
          <Button key={decision} onClick={() => decide(chosen, { status: decision })}>
            {`${words[decision]} ${chosen.length}`}
          </Button>
        ))}
        <span class="soft reply-keys">Keys: j k to move, x to choose, a approve, r reject, s spam</span>
      </div>
      {replies.map((reply) => (
        <ReplyCard
          key={reply.id}
          reply={reply}
          isSelected={selected.has(reply.id)}
          isBusy={moderating.busy.has(reply.id)}
          onSelect={(isSelected) => select(reply.id, isSelected)}
          onDecide={(decision) => decide([reply], decision)}
          onErase={() => setErasing(reply)}
        />
      ))}
      {more !== null && <p class="soft">More will be shown when some of these are decided.</p>}
      {closing.length > 0 && (
        <CloseDialog
          slug={slug}
          reports={closing}
          onClose={() => setClosing([])}
          onDecide={(revision) => {
            void moderating.decide(closing, { status: 'closed', ...(revision === null ? {} : { revision }) });
            setClosing([]);
            setSelected(new Set());
          }}
        />
      )}
      {erasing && (
        <ConfirmDialog
          title="Delete for good"
          action="Delete it"
          danger
          onClose={() => setErasing(null)}
          onConfirm={() => {
            void moderating.erase(erasing);
            setErasing(null);
          }}
        >
          <p>Name, address and text are deleted; nothing of it can be brought back.</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
