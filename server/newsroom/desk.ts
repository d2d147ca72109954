import type { Logger } from 'pino';
import { monotonicFactory } from 'ulid';
import { citedIds } from '../../shared/automatic-summary.ts';
import { dateOfDay } from '../../shared/conflict-day.ts';
import { isPublic } from '../../shared/day.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { NewSummary, Summary } from '../../shared/summary.ts';
import type { NewTimeline, Timeline, TimelinePatch } from '../../shared/timeline.ts';
import type { ImportRow, NewUpdate, Update, UpdatePatch } from '../../shared/update.ts';
import { type Actor, authorise } from '../domain/actor.ts';
import type { KnownImages } from '../domain/images.ts';
import { presentSummary, presentTimeline } from '../domain/present.ts';
import { publish } from '../domain/publish.ts';
import { remove } from '../domain/remove.ts';
import { publishScheduled, revise } from '../domain/revise.ts';
import { dayExists, summarise } from '../domain/summarise.ts';
import { createTimeline, reviseTimeline } from '../domain/timelines.ts';
import type { LiveLog } from '../live/live-log.ts';
import { newEpoch } from '../store/renew-epoch.ts';
import type { FirstAnswer, Store } from '../store/store.ts';
import { existingUpdate, ifMatchRequired } from './existing-update.ts';
import { importMarks } from './import-marks.ts';
import { type Outcome, type WriteParts, Writes } from './writes.ts';

/** What a repeated request is recognised by: its key, and a fingerprint of its body. */
export interface Once {
  key: string;
  fingerprint: string;
}

const scheduler: Actor = { id: 'scheduler', name: 'scheduler', role: 'admin', timelines: null };

/** The use cases of the newsroom. */
export class Desk {
  readonly #store: Store;
  readonly #live: LiveLog;
  readonly #clock: () => number;
  readonly #log: Logger;
  readonly #images: WriteParts['images'];
  readonly #newId = monotonicFactory();
  /** The way in which all of the newsroom writes, for use cases that stand elsewhere. */
  readonly writes: Writes;

  constructor(parts: WriteParts) {
    const { store, live, clock, log } = parts;
    this.#store = store;
    this.#live = live;
    this.#clock = clock;
    this.#log = log;
    this.#images = parts.images;
    this.writes = new Writes(parts);
  }

  async createTimeline(actor: Actor, input: NewTimeline): Promise<Result<Timeline>> {
    const decided = createTimeline(actor, input, newEpoch(), this.#clock());
    if (!decided.ok) return decided;
    const result = await this.writes.commit(actor, input.slug, { timelineRevision: null }, decided.value, {});
    if (result.kind !== 'committed') return refuse('slug-taken', `There is a timeline ${input.slug} already.`);
    return this.#timeline(input.slug);
  }

  async reviseTimeline(
    actor: Actor,
    slug: string,
    revision: number | null,
    patch: TimelinePatch,
  ): Promise<Result<Timeline>> {
    if (revision === null) return ifMatchRequired();
    const written = await this.writes.write(actor, slug, async (context, stored) =>
      reviseTimeline(context, presentTimeline(stored, context.now), revision, patch, await this.#store.extent(slug)),
    );
    return written.ok ? this.#timeline(slug) : written;
  }

  /** With `once`, a repetition answers what was answered first and writes nothing. */
  async publish(
    actor: Actor,
    slug: string,
    input: NewUpdate,
    once?: Once,
  ): Promise<Result<{ update: Update; replayed: boolean }>> {
    const allowed = authorise(actor, slug, 'reporter');
    if (!allowed.ok) return allowed;
    const first = once && (await this.#store.firstAnswer(slug, actor.id, once.key));
    if (once && first) return replay(first, once);
    const extras = once ? { once: { actor: actor.id, ...once } } : {};
    const written = await this.writes.write(
      actor,
      slug,
      async (context) => publish(context, this.#id(), input, await this.#known(slug, input)),
      extras,
    );
    if (!written.ok) return written;
    if (once && written.value.kind === 'replay') return replay(written.value.first, once);
    return ok({ update: updateOf(written.value), replayed: false });
  }

  async revise(
    actor: Actor,
    slug: string,
    id: string,
    revision: number | null,
    patch: UpdatePatch,
  ): Promise<Result<Update>> {
    if (revision === null) return ifMatchRequired();
    const written = await this.writes.write(actor, slug, async (context) => {
      const before = await existingUpdate(this.#store, slug, id);
      return before.ok ? revise(context, before.value, revision, patch, await this.#known(slug, patch)) : before;
    });
    if (!written.ok) return written;
    return written.value.kind === 'unchanged' ? this.read(actor, slug, id) : ok(updateOf(written.value));
  }

  async remove(actor: Actor, slug: string, id: string, reason: string): Promise<Result<void>> {
    const written = await this.writes.write(actor, slug, async (context) => {
      const before = await existingUpdate(this.#store, slug, id);
      return before.ok ? remove(context, before.value, await this.#store.trail(slug, id), reason) : before;
    });
    return written.ok ? ok(undefined) : written;
  }

  async summarise(
    actor: Actor,
    slug: string,
    day: number,
    revision: number | null,
    input: NewSummary,
  ): Promise<Result<Summary>> {
    if (revision === null) return ifMatchRequired();
    const written = await this.writes.write(actor, slug, async (context) => {
      if (!dayExists(context, day)) return refuse('not-found', `There is no day ${day}.`);
      const { updates, summary } = await this.#store.day(slug, dateOfDay(context.record.dayOne, day));
      const cited = await this.#store.updates(slug, [
        ...new Set([...citedIds(input.sections), ...Object.keys(summary?.cited ?? {})]),
      ]);
      return summarise(context, day, summary, updates, revision, input, cited);
    });
    return written.ok ? this.#summary(slug, day) : written;
  }

  /**
   * One row of an import: one live change, published now; a row that is known by its id or its content adds nothing. Images are
   * no part of what it is known by: the same row comes with and without.
   */
  async importRow(
    actor: Actor,
    slug: string,
    { images = [], ...row }: ImportRow & Pick<NewUpdate, 'images'>,
  ): Promise<Result<{ kind: 'imported' | 'replayed'; id: string }>> {
    const allowed = authorise(actor, slug, 'editor');
    if (!allowed.ok) return allowed;
    const marks = importMarks(row);
    const known = await this.#store.imported(slug, marks);
    if (known) return ok({ kind: 'replayed', id: known });
    const { externalId: _, ...input } = row;
    const written = await this.writes.write(
      actor,
      slug,
      async (context) => publish(context, this.#id(), { ...input, images }, await this.#known(slug, { images })),
      { marks },
    );
    if (!written.ok) return written;
    if (written.value.kind === 'imported') return ok({ kind: 'replayed', id: written.value.id });
    return ok({ kind: 'imported', id: updateOf(written.value).id });
  }

  /** Publishes a scheduled update whose time has come, unless somebody has moved it meanwhile. */
  async publishDue(slug: string, id: string): Promise<void> {
    const written = await this.writes.write(scheduler, slug, async (context) => {
      const before = await existingUpdate(this.#store, slug, id);
      return before.ok ? ok(publishScheduled(context, before.value)) : before;
    });
    if (!written.ok) this.#log.warn({ slug, id, problem: written.problem }, 'a scheduled update was not published');
  }

  /** One update as staff see it, drafts included. Staff of other timelines see what anybody sees. */
  async read(actor: Actor, slug: string, id: string): Promise<Result<Update>> {
    const found = await existingUpdate(this.#store, slug, id);
    const read: Result<Update> = found.ok ? ok(found.value.update) : found;
    const allowed = authorise(actor, slug, 'reporter');
    return allowed.ok || isKnownToAll(read) ? read : allowed;
  }

  async #timeline(slug: string): Promise<Result<Timeline>> {
    const stored = await this.#store.timeline(slug);
    return stored ? ok(presentTimeline(stored, this.#clock())) : refuse('not-found', `There is no timeline ${slug}.`);
  }

  async #summary(slug: string, day: number): Promise<Result<Summary>> {
    const record = this.#live.timeline(slug)?.record;
    if (!record) return refuse('not-found', `There is no timeline ${slug}.`);
    const date = dateOfDay(record.dayOne, day);
    const { summary, updates, citedNow } = await this.#store.day(slug, date);
    return ok(presentSummary(record, date, summary, updates, citedNow));
  }

  /** The images that an input names, as far as they are there. */
  async #known(slug: string, { images = [] }: Pick<NewUpdate, 'images'>): Promise<KnownImages> {
    return this.#images.find(
      slug,
      images.map(({ id }) => id),
    );
  }

  #id(): string {
    return this.#newId(this.#clock()).toLowerCase();
  }
}

function replay(first: FirstAnswer, once: Once): Result<{ update: Update; replayed: boolean }> {
  if (first.fingerprint !== once.fingerprint) {
    return refuse('idempotency-key-reused', 'This key was used with another body.');
  }
  return first.update
    ? ok({ update: first.update, replayed: true })
    : refuse('removed', 'The update that this request made was removed.');
}

function updateOf(outcome: Outcome): Update {
  if (outcome.kind === 'written' && outcome.effect.kind === 'write-update') return outcome.effect.after.update;
  throw new Error(`no update was written: ${outcome.kind}`);
}

/** What is public, and that something public was taken down, is told to anybody who asks without credentials. */
const isKnownToAll = (read: Result<Update>): boolean =>
  read.ok ? isPublic(read.value) : read.problem.code === 'removed';
