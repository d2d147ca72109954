import type { Logger } from 'pino';
import { isPublic } from '../../shared/day.ts';
import type { Quiet } from '../../shared/newsroom-protocol.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { Actor } from '../domain/actor.ts';
import { auditOf } from '../domain/audit-of.ts';
import type { Context, Decision, Write } from '../domain/decision.ts';
import type { LiveLog } from '../live/live-log.ts';
import type { CommitResult, Effect, FirstAnswer, Store, StoredTimeline, StoredUpdate } from '../store/store.ts';
import { StoreUnavailable } from '../store/store.ts';
import type { ImageLibrary } from './image-library.ts';

export interface WriteParts {
  store: Store;
  live: LiveLog;
  clock: () => number;
  log: Logger;
  images: Pick<ImageLibrary, 'find' | 'updateRemoved'>;
  onQuiet?: (slug: string, quiet: Quiet) => void;
}

export type Outcome =
  | { kind: 'written'; effect: Effect }
  | { kind: 'unchanged' }
  | { kind: 'replay'; first: FirstAnswer }
  | { kind: 'imported'; id: string };
type Committed = Extract<CommitResult, { kind: 'committed' }>;

/** What makes a repetition of a write recognisable. */
export interface Extras {
  once?: { actor: string; key: string; fingerprint: string };
  marks?: readonly string[];
}

type Decide = (context: Context, stored: StoredTimeline) => Promise<Result<Decision>>;

/** A decision that lost a race is taken again on the new state; so many losses in a row are no race any more. */
const attempts = 20;

/**
 * How every use case writes: load the state, let the domain decide, commit, and decide again where somebody else was faster.
 * A write is answered when every node that heard of it serves it, so that the next read shows it.
 */
export class Writes {
  readonly #parts: WriteParts;

  constructor(parts: WriteParts) {
    this.#parts = parts;
  }

  async write(actor: Actor, slug: string, decide: Decide, extras: Extras = {}): Promise<Result<Outcome>> {
    const { store, live, clock, log } = this.#parts;
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (attempt > 0) await live.refresh(slug);
      const stored = live.timeline(slug);
      if (!stored) return refuse('not-found', `There is no timeline ${slug}.`);
      const settings = await store.settings(slug);
      const decided = await decide({ record: stored.record, settings, actor, now: clock() }, stored);
      if (!decided.ok) return decided;
      if (decided.value.kind === 'unchanged') return ok(decided.value);
      const known = { timelineRevision: stored.record.revision, settingsRevision: settings.revision };
      const result = await this.commit(actor, slug, known, decided.value, extras);
      if (result.kind === 'committed') return ok({ kind: 'written', effect: decided.value.effect });
      if (result.kind !== 'conflict') return ok(result);
    }
    log.warn({ slug, attempts }, 'a write lost every race');
    return refuse('contended', 'Too many others write to this at once: try again.');
  }

  /** Commits a decision and waits until it is served: then the next read shows it. */
  async commit(
    actor: Actor,
    slug: string,
    known: { timelineRevision: number | null; settingsRevision?: number },
    { change, effect }: Write,
    extras: Extras,
  ): Promise<CommitResult> {
    const { store, clock, images, onQuiet } = this.#parts;
    const now = clock();
    // An import is one deed, however many rows it has.
    const audit = extras.marks === undefined ? auditOf(actor, effect, now) : null;
    const result = await store.commit({ slug, ...known, now, change, effect, audit, ...extras });
    if (result.kind !== 'committed') return result;
    await this.#served(slug, result, extras.marks === undefined);
    if (effect.kind === 'remove-update') await images.updateRemoved(slug, effect.before.update.id);
    const quiet = quietOf(effect);
    if (quiet) onQuiet?.(slug, quiet);
    return result;
  }

  /**
   * The write is done; a store that goes away right after it doesn’t make it a failure. Nobody looks for each row of an
   * import at once, so it waits for this node only.
   */
  async #served(slug: string, { position, heard }: Committed, everywhere: boolean): Promise<void> {
    const { live, log } = this.#parts;
    try {
      await live.reachEverywhere(slug, position, everywhere ? heard : 1);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      log.warn({ err: error, slug, seq: position.seq }, 'written, but not yet followed');
    }
  }
}

function quietOf(effect: Effect): Quiet | null {
  if (effect.kind === 'write-settings') return 'settings';
  const isDraft = (stored: StoredUpdate | null): boolean => stored !== null && !isPublic(stored.update);
  if (effect.kind === 'write-update') return isDraft(effect.before) || isDraft(effect.after) ? 'drafts' : null;
  return effect.kind === 'remove-update' && isDraft(effect.before) ? 'drafts' : null;
}
