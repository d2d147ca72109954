import type { Change } from '../../shared/change.ts';
import { formatPosition, parsePosition } from '../../shared/position.ts';
import type { TimelineRecord } from '../../shared/timeline.ts';
import type { Update } from '../../shared/update.ts';
import {
  type Applied,
  type ChainLink,
  type CommitResult,
  DamagedEntry,
  type FirstAnswer,
  type StoredDayEntry,
  type StoredTimeline,
} from './store.ts';

/** What `commit.lua` answers. `listeners`: how many nodes are known to listen, where its own count may fall short. */
export function commitResult(answer: unknown[], listeners: number): CommitResult {
  const [kind, first, second, third] = answer;
  switch (kind) {
    case 'committed':
      return {
        kind,
        position: { seq: Number(first), epoch: String(second) },
        heard: Math.max(Number(third), listeners),
      };
    case 'conflict':
      return { kind };
    case 'imported':
      return { kind, id: String(first) };
    case 'replay':
      return { kind, first: firstAnswer(String(first), typeof second === 'string' ? second : null) };
    default:
      throw new Error(`commit.lua answered ${JSON.stringify(answer)}`);
  }
}

/** `node slug epoch:seq`; null where it is none. */
export function readApplied(message: string): Applied | null {
  const [node = '', slug = '', at] = message.split(' ');
  const position = parsePosition(at);
  return position && { node, slug, position };
}

/** `at fingerprint id` and the Update as JSON, null once it was taken down. */
export function firstAnswer(entry: string, answer: string | null): FirstAnswer {
  const [at, fingerprint = '', id = ''] = entry.split(' ');
  return { at: Number(at), fingerprint, id, update: answer === null ? null : (JSON.parse(answer) as Update) };
}

/** The fields record, epoch, seq and hash of a timeline; null where there is none. */
export function storedTimeline([record, epoch, seq, hash]: (string | null)[]): StoredTimeline | null {
  if (!record || !epoch || !hash) return null;
  return { record: JSON.parse(record) as TimelineRecord, position: { epoch, seq: Number(seq ?? 0) }, hash };
}

/** A link that is missing or damaged comes as an empty line: whoever verifies names it. */
export function chainLink(seq: number, link: string, entry: string | null, epoch: string): ChainLink {
  const at = link.lastIndexOf(' ');
  return {
    seq,
    line: link.slice(0, Math.max(0, at)),
    hash: link.slice(at + 1),
    change: entry === null ? null : changeOrDamaged(entry, epoch),
  };
}

function changeOrDamaged(entry: string, epoch: string): Change | 'damaged' {
  try {
    return change(entry, epoch);
  } catch {
    return 'damaged';
  }
}

/** Parses what was stored about a subject; throws DamagedEntry. */
export function parseEntry<T>(text: string, subject: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new DamagedEntry(subject, error);
  }
}

/** `place date revision` → the revision; null where it is unknown or removed. */
export function revisionOf(entry: string | null): number | null {
  const [place, , revision] = entry?.split(' ') ?? [];
  return place === undefined || place === 'removed' ? null : Number(revision);
}

/** An entry of the log. The position inside a record is that of its change, in the epoch of today. */
export function change(text: string, epoch: string): Change {
  const parsed = JSON.parse(text) as Change;
  if (parsed.type === 'timeline.revised') parsed.record.position = formatPosition({ epoch, seq: parsed.seq });
  return parsed;
}

/** The counts of a day, as `commit.lua` writes them. */
export function dayEntry(date: string, entry: string): StoredDayEntry {
  const [updates, key, summary, revisedAt] = entry.split(' ');
  return {
    date,
    updates: Number(updates),
    key: Number(key),
    hasSummary: summary === '1',
    revisedAt: revisedAt || null,
  };
}
