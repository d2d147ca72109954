import { SearchX } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { Timeline } from '../../../shared/timeline.ts';
import { Button } from '../components/button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingState } from '../components/states.tsx';
import { Tabs } from '../components/tabs.tsx';
import { navigate, usePlace } from '../navigation.ts';
import { useResource } from '../resource.ts';
import type { PageProps } from '../routes.ts';
import { BulkBar } from './bulk-bar.tsx';
import { RecordFilters } from './record-filters.tsx';
import { RecordTable } from './record-table.tsx';
import { StatisticsView } from './statistics-view.tsx';
import { useRecord } from './use-record.ts';
import './record.css';

/** The whole record of a timeline as one table. What is asked for stands in the address, so it can be sent to a colleague. */
export function RecordPage({ params: { slug = '' } }: PageProps) {
  const { query } = usePlace();
  const timeline = useResource<Timeline>(`/timelines/${slug}`);
  const tab = query.get('show') === 'statistics' ? 'statistics' : 'updates';
  const change = (next: Record<string, string | null>): void => {
    const changed = new URLSearchParams(query);
    for (const [name, value] of Object.entries(next)) {
      if (value === null || value === '') changed.delete(name);
      else changed.set(name, value);
    }
    navigate(`/newsroom/${slug}/updates${changed.size > 0 ? `?${changed}` : ''}`, { replace: true });
  };
  return (
    <>
      <PageHead title="All updates" about={timeline.value?.title ?? slug} />
      <Tabs
        label="What to show"
        tabs={[
          { id: 'updates', label: 'Updates' },
          { id: 'statistics', label: 'By day' },
        ]}
        chosen={tab}
        onChoose={(id) => change({ show: id === 'statistics' ? id : null })}
      >
        {tab === 'statistics' ? (
          <StatisticsView slug={slug} />
        ) : (
          <Updates slug={slug} query={query} timeZone={timeline.value?.timeZone ?? 'UTC'} onChange={change} />
        )}
      </Tabs>
    </>
  );
}

interface UpdatesProps {
  slug: string;
  query: URLSearchParams;
  timeZone: string;
  onChange: (next: Record<string, string | null>) => void;
}

function Updates({ slug, query, timeZone, onChange }: UpdatesProps) {
  const asked = query.toString();
  const list = useRecord(slug, asked);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setSelected(new Set()), [asked]);
  const chosen = list.rows.filter(({ update }) => selected.has(update.id));
  return (
    <div class="record">
      <RecordFilters key={asked} query={query} onChange={onChange} />
      <p class="soft" role="status">
        {list.isLoading ? 'Looking…' : counted(list.rows.length, list.total, list.more !== null)}
      </p>
      <BulkBar slug={slug} rows={chosen} onDone={list.reload} onClear={() => setSelected(new Set())} />
      {list.problem && <ErrorState problem={list.problem} onRetry={list.reload} />}
      {list.rows.length === 0 && list.isLoading && <LoadingState />}
      {list.rows.length === 0 && !list.isLoading && !list.problem && (
        <EmptyState icon={SearchX} title={emptyTitle(asked, list.more !== null)}>
          {asked !== '' && <Button onClick={() => navigate(`/newsroom/${slug}/updates`)}>Show everything</Button>}
        </EmptyState>
      )}
      {list.rows.length > 0 && (
        <RecordTable
          rows={list.rows}
          selected={selected}
          onSelect={setSelected}
          timeZone={timeZone}
          sort={query.get('sort') ?? 'newest'}
          canSort={!query.has('q')}
          onSort={(sort) => onChange({ sort: sort === 'newest' ? null : sort })}
        />
      )}
      {list.more !== null && (
        <Button busy={list.isLoading} onClick={list.loadMore}>
          {list.rows.length === 0 ? 'Look further back' : 'Show more'}
        </Button>
      )}
    </div>
  );
}

function emptyTitle(asked: string, hasMore: boolean): string {
  if (hasMore) return 'Nothing fits so far';
  return asked === '' ? 'Nothing was written yet' : 'Nothing fits';
}

function counted(shown: number, total: number | null, hasMore: boolean): string {
  if (total !== null) return shown === total ? `${total} updates` : `${shown} of ${total} updates`;
  return `${shown} updates${hasMore ? ', and perhaps more' : ''}`;
}
