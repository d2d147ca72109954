import { ChartColumn } from 'lucide';
import type { DayStatistics, Statistics } from '../../../shared/back-office.ts';
import { EmptyState, Loaded } from '../components/states.tsx';
import { Table } from '../components/table.tsx';
import { useResource } from '../resource.ts';

const height = 120;

/** What the latest days come to: as bars, with the key developments at their foot, and as numbers. */
export function StatisticsView({ slug }: { slug: string }) {
  const statistics = useResource<Statistics>(`/timelines/${slug}/staff/statistics`);
  return (
    <Loaded resource={statistics}>
      {({ days }) =>
        days.length === 0 ? (
          <EmptyState icon={ChartColumn} title="No day has anything yet" />
        ) : (
          <div class="stack">
            <Bars days={[...days].reverse()} />
            <Table
              caption="Updates by day"
              rows={days}
              keyOf={({ date }) => date}
              columns={[
                {
                  title: 'Day',
                  cell: ({ day, date }) => <a href={`?from=${date}&to=${date}`}>{`${day} · ${date}`}</a>,
                },
                { title: 'Summary', cell: ({ day }) => <a href={`/newsroom/${slug}/days/${day}/summary`}>Edit</a> },
                { title: 'Updates', cell: ({ updates }) => updates, align: 'end' },
                { title: 'Key', cell: ({ key }) => key, align: 'end' },
                { title: 'Corrected', cell: ({ corrected }) => corrected, align: 'end' },
                { title: 'Retracted', cell: ({ retracted }) => retracted, align: 'end' },
                { title: 'Verification', cell: ({ verification }) => verified(verification) },
                {
                  title: 'Authors',
                  cell: ({ authors }) => authors.map(({ id, name, updates }) => `${name ?? id} ${updates}`).join(', '),
                },
              ]}
            />
          </div>
        )
      }
    </Loaded>
  );
}

const verified = (counts: DayStatistics['verification']): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

function Bars({ days }: { days: readonly DayStatistics[] }) {
  const most = Math.max(...days.map(({ updates }) => updates));
  // A few days are no wall.
  const step = 100 / Math.max(days.length, 14);
  const tall = (count: number): number => (count / most) * height;
  return (
    <figure class="bars">
      <svg
        viewBox={`0 0 100 ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Updates of ${days.length} days, at most ${most} a day; the numbers are in the table below`}
      >
        {days.map(({ date, day, updates, key }, at) => (
          <g key={date}>
            <title>{`Day ${day}, ${date}: ${updates} updates, ${key} key`}</title>
            <rect
              class="all"
              x={at * step + step * 0.1}
              width={step * 0.8}
              y={height - tall(updates)}
              height={tall(updates)}
            />
            <rect
              class="keys"
              x={at * step + step * 0.1}
              width={step * 0.8}
              y={height - tall(key)}
              height={tall(key)}
            />
          </g>
        ))}
      </svg>
      <figcaption class="soft">
        {days[0]?.date} to {days.at(-1)?.date}: updates, and the key developments among them in colour. Most in a day:{' '}
        {most}.
      </figcaption>
    </figure>
  );
}
