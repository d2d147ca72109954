import type { Audited, AuditPage, AuditQuery } from '../../shared/audit.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import { type Actor, authorise } from '../domain/actor.ts';
import type { AuditSource, AuditStore } from '../store/audit-store.ts';

const chunk = 200;
/** Whoever looks for what is hardly there gets a page with less, and the way on. */
const mostLookedAt = 20_000;

/** Who did what to what: everything that somebody may see, newest first, out of all the lists that it is kept in. */
export class AuditLog {
  readonly #audit: AuditStore;
  readonly #slugs: () => string[];

  constructor(audit: AuditStore, slugs: () => string[]) {
    this.#audit = audit;
    this.#slugs = slugs;
  }

  /** Editors see their timelines; admins of all timelines people and tokens too. */
  async page(actor: Actor, query: AuditQuery): Promise<Result<AuditPage>> {
    const sources = this.#sources(actor, query.timeline);
    if (!sources.ok) return sources;
    const from = readCursor(query.before);
    if (!from)
      return refuse('validation-failed', 'before is no cursor of ours.', {
        errors: [{ path: '/before', message: 'is no cursor of ours' }],
      });
    const entries: Audited[] = [];
    let passed = from;
    let toSkip = from.given;
    let looked = 0;
    for await (const entry of this.#merged(sources.value)) {
      if (entry.at > from.at || (entry.at === from.at && toSkip-- > 0)) continue;
      if (entries.length === query.limit || ++looked > mostLookedAt) return ok({ entries, more: formatCursor(passed) });
      passed = { at: entry.at, given: entry.at === passed.at ? passed.given + 1 : 1 };
      if (matches(entry, query)) entries.push(entry);
    }
    return ok({ entries, more: null });
  }

  #sources(actor: Actor, timeline: string | undefined): Result<AuditSource[]> {
    const ofTimeline = (slug: string): AuditSource[] => [
      { timeline: slug, kept: 'deeds' },
      { timeline: slug, kept: 'removals' },
    ];
    const slugs = this.#slugs();
    if (timeline !== undefined) {
      const allowed = authorise(actor, timeline, 'editor');
      if (!allowed.ok) return allowed;
      return slugs.includes(timeline)
        ? ok(ofTimeline(timeline))
        : refuse('not-found', `There is no timeline ${timeline}.`);
    }
    const isMaster = authorise(actor, null, 'admin').ok;
    const theirs = slugs.filter((slug) => authorise(actor, slug, 'editor').ok);
    return ok([...(isMaster ? (['staff', 'refusals'] as const) : []), ...theirs.flatMap(ofTimeline)]);
  }

  /** All of them as one, newest first. */
  async *#merged(sources: readonly AuditSource[]): AsyncGenerator<Audited> {
    const readers = sources.map((source) => this.#newestFirst(source));
    const heads = await Promise.all(readers.map((reader) => reader.next()));
    for (;;) {
      let next = -1;
      let newest: Audited | null = null;
      for (const [i, head] of heads.entries()) {
        if (head.done || (newest !== null && head.value.at <= newest.at)) continue;
        [next, newest] = [i, head.value];
      }
      const reader = readers[next];
      if (!newest || !reader) return;
      yield newest;
      heads[next] = await reader.next();
    }
  }

  async *#newestFirst(source: AuditSource): AsyncGenerator<Audited, undefined> {
    const timeline = typeof source === 'string' ? null : source.timeline;
    for (let skip = 0; ; skip += chunk) {
      const entries = await this.#audit.read(source, skip, chunk);
      for (const { at, actor, actorName, address, action, target, targetName, reason } of entries)
        yield {
          at,
          actor,
          actorName: actorName ?? null,
          address: address ?? null,
          action,
          timeline,
          target,
          targetName: targetName ?? null,
          reason,
        };
      if (entries.length < chunk) return undefined;
    }
  }
}

/** The last entry that was passed: its time, and how many of that time. */
interface Cursor {
  at: string;
  given: number;
}

const beginning: Cursor = { at: '9999', given: 0 };
const formatCursor = ({ at, given }: Cursor): string => `${at}~${given}`;

function readCursor(text: string | undefined): Cursor | null {
  if (text === undefined) return beginning;
  const [, at, given] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~(\d{1,6})$/.exec(text) ?? [];
  return at === undefined ? null : { at, given: Number(given) };
}

const matches = ({ action, actor }: Audited, query: AuditQuery): boolean =>
  (query.area === undefined || action.startsWith(`${query.area}.`)) &&
  (query.actor === undefined || actor === query.actor);
