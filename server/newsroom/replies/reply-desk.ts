import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import { isPublic } from '../../../shared/day.ts';
import { limits } from '../../../shared/limits.ts';
import { problem } from '../../../shared/problems.ts';
import type { NewReply, NewReport, Reply } from '../../../shared/reply.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import { isSpam, suspicionsOf } from '../../domain/reply-suspicion.ts';
import type { LiveLog } from '../../live/live-log.ts';
import type { ReplyStore, StoredReply } from '../../store/reply-store.ts';
import type { Store } from '../../store/store.ts';
import { senderOf } from './sender.ts';

export interface ReplyDeskParts {
  store: Pick<Store, 'update'>;
  replies: ReplyStore;
  live: Pick<LiveLog, 'timeline'>;
  clock: () => number;
  /** Turns of an address in `limits.replyTurnMinutes`. */
  turns?: number;
}

/** How something came in. */
export interface Sending {
  address: string;
  /** As in `Suspected`: known of a form, not of a program. */
  hidden: string | null;
  elapsedMs: number | null;
}

export interface Received {
  id: string;
  status: 'pending';
}

/** Refused with how long to wait, where waiting helps. */
export type Receipt = Result<Received> & { waitMs?: number };

/**
 * What readers send in: replies where the timeline takes them, error reports everywhere. Whatever comes of it, the sender is
 * told that it is pending: who sends spam learns nothing.
 */
export class ReplyDesk {
  readonly #parts: ReplyDeskParts;
  #secret: Promise<string> | null = null;

  constructor(parts: ReplyDeskParts) {
    this.#parts = parts;
  }

  async reply(slug: string, update: string, input: NewReply, sending: Sending): Promise<Receipt> {
    const open = this.#takesReplies(slug);
    if (!open.ok) return open;
    return this.#receive(slug, update, { kind: 'reply', category: null, ...input }, sending);
  }

  async report(slug: string, update: string, { category, text, email }: NewReport, sending: Sending): Promise<Receipt> {
    const input = { kind: 'report' as const, category, name: null, email: email ?? null, text };
    return this.#receive(slug, update, input, sending);
  }

  /** The approved replies to a public update, as everybody sees them. */
  async approved(slug: string, update: string): Promise<Result<Reply[]>> {
    const found = await this.#publicUpdate(slug, update);
    if (!found.ok) return found;
    if (this.#parts.live.timeline(slug)?.record.replies !== 'moderated') return ok([]);
    const replies = await this.#parts.replies.approved(slug, update);
    return ok(replies.map(({ id, name, text, at }) => ({ id, name: name ?? '', text, at })));
  }

  #takesReplies(slug: string): Result<void> {
    const timeline = this.#parts.live.timeline(slug);
    if (!timeline) return refuse('not-found', `There is no timeline ${slug.slice(0, 64)}.`);
    return timeline.record.replies === 'moderated'
      ? ok(undefined)
      : refuse('not-found', 'This timeline takes no replies.');
  }

  async #publicUpdate(slug: string, id: string): Promise<Result<void>> {
    const { store, live } = this.#parts;
    if (!live.timeline(slug)) return refuse('not-found', `There is no timeline ${slug.slice(0, 64)}.`);
    const found = id.length <= 64 ? await store.update(slug, id) : null;
    if (found === 'removed') return refuse('removed', 'This update was removed.');
    return found && isPublic(found.update) ? ok(undefined) : refuse('not-found', 'There is no such update.');
  }

  async #receive(
    slug: string,
    update: string,
    input: Pick<StoredReply, 'kind' | 'category' | 'name' | 'email' | 'text'>,
    sending: Sending,
  ): Promise<Receipt> {
    const { replies, clock } = this.#parts;
    const found = await this.#publicUpdate(slug, update);
    if (!found.ok) return found;
    const now = clock();
    const secret = await this.#sharedSecret();
    const address = senderOf(secret, 'address', sending.address);
    const turns = { most: this.#parts.turns ?? limits.replyTurns, windowMs: limits.replyTurnMinutes * 60_000 };
    const waitMs = await replies.takeTurn(address, now, turns);
    if (waitMs > 0) return { ok: false, waitMs, problem: problem('too-many-requests', tooMany(waitMs)) };

    const sender = [address, ...(input.email === null ? [] : [senderOf(secret, 'email', input.email)])];
    const suspected = { name: input.name ?? '', text: input.text, ...sending };
    const banned = await replies.isBanned(slug, sender, now);
    const suspicions = [...suspicionsOf(suspected), ...(banned ? (['banned'] as const) : [])];
    const reply: StoredReply = {
      id: `${update}-${ulid(now).toLowerCase()}`,
      timeline: slug,
      update,
      ...input,
      at: new Date(now).toISOString(),
      status: isSpam(suspected, suspicions) ? 'spam' : 'pending',
      suspicions,
      decidedAt: null,
      revision: null,
      sender,
    };
    const id = await replies.receive(reply, fingerprintOf(reply));
    if (id === '') return refuse('removed', 'This update was removed.');
    await replies.trim(slug, now - limits.decidedReplyDays * 86_400_000);
    return ok({ id, status: 'pending' });
  }

  #sharedSecret(): Promise<string> {
    this.#secret ??= this.#parts.replies.secret().catch((error: unknown) => {
      this.#secret = null;
      throw error;
    });
    return this.#secret;
  }
}

const tooMany = (waitMs: number): string =>
  `This address has sent enough for now. Try again in ${Math.ceil(waitMs / 60_000)} minutes.`;

/** The same for one text, sent again by the same person or form. */
function fingerprintOf({ kind, text, email }: StoredReply): string {
  const same = [kind, email?.toLowerCase() ?? '', text.toLowerCase().replace(/\s+/g, ' ')].join('\n');
  return createHash('sha256').update(same).digest('base64url').slice(0, 22);
}
