import { useCallback, useEffect, useState } from 'preact/hooks';
import type { CitedChange, SummaryVersion } from '../../../shared/back-office.ts';
import type { DayView } from '../../../shared/day.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import type { Update } from '../../../shared/update.ts';
import { get, type Refusal } from '../api.ts';
import type { Resource } from '../resource.ts';

/** Everything that the summary of a day is made from. */
export interface DayRecord {
  timeline: Timeline;
  view: DayView;
  /** All of the day, newest event first. */
  updates: readonly Update[];
  versions: readonly SummaryVersion[];
  changes: readonly CitedChange[];
  /** What the sections of the days around it are called. */
  headings: readonly string[];
}

type Read<T> = { ok: true; body: T } | { ok: false; problem: Refusal };

/** Reads a day whole, however many pages it has, and again whenever somebody comes back to the window. */
export function useDayRecord(slug: string, day: string): Resource<DayRecord> {
  const [value, setValue] = useState<DayRecord | null>(null);
  const [problem, setProblem] = useState<Refusal | null>(null);
  const [isLoading, setLoading] = useState(true);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    setLoading(true);
    readDay(slug, day, leaving.signal).then(
      (read) => {
        setLoading(false);
        if (read.ok) setValue(read.body);
        setProblem(read.ok ? null : read.problem);
      },
      () => undefined, // given up, because the page was left
    );
    return () => leaving.abort();
  }, [slug, day, turn]);
  const reload = useCallback(() => setTurn((number) => number + 1), []);
  useEffect(() => {
    addEventListener('focus', reload);
    return () => removeEventListener('focus', reload);
  }, [reload]);
  return { value, problem, isLoading, reload, replace: setValue };
}

async function readDay(slug: string, day: string, signal: AbortSignal): Promise<Read<DayRecord>> {
  const base = `/timelines/${encodeURIComponent(slug)}`;
  const address = `${base}/days/${encodeURIComponent(day)}`;
  const [timeline, view, versions, changes] = await Promise.all([
    get<Timeline>(base, signal),
    get<DayView>(`${address}?limit=1000`, signal),
    get<{ versions: SummaryVersion[] }>(`${address}/summary/versions`, signal),
    get<{ changes: CitedChange[] }>(`${address}/summary/changes`, signal),
  ]);
  for (const answer of [timeline, view, versions, changes]) if (!answer.ok) return answer;
  if (!timeline.ok || !view.ok || !versions.ok || !changes.ok) throw new Error('refusals were answered above');
  const updates = [...view.body.updates];
  for (let more = view.body.more; more !== null; ) {
    const next = await get<DayView>(`${address}?limit=1000&after=${more}`, signal);
    if (!next.ok) return next;
    updates.push(...next.body.updates);
    more = next.body.more;
  }
  const { previous } = view.body;
  const before = previous === null ? null : await get<DayView>(`${base}/days/${previous}?limit=1`, signal);
  const headings = before?.ok ? (before.body.summary?.sections.flatMap(({ heading }) => heading ?? []) ?? []) : [];
  const body = {
    timeline: timeline.body,
    view: view.body,
    updates,
    versions: versions.body.versions,
    changes: changes.body.changes,
    headings,
  };
  return { ok: true, body };
}
