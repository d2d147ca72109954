import { useEffect } from 'preact/hooks';
import type { DayEntry } from '../../../shared/day.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import { Loaded, LoadingState } from '../components/states.tsx';
import { navigate } from '../navigation.ts';
import { useResource } from '../resource.ts';
import type { PageProps } from '../routes.ts';

/** Leads to the summary of the latest day that has something; of today, where none has. */
export function LatestSummaryPage({ params: { slug = '' } }: PageProps) {
  const timeline = useResource<Timeline>(`/timelines/${slug}`);
  const days = useResource<{ days: DayEntry[] }>(`/timelines/${slug}/days`);
  const today = timeline.value?.today.day;
  const latest = days.value?.days[0]?.day ?? today;
  const day = days.value === null || today === undefined ? undefined : latest;
  useEffect(() => {
    if (day !== undefined) navigate(`/newsroom/${slug}/days/${day}/summary`, { replace: true });
  }, [slug, day]);
  return <Loaded resource={timeline}>{() => <Loaded resource={days}>{() => <LoadingState />}</Loaded>}</Loaded>;
}
