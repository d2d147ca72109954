import { ListChecks } from 'lucide';
import { Fragment } from 'preact';
import { summaryTitle } from '../../../shared/i18n/ordinal.ts';
import { LinkButton } from '../components/button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, Loaded } from '../components/states.tsx';
import type { PageProps } from '../routes.ts';
import { type DayRecord, useDayRecord } from './day-record.ts';
import { SummaryEditor } from './summary-editor.tsx';
import './summary.css';

/** “Most important developments of the 124th day of …”, as editors make it. */
export function SummaryPage({ params: { slug = '', day = '' } }: PageProps) {
  const record = useDayRecord(slug, day);
  return (
    <Loaded resource={record}>
      {(value) => (
        <>
          <PageHead
            title={summaryTitle(value.view.day, value.timeline.subject, value.timeline.language)}
            about={<DayLinks record={value} />}
          />
          {value.updates.length === 0 && value.versions.length === 0 ? (
            <EmptyState icon={ListChecks} title="Nothing was published of this day">
              <p>A summary is made from the updates of its day.</p>
              <LinkButton href={`/newsroom/${slug}`}>To the desk</LinkButton>
            </EmptyState>
          ) : (
            <SummaryEditor record={value} onReload={record.reload} />
          )}
        </>
      )}
    </Loaded>
  );
}

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });

function DayLinks({ record: { view } }: { record: DayRecord }) {
  const to = (day: number): string => `/newsroom/${view.timeline}/days/${day}/summary`;
  return (
    <>
      {dates.format(Date.parse(view.date))} ·{' '}
      {[view.previous, view.next].map(
        (day) =>
          day !== null && (
            <Fragment key={day}>
              <a href={to(day)}>day {day}</a> ·{' '}
            </Fragment>
          ),
      )}
      <a href={`/${view.timeline}/day/${view.day}`} target="_blank" rel="noreferrer">
        as readers see it
      </a>
    </>
  );
}
