import { Newspaper, Plus } from 'lucide';
import type { Timeline } from '../../../shared/timeline.ts';
import { LinkButton } from '../components/button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, Loaded } from '../components/states.tsx';
import { useResource } from '../resource.ts';
import { hasAuthority, usePerson } from '../session/session.tsx';

/** The timelines, each with the day that it is there. */
export function HomePage() {
  const timelines = useResource<{ timelines: Timeline[] }>('/timelines');
  const mayBegin = hasAuthority(usePerson(), 'admin');
  return (
    <>
      <PageHead
        title="Timelines"
        {...(mayBegin && {
          actions: (
            <LinkButton href="/newsroom/new" icon={Plus}>
              New timeline
            </LinkButton>
          ),
        })}
      />
      <Loaded resource={timelines}>
        {({ timelines: all }) => <TimelineCards timelines={all} mayBegin={mayBegin} />}
      </Loaded>
    </>
  );
}

function TimelineCards({ timelines, mayBegin }: { timelines: readonly Timeline[]; mayBegin: boolean }) {
  if (timelines.length === 0)
    return (
      <EmptyState icon={Newspaper} title="No timeline yet">
        <p>{mayBegin ? 'Title' : 'An admin begins one: title'}, subject, day one and time zone are all it takes.</p>
        {mayBegin && (
          <LinkButton look="main" href="/newsroom/new" icon={Plus}>
            Begin the first one
          </LinkButton>
        )}
      </EmptyState>
    );
  return (
    <ul class="cards">
      {timelines.map((timeline) => (
        <li key={timeline.slug} class="card">
          <h2 lang={timeline.language} dir="auto">
            <a href={`/newsroom/${timeline.slug}`}>{timeline.title}</a>
          </h2>
          <p class="soft">{dayOf(timeline)}</p>
        </li>
      ))}
    </ul>
  );
}

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });

function dayOf({ today, status, endedOn }: Timeline): string {
  if (status === 'ended') return `Ended${endedOn === null ? '' : ` on ${dates.format(Date.parse(endedOn))}`}`;
  const day = today.day < 1 ? 'Begins later' : `Today is day ${today.day}`;
  return `${day}, ${dates.format(Date.parse(today.date))}${status === 'paused' ? ' · paused' : ''}`;
}
