import { dayNumber } from '../../../shared/conflict-day.ts';
import { limits } from '../../../shared/limits.ts';
import type { ReplyDecision, ReplyStatus, StaffReply } from '../../../shared/reply.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import { headlineOf } from '../../../shared/text.ts';
import type { Actor } from '../../domain/actor.ts';
import { type AuditAction, audited } from '../../domain/audited.ts';
import type { LiveLog } from '../../live/live-log.ts';
import type { ReplyStore, StoredReply } from '../../store/reply-store.ts';
import type { Store } from '../../store/store.ts';

export interface ModerationParts {
  store: Pick<Store, 'update'>;
  replies: ReplyStore;
  live: Pick<LiveLog, 'timeline'>;
  clock: () => number;
  /** Approved replies of a timeline have changed, as this node knows before any bell. */
  onChanged: (slug: string) => void;
}

/** The update that somebody wrote about; of one that is gone meanwhile nothing is known. */
interface About {
  headline: string;
  day: number | null;
}

export interface Queue {
  replies: (StaffReply & About)[];
  more: string | null;
  counts: Record<ReplyStatus, number>;
}

/** What editors do with replies and reports. */
export class Moderation {
  readonly #parts: ModerationParts;

  constructor(parts: ModerationParts) {
    this.#parts = parts;
  }

  async queue(
    slug: string,
    status: ReplyStatus,
    page: { after: string | null; limit: number },
  ): Promise<Result<Queue>> {
    const { replies, live } = this.#parts;
    const timeline = live.timeline(slug);
    if (!timeline) return refuse('not-found', `There is no timeline ${slug.slice(0, 64)}.`);
    const { dayOne } = timeline.record;
    const found = await replies.queue(slug, status, { ...page, limit: page.limit + 1 });
    const shown = found.slice(0, page.limit);
    const updates = [...new Set(shown.map(({ update }) => update))];
    const about = new Map(
      await Promise.all(updates.map(async (id) => [id, await this.#about(slug, id, dayOne)] as const)),
    );
    return ok({
      replies: shown.map((reply) => ({ ...presentStaffReply(reply), ...(about.get(reply.update) ?? gone) })),
      more: found.length > page.limit ? (shown.at(-1)?.id ?? null) : null,
      counts: await replies.counts(slug),
    });
  }

  async #about(slug: string, id: string, dayOne: string): Promise<About> {
    const found = await this.#parts.store.update(slug, id);
    if (found === null || found === 'removed') return gone;
    return { headline: headlineOf(found.update), day: dayNumber(dayOne, found.update.date) };
  }

  /** The same decision again is none. */
  async decide(actor: Actor, slug: string, id: string, decision: ReplyDecision): Promise<Result<StaffReply>> {
    const { replies, clock, onChanged } = this.#parts;
    for (;;) {
      const before = await this.#existing(slug, id);
      if (!before.ok) return before;
      const allowed = await this.#allowed(before.value, decision);
      if (!allowed.ok) return allowed;
      const revision = decision.revision ?? null;
      if (before.value.status === decision.status && before.value.revision === revision && !decision.ban)
        return ok(presentStaffReply(before.value));
      const now = clock();
      const after: StoredReply = {
        ...before.value,
        status: decision.status,
        decidedAt: new Date(now).toISOString(),
        revision,
        sender: decision.status === 'spam' ? before.value.sender : [],
      };
      const deed = {
        audit: audited(actor, now, { action: actionOf(decision), target: id }),
        senders: decision.ban ? before.value.sender : [],
        until: now + limits.banDays * 86_400_000,
      };
      if (!(await replies.decide(before.value, after, deed))) continue;
      onChanged(slug);
      return ok(presentStaffReply(after));
    }
  }

  async remove(actor: Actor, slug: string, id: string): Promise<Result<void>> {
    const { replies, clock, onChanged } = this.#parts;
    const audit = audited(actor, clock(), { action: 'reply.delete', target: id });
    if (!(await replies.remove(slug, id, audit))) return unknownReply();
    onChanged(slug);
    return ok(undefined);
  }

  /** A report is answered, never published; only a report is closed, and with a revision that is there. */
  async #allowed({ kind, timeline, update }: StoredReply, { status, revision }: ReplyDecision): Promise<Result<void>> {
    const fits = kind === 'report' ? status !== 'approved' : status !== 'closed';
    if (!fits) return faulty('/status', kind === 'report' ? 'a report is not published' : 'only a report is closed');
    if (revision === undefined) return ok(undefined);
    const found = await this.#parts.store.update(timeline, update);
    const newest = found === null || found === 'removed' ? 0 : found.update.revision;
    return revision <= newest ? ok(undefined) : faulty('/revision', 'there is no such revision');
  }

  async #existing(slug: string, id: string): Promise<Result<StoredReply>> {
    if (!this.#parts.live.timeline(slug)) return refuse('not-found', `There is no timeline ${slug.slice(0, 64)}.`);
    const found = id.length <= 128 ? await this.#parts.replies.reply(slug, id) : null;
    return found ? ok(found) : unknownReply();
  }
}

const gone: About = { headline: '', day: null };

const actions: Record<ReplyDecision['status'], AuditAction> = {
  approved: 'reply.approve',
  rejected: 'reply.reject',
  spam: 'reply.spam',
  closed: 'reply.close',
};

const actionOf = ({ status, ban }: ReplyDecision): AuditAction => (ban ? 'reply.ban' : actions[status]);

const unknownReply = (): Result<never> => refuse('not-found', 'There is no such reply.');

const faulty = (path: string, message: string): Result<never> =>
  refuse('validation-failed', `${path} ${message}`, { errors: [{ path, message }] });

/** Every field is named, so that no hash of a sender leaks. */
export function presentStaffReply(reply: StoredReply): StaffReply {
  const { id, timeline, update, kind, category, name, email, text, at } = reply;
  const { status, suspicions, decidedAt, revision } = reply;
  return { id, timeline, update, kind, category, name, email, text, at, status, suspicions, decidedAt, revision };
}
