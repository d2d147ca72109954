import { limits } from '../../../shared/limits.ts';
import type { SentForm, TakingPart } from '../../../shared/view/taking-part.ts';
import type { LiveLog } from '../../live/live-log.ts';
import type { ReplyDesk } from '../../newsroom/replies/reply-desk.ts';
import type { ReplyVersions } from '../../newsroom/replies/reply-versions.ts';
import type { Popular } from '../popular/popular.ts';

export interface TakingPartParts {
  replyDesk: Pick<ReplyDesk, 'approved'>;
  replyVersions: Pick<ReplyVersions, 'of'>;
  popular: Pick<Popular, 'find'>;
  live: Pick<LiveLog, 'timeline'>;
  clock: () => number;
}

/** What is read most is looked up for a page so often at the most: it changes with every reader. */
const mostReadForMs = 300_000;
const mostReadShown = 5;

/** What stands below an update on its own page. */
export class TakingPartQuery {
  readonly #parts: TakingPartParts;

  constructor(parts: TakingPartParts) {
    this.#parts = parts;
  }

  async of(
    slug: string,
    update: string,
    { received = null, sent = null }: { received?: TakingPart['received']; sent?: SentForm | null },
  ): Promise<TakingPart> {
    const { replyDesk, popular, live, clock } = this.#parts;
    const takesReplies = live.timeline(slug)?.record.replies === 'moderated';
    const replies = takesReplies ? await replyDesk.approved(slug, update) : null;
    const popularNow = await popular.find(slug, { limit: String(Math.min(limits.popular, mostReadShown + 1)) });
    const mostRead = popularNow.ok ? popularNow.value.updates.map((entry) => entry.update) : [];
    return {
      replies: replies?.ok ? replies.value : takesReplies ? [] : null,
      mostRead: mostRead.filter(({ id }) => id !== update).slice(0, mostReadShown),
      received,
      sent,
      madeAt: clock(),
    };
  }

  /** Another one may be due: see `Read.alsoFollows`. */
  versionOf(slug: string): string {
    return `${this.#parts.replyVersions.of(slug)}/${this.mostReadVersion()}`;
  }

  /** The same of a page that shows what is read most and nothing else. */
  mostReadVersion(): string {
    return String(Math.floor(this.#parts.clock() / mostReadForMs));
  }
}
