import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../../../shared/change.ts';
import type { Update } from '../../../shared/update.ts';
import type { Acknowledgement } from './ledger.ts';
import { fold, type Reading } from './reading.ts';

/** What is wrong: keys, ids or seqs. All empty: every promise was kept. */
export interface Findings {
  /** Acknowledged, and somewhere not to be read. */
  missing: string[];
  /** Twice in the log, a day or the export, or acknowledged under two ids. */
  doubled: string[];
  /** Seqs that are not the next one. */
  holes: string[];
  /** Ways of reading that disagree with the log. */
  disagreeing: string[];
  /** In the log, and never asked for. */
  strange: string[];
}

/** Compares what was acknowledged with what can be read. Takedowns are `gone`: they must be nowhere. */
export function judge(
  posts: readonly Acknowledgement[],
  reading: Reading,
  gone: ReadonlySet<string> = new Set(),
): Findings {
  const { log, listed, exported } = reading;
  const published = log.filter((change) => change.type === 'update.published').map(({ update }) => update);
  const folded = fold(log);
  const standing = posts.filter(({ id }) => !gone.has(id));
  return {
    missing: [
      ...absent('log', standing, [...folded.values()]),
      ...absent('days', standing, listed),
      ...absent('export', standing, exported),
    ],
    doubled: [
      ...repeated('log', published, (update) => update.headline),
      ...repeated('log', published, (update) => update.id),
      ...repeated('days', listed, (update) => update.id),
      ...repeated('export', exported, (update) => update.id),
      ...twoIds(posts),
    ],
    holes: holes(log, reading.position),
    disagreeing: [
      ...differing('days', listed, folded),
      ...differing('export', exported, folded),
      ...miscounted(reading),
      ...(isDeepStrictEqual(reading.followed, log.slice(-reading.followed.length)) ? [] : ['socket']),
      ...(reading.followed.length === Math.min(log.length, 1_000)
        ? []
        : [`socket: ${reading.followed.length} changes`]),
    ],
    strange: strangers(published, posts),
  };
}

export const isClean = (findings: Findings): boolean => Object.values(findings).every((list) => list.length === 0);

function absent(where: string, posts: readonly Acknowledgement[], updates: readonly Update[]): string[] {
  const ids = new Set(updates.map(({ id }) => id));
  return posts.filter(({ id }) => !ids.has(id)).map(({ key, id }) => `${where}: ${key} (${id})`);
}

function repeated<T>(where: string, list: readonly T[], of: (one: T) => string): string[] {
  const seen = new Set<string>();
  return list.flatMap((one) => {
    const name = of(one);
    if (seen.has(name)) return [`${where}: ${name}`];
    seen.add(name);
    return [];
  });
}

function twoIds(posts: readonly Acknowledgement[]): string[] {
  const first = new Map<string, string>();
  return posts.flatMap(({ key, id }) => {
    const known = first.get(key) ?? id;
    first.set(key, known);
    return known === id ? [] : [`${key}: ${known} and ${id}`];
  });
}

function holes(log: readonly Change[], position: string): string[] {
  const wrong = log.flatMap(({ seq }, i) => (seq === i + 1 ? [] : [`${seq} in place of ${i + 1}`]));
  const head = Number(position.split(':')[1]);
  return log.length === head ? wrong : [...wrong, `${log.length} changes up to ${head}`];
}

function differing(where: string, updates: readonly Update[], folded: ReadonlyMap<string, Update>): string[] {
  const wrong = updates.filter((update) => !isDeepStrictEqual(update, folded.get(update.id)));
  return wrong.map(({ id }) => `${where}: ${id}`);
}

function miscounted({ days, listed }: Reading): string[] {
  return days.flatMap(({ date, updates, key }) => {
    const there = listed.filter((update) => update.date === date);
    const keys = there.filter((update) => update.key && update.status === 'published').length;
    return there.length === updates && keys === key
      ? []
      : [`${date}: said ${updates}, ${key}; has ${there.length}, ${keys}`];
  });
}

function strangers(published: readonly Update[], posts: readonly Acknowledgement[]): string[] {
  const ids = new Set(posts.map(({ id }) => id));
  return published.filter(({ id }) => !ids.has(id)).map(({ id, headline }) => `${headline} (${id})`);
}
