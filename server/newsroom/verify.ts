import { isPublic } from '../../shared/day.ts';
import type { Position } from '../../shared/position.ts';
import type { Update } from '../../shared/update.ts';
import {
  chainLine,
  digest,
  linkHash,
  readLine,
  summaryDigest,
  summarySubject,
  timelineDigest,
  timelineSubject,
} from '../store/chain.ts';
import { type ChainLink, DamagedEntry, type Store, type StoredTimeline } from '../store/store.ts';

/** A head that somebody noted earlier: the hash of the change at a position. */
export interface NotedHead {
  position: Position;
  hash: string;
}

/** The first thing that isn’t as it was written. `seq` is null where no change can be named. */
export interface Alteration {
  seq: number | null;
  what: string;
}

export type Verdict = { ok: true; links: number; hash: string } | { ok: false; alteration: Alteration };

interface Read {
  latest: Latest;
  digests: Map<string, string[]>;
}
type Latest = Map<string, { seq: number; type: string; digest: string }>;

/**
 * Checks a timeline’s whole history: every link of the chain, the log as far as it is kept, and everything that is shown
 * against the digest of the change that last wrote it. Whoever rewrote all hashes consistently is found by a noted head.
 */
export async function verify(store: Store, slug: string, noted: NotedHead | null): Promise<Verdict> {
  const timeline = await store.timeline(slug);
  if (!timeline) return altered(null, `there is no timeline ${slug}, or its head is damaged`);
  const read = await readChain(store, timeline, noted);
  if ('alteration' in read) return { ok: false, ...read };
  const shown = await checkShown(store, timeline, read);
  return shown ? { ok: false, alteration: shown } : { ok: true, links: timeline.position.seq, hash: timeline.hash };
}

async function checkShown(store: Store, timeline: StoredTimeline, read: Read): Promise<Alteration | null> {
  const { slug } = timeline.record;
  try {
    return (
      (await checkUpdates(store, slug, read)) ??
      (await checkSummaries(store, slug, read)) ??
      checkTimeline(timeline, read)
    );
  } catch (error) {
    if (!(error instanceof DamagedEntry)) throw error;
    return { seq: read.latest.get(error.subject)?.seq ?? null, what: error.message };
  }
}

/** Walks the chain; gives what each object looked like last, by id. */
async function readChain(
  store: Store,
  timeline: StoredTimeline,
  noted: NotedHead | null,
): Promise<Read | { alteration: Alteration }> {
  const { slug } = timeline.record;
  const { epoch } = timeline.position;
  if (noted && noted.position.epoch !== epoch)
    return {
      alteration: { seq: null, what: `the noted head is of the epoch ${noted.position.epoch}, the log of ${epoch}` },
    };
  const latest: Latest = new Map();
  const digests = new Map<string, string[]>();
  const stubs = new Map<number, string>();
  let missing: number | null = null;
  let hash = await store.genesis(slug);
  const isNoted = (seq: number): boolean => noted?.position.seq !== seq || noted.hash === hash;
  if (!isNoted(0)) return { alteration: { seq: 0, what: 'the noted hash is not the one here' } };
  for await (const link of store.chain(slug)) {
    hash = linkHash(hash, link.line);
    const fault =
      linkFault(slug, link, hash, stubs) ?? (isNoted(link.seq) ? null : 'the noted hash is not the one here');
    if (fault) return { alteration: { seq: link.seq, what: fault } };
    if (link.change === null && (await isToBeKept(store, slug, link.seq))) missing ??= link.seq;
    const { type, subject, digest: of } = readLine(link.line);
    latest.set(subject, { seq: link.seq, type, digest: of });
    digests.set(subject, [...(digests.get(subject) ?? []), of]);
    if (type === 'update.removed') for (const [seq, id] of stubs) if (id === subject) stubs.delete(seq);
  }
  const [stub] = stubs;
  if (stub)
    return { alteration: { seq: stub[0], what: `update ${stub[1]} is replayed as removed, but was never taken down` } };
  if (noted && noted.position.seq > timeline.position.seq)
    return { alteration: { seq: timeline.position.seq + 1, what: 'the log ends before the noted head' } };
  if (hash !== timeline.hash)
    return { alteration: { seq: timeline.position.seq, what: 'the head’s hash is not that of the last change' } };
  if (missing !== null) return { alteration: { seq: missing, what: 'the log’s entry is missing' } };
  return { latest, digests };
}

/** Asked anew: while a long history is read, its log goes on and is trimmed. */
async function isToBeKept(store: Store, slug: string, seq: number): Promise<boolean> {
  const head = (await store.timeline(slug))?.position.seq ?? 0;
  return seq > head - store.keeps;
}

const namesOfChange = new Set('timeline seq hash type at day date previousDay update summary record id'.split(' '));

/** What is wrong with one link, or null. A stub of a takedown is remembered until the takedown itself comes. */
function linkFault(
  slug: string,
  { line, hash, change, seq }: ChainLink,
  expected: string,
  stubs: Map<number, string>,
): string | null {
  if (line === '') return 'the link is missing';
  if (hash !== expected) return 'the link does not follow from the one before';
  if (!change) return null;
  if (change === 'damaged') return 'the log’s entry can’t be read';
  if (change.timeline !== slug || Object.keys(change).some((name) => !namesOfChange.has(name)))
    return 'the log’s entry was altered';
  if (change.seq !== seq || change.hash !== hash) return 'the log’s entry has another seq or hash';
  if (safely(() => chainLine(change)) === line) return null;
  const { type, subject } = readLine(line);
  if (change.type !== 'update.removed' || change.id !== subject || type === 'update.removed')
    return 'the log’s entry was altered';
  stubs.set(seq, subject);
  return null;
}

/** Null for what has no longer the form that it was written in. */
function safely<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** Every update that is shown is as its last change says; none is missing, none was slipped in. */
async function checkUpdates(store: Store, slug: string, { latest, digests }: Read): Promise<Alteration | null> {
  const seen = new Set<string>();
  for (const { date } of await store.days(slug)) {
    for (const [id, update] of await store.standing(slug, date)) {
      const last = latest.get(update.id);
      if (id !== update.id)
        return { seq: (latest.get(id) ?? last)?.seq ?? null, what: `update ${update.id} stands in the place of ${id}` };
      if (!last || update.date !== date || seen.has(update.id))
        return { seq: last?.seq ?? null, what: `update ${update.id} on ${date} is in no change` };
      if (last.digest !== digest(update) || !isPublic(update))
        return { seq: last.seq, what: `update ${update.id} was altered` };
      const fault = await revisionFault(store, slug, update, digests.get(update.id) ?? []);
      if (fault) return { seq: last.seq, what: fault };
      seen.add(update.id);
    }
  }
  for (const [subject, { seq, type }] of latest) {
    if (isUpdate(subject) && type !== 'update.removed' && !seen.has(subject))
      return { seq, what: `update ${subject} is missing` };
  }
  return null;
}

async function revisionFault(
  store: Store,
  slug: string,
  { id }: Update,
  digests: readonly string[],
): Promise<string | null> {
  const earlier = (await store.revisions(slug, id)).map(digest);
  return earlier.join() === digests.slice(0, -1).join() ? null : `an earlier revision of update ${id} was altered`;
}

async function checkSummaries(store: Store, slug: string, { latest }: Read): Promise<Alteration | null> {
  for (const [subject, { seq, digest: expected }] of latest) {
    if (!subject.startsWith(summarySubject(''))) continue;
    const date = subject.slice(summarySubject('').length);
    const stored = await store.summary(slug, date);
    if (stored?.date !== date || safely(() => summaryDigest(stored)) !== expected)
      return { seq, what: `the ${subject} was altered` };
  }
  return null;
}

function checkTimeline({ record }: StoredTimeline, { latest }: Read): Alteration | null {
  const last = latest.get(timelineSubject);
  return last && last.digest !== timelineDigest(record)
    ? { seq: last.seq, what: 'the timeline’s own record was altered' }
    : null;
}

const isUpdate = (subject: string): boolean => subject !== timelineSubject && !subject.startsWith(summarySubject(''));

const altered = (seq: number | null, what: string): Verdict => ({ ok: false, alteration: { seq, what } });
