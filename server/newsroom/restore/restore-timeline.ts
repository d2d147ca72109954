import { citedIds } from '../../../shared/automatic-summary.ts';
import { dayNumber } from '../../../shared/conflict-day.ts';
import { isPublic } from '../../../shared/day.ts';
import type { TimelineRecord } from '../../../shared/timeline.ts';
import type { Actor } from '../../domain/actor.ts';
import { isoOf } from '../../domain/decision.ts';
import { presentRecord, presentSummary } from '../../domain/present.ts';
import { newEpoch } from '../../store/renew-epoch.ts';
import type { Commit, Store } from '../../store/store.ts';
import type { ImageLibrary } from '../image-library.ts';
import type { AppearanceLine } from './appearance-line.ts';
import { ExportFile } from './export-file.ts';
import type { ExportLine } from './export-line.ts';
import { checkLine, restoredChange, restoredSummary, restoredUpdate } from './restored-state.ts';

export interface RestoreCounts {
  /** Wordings, summaries and removals put back. */
  restored: number;
  /** Those that were there already. */
  present: number;
  /** What could not be put back, in words. */
  notices: string[];
}

export interface RestoreJob {
  store: Store;
  /** Takes in the logo, like any upload. */
  library: Pick<ImageLibrary, 'add'>;
  path: string;
  /** The slug to restore under; null: its own. */
  as: string | null;
  clock: () => number;
  tell?: (done: number, all: number) => void;
}

/** The timeline that has the slug is another one, or was written to since. */
export class NotRestorable extends Error {
  override name = 'NotRestorable';
}

/**
 * Puts a timeline back from an export: its updates under their ids with all their wordings, retractions and corrections, its
 * summaries, and what was taken down as taken down. The file is checked whole first; nothing is written from one that has a
 * fault. What it says is written in the order in which it was written first, by the same commit as everything, so log, chain,
 * index and search follow by themselves; the log is a new one, in a new epoch, so whoever followed the old one starts over.
 * A restore that was killed goes on with the same file: what is there is passed over, and never overwritten.
 */
export async function restoreTimeline({
  store,
  library,
  path,
  as,
  clock,
  tell,
}: RestoreJob): Promise<RestoreCounts & { slug: string }> {
  const file = await ExportFile.open(path, checkLine);
  try {
    const record = { ...file.timeline.record, slug: as ?? file.timeline.record.slug };
    await createOrContinue(store, record, clock());
    const counts = { restored: 0, present: 0 };
    const put = new Putting(store, library, record, clock);
    for await (const run of runs(file.inOrderOfWriting())) {
      const commits = await Promise.all(run.map((line) => put.commitFor(line)));
      // All of them are sent before the first is answered, over one connection: the log has their order.
      await Promise.all(commits.map((commit) => commit && put.commit(commit)));
      for (const commit of commits) counts[commit ? 'restored' : 'present'] += 1;
      tell?.(counts.restored + counts.present, file.length);
    }
    return { ...counts, notices: put.notices, slug: record.slug };
  } finally {
    await file.close();
  }
}

async function createOrContinue(store: Store, record: TimelineRecord, now: number): Promise<void> {
  const effect = { kind: 'create-timeline' as const, record, epoch: newEpoch() };
  const existing = await store.timeline(record.slug);
  if (existing === null) {
    await store.commit({ slug: record.slug, timelineRevision: null, now, change: null, effect });
  } else if (JSON.stringify(existing.record) !== JSON.stringify(record)) {
    throw new NotRestorable(`There is a timeline ${record.slug}, and it is not the one in the file.`);
  }
}

/** How many commits are under way at once: with fsync on every write one after the other is many times slower. */
const window = 32;

/** Lines that may be written at once, in order: none about the same object as another, and a summary alone, for what it cites. */
async function* runs(lines: AsyncIterable<ExportLine>): AsyncGenerator<ExportLine[]> {
  let run: ExportLine[] = [];
  const about = new Set<string>();
  for await (const line of lines) {
    const name = line.kind === 'update' ? line.update.id : line.kind === 'removed' ? line.id : '';
    if (run.length >= window || name === '' || about.has(name) || about.has('')) {
      if (run.length > 0) yield run;
      run = [];
      about.clear();
    }
    run.push(line);
    about.add(name);
  }
  if (run.length > 0) yield run;
}

type Put = Pick<Commit, 'change' | 'effect'>;

const restorer: Actor = { id: 'restored', name: 'restored', role: 'admin', timelines: null };

class Putting {
  readonly notices: string[] = [];
  readonly #store: Store;
  readonly #library: RestoreJob['library'];
  readonly #record: TimelineRecord;
  readonly #clock: () => number;

  constructor(store: Store, library: RestoreJob['library'], record: TimelineRecord, clock: () => number) {
    this.#store = store;
    this.#library = library;
    this.#record = record;
    this.#clock = clock;
  }

  /** What has to be written for a line; null: it is there. */
  commitFor(line: ExportLine): Promise<Put | null> {
    switch (line.kind) {
      case 'update':
        return this.#update(line.update);
      case 'summary':
        return this.#summary(line.summary);
      case 'removed':
        return this.#removal(line);
      case 'appearance':
        return this.#appearance(line.appearance);
      case 'timeline':
        return Promise.resolve(null);
    }
  }

  async #update(update: Extract<ExportLine, { kind: 'update' }>['update']): Promise<Put | null> {
    const { slug } = this.#record;
    const after = restoredUpdate(update, slug);
    const before = await this.#store.update(slug, update.id);
    // Taken down since, here: it stays so.
    if (before === 'removed') return null;
    if (before !== null && before.update.revision >= update.revision) return null;
    return {
      change: restoredChange(before?.update ?? null, after.update),
      effect: { kind: 'write-update', before, after },
    };
  }

  async #summary(summary: Extract<ExportLine, { kind: 'summary' }>['summary']): Promise<Put | null> {
    const { slug, dayOne } = this.#record;
    const { date } = summary;
    const { summary: before, updates } = await this.#store.day(slug, date);
    if (before !== null && before.revision >= summary.revision) return null;
    const cited = await this.#store.updates(slug, [...citedIds(summary.sections)]);
    const revisions = new Map([...cited].filter(([, it]) => isPublic(it)).map(([id, it]) => [id, it.revision]));
    const after = restoredSummary(summary, revisions);
    const day = dayNumber(dayOne, date);
    const shown = presentSummary(this.#record, date, after, updates, Object.fromEntries(revisions));
    return {
      change: { type: 'summary.revised', at: after.revisedAt, day, date, summary: shown },
      effect: { kind: 'write-summary', before, after },
    };
  }

  async #removal({ id, date, day, at }: Extract<ExportLine, { kind: 'removed' }>): Promise<Put | null> {
    const before = await this.#store.update(this.#record.slug, id);
    if (before !== null) return null;
    const audit = { at, actor: 'restored', action: 'update.removed', target: id, reason: null };
    return {
      change: { type: 'update.removed', at, day, date, id },
      effect: { kind: 'note-removal', id, date, audit },
    };
  }

  /** Settings that somebody has touched here stay as they are. */
  async #appearance({ siteName, accent, logo }: AppearanceLine): Promise<Put | null> {
    const { slug } = this.#record;
    const before = await this.#store.settings(slug);
    if (before.revision > 0) return null;
    const light = logo && (await this.#picture(logo.light));
    const dark = logo?.dark ? await this.#picture(logo.dark) : null;
    const shown = logo && light ? { ...light, alt: logo.alt, dark } : null;
    const now = this.#clock();
    return {
      change: {
        type: 'timeline.revised',
        at: isoOf(now),
        day: null,
        date: null,
        record: presentRecord(this.#record, now),
      },
      effect: {
        kind: 'write-settings',
        before,
        after: { ...before, appearance: { siteName, accent, logo: shown }, revision: 1 },
      },
    };
  }

  /** Decoded and painted anew: the file may come from anywhere. */
  async #picture(base64: string) {
    const added = await this.#library.add(restorer, this.#record.slug, Buffer.from(base64, 'base64'));
    if (added.ok) return added.value.image;
    this.notices.push(`a logo was left out: ${added.problem.detail}`);
    return null;
  }

  async commit(what: Put): Promise<void> {
    const { slug, revision } = this.#record;
    const result = await this.#store.commit({ slug, timelineRevision: revision, now: this.#clock(), ...what });
    if (result.kind !== 'committed')
      throw new NotRestorable(`${slug} is being written to by somebody else. The same command goes on from here.`);
  }
}
