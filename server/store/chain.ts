import { createHash } from 'node:crypto';
import type { Change } from '../../shared/change.ts';
import type { Summary } from '../../shared/summary.ts';
import type { NewChange, StoredSummary } from './store.ts';

/**
 * The chain of hashes over a timeline’s log: hash(n) = SHA-256(hash(n−1) + line(n)), both as text. A line has when, what and
 * about which object, and a digest of the object as it was published, but none of its text: so the line outlives both a
 * takedown and the trimming of the log. `commit.lua` links in the same way, in the step that writes the change.
 */
export const linkHash = (previous: string, line: string): string => sha256(previous + line);

/** What the first change is chained to: two timelines, or two epochs of one, never share a hash. */
export const genesisHash = (slug: string, epoch: string): string => sha256(`daymark ${slug} ${epoch}`);

/** What is hashed of a change. */
export function chainLine(change: NewChange | Change): string {
  const { type, at, day, date } = change;
  const from = type === 'update.revised' ? change.previousDay : undefined;
  return [type, at, day, date, from, subjectOf(change), digestOf(change)].map((part) => part ?? '-').join(' ');
}

/** What of a line says which object it is about, and how that object looked. */
export function readLine(line: string): ChainFacts {
  const [type = '', at = '', day = '', date = '', , subject = '', digest = ''] = line.split(' ');
  return { type, at, day: Number(day), date, subject, digest };
}

interface ChainFacts {
  type: string;
  at: string;
  /** NaN where the change is of no day. */
  day: number;
  date: string;
  subject: string;
  digest: string;
}

export const summarySubject = (date: string): string => `summary:${date}`;
export const timelineSubject = 'timeline';

function subjectOf(change: NewChange | Change): string {
  switch (change.type) {
    case 'update.removed':
      return change.id;
    case 'summary.revised':
      return summarySubject(change.date);
    case 'timeline.revised':
      return timelineSubject;
    default:
      return change.update.id;
  }
}

function digestOf(change: NewChange | Change): string | null {
  switch (change.type) {
    case 'update.removed':
      return null;
    case 'summary.revised':
      return summaryDigest(editorsPart(change.summary));
    case 'timeline.revised':
      return timelineDigest(change.record);
    default:
      return digest(change.update);
  }
}

/** Of a summary counts what an editor wrote; one without points is shown with what follows from the day’s updates. */
export function summaryDigest({
  sections,
  revision,
  revisedAt,
}: Pick<StoredSummary, 'sections' | 'revision' | 'revisedAt'>): string {
  return digest({ sections, revision, revisedAt: sections.length > 0 ? revisedAt : null });
}

const editorsPart = ({ automatic, sections, revision, revisedAt }: Summary) => ({
  sections: automatic ? [] : sections,
  revision,
  revisedAt: revisedAt ?? '',
});

/** Of a timeline counts what is stored; today and the position follow from clock and log. */
export function timelineDigest(record: object): string {
  return digest(Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'today' && name !== 'position')));
}

/** SHA-256 of an object’s JSON with its names in order, hex. */
export const digest = (value: unknown): string => sha256(canonical(value));

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`).join(',')}}`;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
