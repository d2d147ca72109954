import { createHash } from 'node:crypto';
import type { Change } from '../../shared/change.ts';
import { messagesFor } from '../../shared/i18n/catalogue.ts';
import { directionOf } from '../../shared/i18n/direction.ts';
import type { PushNote } from '../../shared/push.ts';
import { headlineOf } from '../../shared/text.ts';
import type { TimelineRecord } from '../../shared/timeline.ts';

export type OfUpdate = Exclude<Change, { day: null } | { type: 'summary.revised' }>;

/** Push services take 4 kB, encrypted; and a phone shows two lines. */
const mostHeadline = 200;

/** What one reader is sent of a change, in his language. */
export function noteFor(
  kind: PushNote['kind'],
  change: OfUpdate,
  { title }: Pick<TimelineRecord, 'title'>,
  { language, icon }: { language: string; icon: string },
): PushNote {
  if (kind === 'gone' || change.type === 'update.removed')
    return { kind: 'gone', tag: change.type === 'update.removed' ? change.id : change.update.id };
  const { update } = change;
  const { announce, day } = messagesFor(language);
  const isCorrection = update.correction !== null && update.correction.at === update.revisedAt;
  const news = {
    'update.published': day(change.day),
    'update.revised': isCorrection ? announce.corrected(1) : day(change.day),
    'update.retracted': announce.retracted(1),
  }[change.type];
  return {
    kind,
    tag: update.id,
    title: shorten(headlineOf(update)),
    body: `${title} · ${news}`,
    url: update.url,
    icon,
    language: update.language,
    direction: directionOf(update.language),
  };
}

const shorten = (text: string): string =>
  text.length > mostHeadline ? `${text.slice(0, mostHeadline - 1).trimEnd()}…` : text;

/** Of the words that a reader was told: another wording replaces them, the same one is no news. */
export function wordsOf(change: OfUpdate): string {
  const told =
    change.type === 'update.removed'
      ? ''
      : [headlineOf(change.update), change.update.correction?.at, change.type === 'update.retracted'];
  return createHash('sha256').update(JSON.stringify(told)).digest('base64url').slice(0, 12);
}
