import { useState } from 'preact/hooks';
import type { ReplyDecision, ReplyStatus, StaffReply } from '../../../shared/reply.ts';
import { patch, type Refusal, remove } from '../api.ts';
import { toast } from '../components/toast.tsx';
import type { Resource } from '../resource.ts';

/** With the update that it is about; of one that is gone meanwhile nothing is known. */
export type QueuedReply = StaffReply & { headline: string; day: number | null };

/** The answer of `GET …/replies`. */
export interface ReplyQueue {
  replies: QueuedReply[];
  more: string | null;
  counts: Record<ReplyStatus, number>;
}

export interface Moderating {
  /** Ids that are being decided on. */
  busy: ReadonlySet<string>;
  decide: (replies: readonly QueuedReply[], decision: ReplyDecision) => Promise<void>;
  erase: (reply: QueuedReply) => Promise<void>;
}

const done: Record<ReplyDecision['status'], string> = {
  approved: 'approved',
  rejected: 'rejected',
  spam: 'put with the spam',
  closed: 'closed',
};

/** Sends decisions one after the other, takes what was decided out of the list, and says what came of it. */
export function useModerating(slug: string, queue: Resource<ReplyQueue>): Moderating {
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());

  const drop = (ids: ReadonlySet<string>): void => {
    const { value } = queue;
    if (value) queue.replace({ ...value, replies: value.replies.filter(({ id }) => !ids.has(id)) });
    queue.reload();
  };

  const decide = async (replies: readonly QueuedReply[], decision: ReplyDecision): Promise<void> => {
    setBusy(new Set(replies.map(({ id }) => id)));
    const gone = new Set<string>();
    let refused: Refusal | null = null;
    for (const { id } of replies) {
      const answer = await patch(`/timelines/${slug}/replies/${id}`, decision);
      // Its update was taken down meanwhile, or somebody deleted it: it is no concern of ours any more.
      if (answer.ok || answer.problem.status === 404) gone.add(id);
      else refused = answer.problem;
    }
    setBusy(new Set());
    drop(gone);
    if (refused) toast({ text: `${refused.title}: ${refused.detail}`, isFault: true });
    else toast(gone.size === 1 ? `One was ${done[decision.status]}` : `${gone.size} were ${done[decision.status]}`);
  };

  const erase = async ({ id }: QueuedReply): Promise<void> => {
    const answer = await remove(`/timelines/${slug}/replies/${id}`);
    if (!answer.ok && answer.problem.status !== 404) {
      toast({ text: `${answer.problem.title}: ${answer.problem.detail}`, isFault: true });
      return;
    }
    drop(new Set([id]));
    toast('It was deleted for good');
  };

  return { busy, decide, erase };
}

/** What can be decided on all of these, in the order of the buttons: a report is closed, never published. */
export function decisionsFor(replies: readonly QueuedReply[]): ReplyDecision['status'][] {
  const kinds = new Set(replies.map(({ kind }) => kind));
  if (kinds.size === 0) return [];
  if (kinds.size > 1) return ['rejected', 'spam'];
  return kinds.has('reply') ? ['approved', 'rejected', 'spam'] : ['closed', 'rejected', 'spam'];
}
