import { isKeyDevelopment, isPublic } from '../../shared/day.ts';
import { limits } from '../../shared/limits.ts';
import type { Update } from '../../shared/update.ts';
import { indexVersion } from '../search/indexed.ts';
import { chainLine, genesisHash } from './chain.ts';
import { imageGuards, imagesOfRemoved, imageWrites, logoUse } from './commit-images.ts';
import type { Keys, TimelineKeys } from './keys.ts';
import { keptOfTimeline } from './redis-audit-store.ts';
import { searchEffect } from './search-effect.ts';
import type { AuditEntry, Commit, Effect, StoredUpdate } from './store.ts';

type Write = [command: 'HSET' | 'HDEL' | 'DEL' | 'RPUSH' | 'LTRIM' | 'ZADD' | 'ZREM', key: string, ...args: string[]];
type DayDelta = [date: string, updates: number, key: number, hasSummary: '' | '0' | '1', revisedAt: string];

interface Plan {
  guards: [field: string, value: string | false][];
  writes: Write[];
  days: DayDelta[];
}

/** What an update’s entry in the index says; a commit is refused where it differs from what the decision was based on. */
export const indexEntry = (stored: Pick<StoredUpdate, 'update'>): string =>
  `${isPublic(stored.update) ? 'public' : 'draft'} ${stored.update.date} ${stored.update.revision}`;

/** Turns a commit into the keys and the argument of `commit.lua`. Everything about which key holds what is here. */
export function commitCommand(keys: Keys, commit: Commit, keep: number): { keys: string[]; command: string } {
  const k = keys.of(commit.slug);
  const plan = planOf(k, commit.effect, commit.now);
  const table = [
    k.timeline,
    k.log,
    k.index,
    k.idempotency,
    k.idempotencyAges,
    k.firstAnswers,
    k.answeredBy,
    k.trail,
    k.calendar,
    k.days,
    k.imported,
    k.chain,
  ];
  const numberOf = (key: string): number => {
    const at = table.indexOf(key);
    return at >= 0 ? at + 1 : table.push(key);
  };
  const { effect } = commit;
  const id = effect.kind === 'write-update' ? effect.after.update.id : '';
  const known = commit.timelineRevision;
  const command = JSON.stringify({
    guards: [['timeline', known !== null && String(known)], ...settingsGuard(commit.settingsRevision), ...plan.guards],
    indexed: effect.kind === 'revise-timeline' && effect.indexed,
    marks: commit.marks ?? [],
    once: onceOf(commit, id),
    writes: [...plan.writes, ...auditWrites(k, commit.audit)].map(([name, key, ...args]) => [
      name,
      numberOf(key),
      ...args,
    ]),
    days: plan.days,
    change: changeOf(commit, id),
    search: searchOf(k, effect, numberOf),
    id,
    stubs:
      effect.kind === 'remove-update' ? effect.trail.map((change) => [String(change.seq), JSON.stringify(change)]) : [],
    forget: effect.kind === 'remove-update' && effect.before.update.id,
    keep,
    channel: keys.wake,
    slug: commit.slug,
  });
  return { keys: table, command };
}

const auditWrites = (k: TimelineKeys, entry: AuditEntry | null | undefined): Write[] =>
  entry
    ? [
        ['RPUSH', k.deeds, JSON.stringify(entry)],
        ['LTRIM', k.deeds, String(-keptOfTimeline), '-1'],
      ]
    : [];

/** Settings that nobody has touched have no entry. */
const settingsGuard = (revision: number | undefined): Plan['guards'] =>
  revision === undefined ? [] : [['settings', revision > 0 && String(revision)]];

/** What happens to the index of words in the same step, and by which numbers the script knows its keys. */
function searchOf(k: TimelineKeys, effect: Effect, numberOf: (key: string) => number) {
  const search = searchEffect(effect);
  if (!search) return false;
  const [records, ids] = [numberOf(k.searchRecords), numberOf(k.searchIds)];
  const [numbers, words] = [numberOf(k.searchNumbers), numberOf(k.searchWords)];
  return { ...search, keys: { records, ids, numbers, words }, postings: k.searchPostings('') };
}

function onceOf({ once, effect, now }: Commit, id: string) {
  if (!once || effect.kind !== 'write-update') return false;
  return {
    field: onceField(once.actor, once.key),
    fingerprint: once.fingerprint,
    id,
    answer: JSON.stringify(effect.after.update),
    now,
    ttl: limits.idempotencyHours * 3_600_000,
    least: limits.idempotencyEntriesLeast,
    most: limits.idempotencyEntries,
  };
}

export const onceField = (actor: string, key: string): string => `${actor}\n${key}`;

/** The script puts seq and hash between head and tail. */
function changeOf({ slug, change, effect }: Commit, id: string) {
  if (!change) return false;
  const tail = JSON.stringify(change).replace('{', ',');
  const head = `{"timeline":${JSON.stringify(slug)},"seq":`;
  return { head, tail, line: chainLine(change), id: effect.kind === 'write-update' && id };
}

function planOf(k: TimelineKeys, effect: Effect, now: number): Plan {
  switch (effect.kind) {
    case 'create-timeline':
      return {
        guards: [],
        writes: [
          ['HSET', k.index, 'timeline', String(effect.record.revision)],
          [
            'HSET',
            k.timeline,
            'record',
            JSON.stringify(effect.record),
            'epoch',
            effect.epoch,
            'seq',
            '0',
            'hash',
            genesisHash(effect.record.slug, effect.epoch),
            'search',
            String(indexVersion),
          ],
        ],
        days: [],
      };
    case 'revise-timeline':
      return {
        guards: [],
        writes: [
          ['HSET', k.index, 'timeline', String(effect.after.revision)],
          ['HSET', k.timeline, 'record', JSON.stringify(effect.after)],
        ],
        days: [],
      };
    case 'write-settings': {
      const { guards, writes } = logoUse(k, effect.before, effect.after, now);
      return {
        guards: [...settingsGuard(effect.before.revision), ...guards],
        writes: [
          ['HSET', k.index, 'settings', String(effect.after.revision)],
          ['HSET', k.timeline, 'settings', JSON.stringify(effect.after)],
          ...writes,
        ],
        days: [],
      };
    }
    case 'write-update':
      return writeUpdate(k, effect.before, effect.after, now);
    case 'remove-update':
      return removeUpdate(k, effect, now);
    case 'note-removal':
      return {
        guards: [[effect.id, false]],
        writes: [
          ['HSET', k.index, effect.id, `removed ${effect.date} 0`],
          ['RPUSH', k.audit, JSON.stringify(effect.audit)],
        ],
        days: [[effect.date, 0, 0, '', effect.audit.at]],
      };
    case 'write-summary':
      return writeSummary(k, effect);
  }
}

function writeUpdate(k: TimelineKeys, before: StoredUpdate | null, after: StoredUpdate, now: number): Plan {
  const { update } = after;
  const writes: Write[] = [['HSET', k.index, update.id, indexEntry(after)]];
  const wasPublic = before !== null && isPublic(before.update);
  if (wasPublic) {
    writes.push(['RPUSH', k.revisions(update.id), JSON.stringify(before.update)]);
    if (before.update.date !== update.date) writes.push(['HDEL', k.day(before.update.date), update.id]);
  }
  if (isPublic(update)) {
    const staff = { author: after.author, authorName: after.authorName, createdAt: after.createdAt };
    writes.push(['HSET', k.day(update.date), update.id, JSON.stringify(update)]);
    writes.push(['HSET', k.staff, update.id, JSON.stringify(staff)]);
    if (before && !wasPublic) writes.push(['HDEL', k.drafts, update.id]);
  } else {
    writes.push(['HSET', k.drafts, update.id, JSON.stringify(after)]);
  }
  const corrected = correctedAt(before?.update ?? null, update);
  if (corrected !== null) {
    writes.push(['ZADD', k.corrections, String(Date.parse(corrected)), `${update.id} ${update.revision}`]);
  }
  if (after.publishAt) writes.push(['ZADD', k.scheduled, String(Date.parse(after.publishAt)), update.id]);
  else if (before?.publishAt) writes.push(['ZREM', k.scheduled, update.id]);
  return {
    guards: [[update.id, before ? indexEntry(before) : false], ...imageGuards(before, after)],
    writes: [...writes, ...imageWrites(k, before, after, now)],
    days: deltas(before?.update ?? null, update, update.revisedAt ?? update.publishedAt ?? ''),
  };
}

/** When this revision corrected or retracted the update in public; null: it did neither. */
function correctedAt(before: Update | null, { correction, retraction }: Update): string | null {
  if (retraction !== null && before?.retraction === null) return retraction.at;
  return correction !== null && before !== null && correction.at !== before.correction?.at ? correction.at : null;
}

function removeUpdate(
  k: TimelineKeys,
  { before, audit }: Extract<Effect, { kind: 'remove-update' }>,
  now: number,
): Plan {
  const { id, date, revision } = before.update;
  const corrections = Array.from({ length: revision }, (_, i) => `${id} ${i + 1}`);
  return {
    guards: [[id, indexEntry(before)]],
    writes: [
      ['HSET', k.index, id, `removed ${date} ${before.update.revision}`],
      ['HDEL', k.day(date), id],
      ['HDEL', k.drafts, id],
      ['ZREM', k.scheduled, id],
      ['ZREM', k.corrections, ...corrections],
      ['HDEL', k.staff, id],
      ['HDEL', k.trail, id],
      ['DEL', k.revisions(id)],
      ['DEL', k.replies(id)],
      ['RPUSH', k.audit, JSON.stringify(audit)],
      imagesOfRemoved(k, id, now),
    ],
    days: deltas(before.update, null, audit.at),
  };
}

function writeSummary(k: TimelineKeys, { before, after }: Extract<Effect, { kind: 'write-summary' }>): Plan {
  const field = `summary:${after.date}`;
  const writes: Write[] = [
    ['HSET', k.index, field, String(after.revision)],
    ['HSET', k.summaries, after.date, JSON.stringify(after)],
  ];
  if (before) writes.push(['RPUSH', k.summaryRevisions(after.date), JSON.stringify(before)]);
  const hasSummary = after.sections.length > 0 ? '1' : '0';
  return {
    guards: [[field, before ? String(before.revision) : false]],
    writes,
    days: [[after.date, 0, 0, hasSummary, after.revisedAt]],
  };
}

/** How the counts of the days change when `before` gives way to `after`. */
function deltas(before: Update | null, after: Update | null, at: string): DayDelta[] {
  const byDate = new Map<string, [number, number]>();
  const count = (update: Update | null, sign: 1 | -1): void => {
    if (!update || !isPublic(update)) return;
    const [updates, key] = byDate.get(update.date) ?? [0, 0];
    byDate.set(update.date, [updates + sign, key + (isKeyDevelopment(update) ? sign : 0)]);
  };
  count(before, -1);
  count(after, 1);
  return [...byDate].map(([date, [updates, key]]) => [date, updates, key, '', at]);
}
