import type { Fault } from '../../shared/problems.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { NewTimeline, Timeline, TimelinePatch, TimelineRecord } from '../../shared/timeline.ts';
import type { Extent } from '../store/store.ts';
import { type Actor, authorise } from './actor.ts';
import { clean } from './clean.ts';
import { type Context, type Decision, isoOf, type Write } from './decision.ts';
import { presentRecord } from './present.ts';
import { today } from './zone.ts';

/** Decides a new timeline. It makes no change: a new timeline stands at seq 0. */
export function createTimeline(actor: Actor, raw: NewTimeline, epoch: string, now: number): Result<Write> {
  const allowed = authorise(actor, raw.slug, 'admin');
  if (!allowed.ok) return allowed;
  const input = clean(raw);
  const record: TimelineRecord = {
    slug: input.slug,
    title: input.title,
    subject: input.subject,
    description: input.description ?? '',
    dayOne: input.dayOne,
    timeZone: input.timeZone,
    ...ending(input.status, input.endedOn, null, today(now, input.timeZone)),
    language: input.language ?? 'en',
    replies: input.replies ?? 'off',
    revision: 1,
  };
  const faults = faultsOf(record, now);
  if (faults) return faults;
  return ok({ kind: 'write', change: null, effect: { kind: 'create-timeline', record, epoch } });
}

/** Decides a revision of a timeline. `current` is what a caller with a stale revision is shown. */
export function reviseTimeline(
  { record: before, actor, now }: Context,
  current: Timeline,
  revision: number,
  raw: TimelinePatch,
  extent: Extent,
): Result<Decision> {
  const allowed = authorise(actor, before.slug, 'admin');
  if (!allowed.ok) return allowed;
  if (revision !== before.revision) {
    return refuse('stale-revision', `It stands at revision ${before.revision}, not ${revision}.`, { current });
  }
  const patch = clean(raw);
  const after = { ...before, ...defined(patch) };
  Object.assign(after, ending(patch.status, patch.endedOn, before, today(now, after.timeZone)));
  const moved = after.dayOne !== before.dayOne || after.timeZone !== before.timeZone;
  if (moved && extent.updates > 0) {
    return refuse('timeline-has-updates', 'Day one and the time zone can’t be changed once there are updates.');
  }
  const faults = faultsOf(after, now);
  if (faults) return faults;
  if (after.endedOn && extent.lastDate && extent.lastDate > after.endedOn) {
    return refuse('updates-after-end', `There are updates of ${extent.lastDate}.`);
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return ok({ kind: 'unchanged' });
  after.revision += 1;
  const change = {
    type: 'timeline.revised' as const,
    at: isoOf(now),
    day: null,
    date: null,
    record: presentRecord(after, now),
  };
  return ok({ kind: 'write', change, effect: { kind: 'revise-timeline', after, indexed: extent.indexed } });
}

/** `status` and `endedOn` say one thing: whichever is given decides, and a conflict that ends without a date ends today. */
function ending(
  status: TimelineRecord['status'] | undefined,
  endedOn: string | null | undefined,
  before: Pick<TimelineRecord, 'status' | 'endedOn'> | null,
  todayThere: string,
): Pick<TimelineRecord, 'status' | 'endedOn'> {
  if (typeof endedOn === 'string') return { endedOn, status: 'ended' };
  if (status === 'ended') return { endedOn: before?.endedOn ?? todayThere, status };
  if (status) return { endedOn: null, status };
  if (endedOn === null && before?.status === 'ended') return { endedOn, status: 'live' };
  return { endedOn: before?.endedOn ?? null, status: before?.status ?? 'live' };
}

function faultsOf({ dayOne, endedOn, timeZone }: TimelineRecord, now: number): Result<never> | null {
  const last = today(now, timeZone);
  const errors: Fault[] = [];
  if (dayOne > last) errors.push({ path: '/dayOne', message: `lies after today, ${last}` });
  if (endedOn && endedOn < dayOne) errors.push({ path: '/endedOn', message: 'lies before day one' });
  if (endedOn && endedOn > last) errors.push({ path: '/endedOn', message: `lies after today, ${last}` });
  return errors.length > 0 ? refuse('validation-failed', 'The dates do not fit together.', { errors }) : null;
}

const defined = <T extends object>(patch: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
