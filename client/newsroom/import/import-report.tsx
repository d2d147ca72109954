import { Download } from 'lucide';
import { Button } from '../components/button.tsx';
import { Table } from '../components/table.tsx';
import type { RefusedRow, Told } from './send-file.ts';

const numbers = new Intl.NumberFormat('en');
const shownRefusals = 100;

/** What came, or would come, of a file. */
export function ImportReport({ told, isPreview }: { told: Told; isPreview: boolean }) {
  const { imported, replayed, refused } = told.counts;
  const would = isPreview ? 'would be ' : '';
  return (
    <>
      <p role="status">
        <strong>{numbers.format(imported)}</strong> {would}imported, <strong>{numbers.format(replayed)}</strong> there
        already, <strong>{numbers.format(refused)}</strong> {would}refused.
      </p>
      {told.stopped && (
        <p class="notice" role="alert">
          It ended at row {told.stopped.line}: {told.stopped.problem.detail}
        </p>
      )}
      {told.notices.length > 0 && <Notices notices={told.notices} />}
      {told.refused.length > 0 && <Refusals rows={told.refused} />}
      {told.shown.length > 0 && (
        <section class="stack">
          <h2>How it begins</h2>
          <Table
            caption="The first rows, as they would become"
            rows={told.shown.map((update, i) => ({ update, i }))}
            keyOf={({ i }) => String(i)}
            columns={[
              { title: 'Day', cell: ({ update }) => `${update.day} · ${update.date}` },
              {
                title: 'Update',
                cell: ({ update }) => <span dir="auto">{firstWords(update.headline, update.body)}</span>,
              },
              { title: 'Source', cell: ({ update }) => update.sources[0]?.name ?? update.sources[0]?.url ?? '' },
            ]}
          />
        </section>
      )}
    </>
  );
}

/** What of the rows is not taken: a line where it is little, else a list that opens. */
function Notices({ notices }: Pick<Told, 'notices'>) {
  const [first] = notices;
  if (first && notices.length === 1)
    return (
      <p class="soft">
        Not everything is taken. Row {first.line}: {first.notice}.
      </p>
    );
  return (
    <details class="soft">
      <summary>Not everything is taken: {numbers.format(notices.length)} things are left out</summary>
      <ul class="left-out">
        {notices.slice(0, shownRefusals).map(({ line, notice }) => (
          <li key={`${line} ${notice}`} dir="auto">
            Row {numbers.format(line)}: {notice}
          </li>
        ))}
        {notices.length > shownRefusals && <li>and {numbers.format(notices.length - shownRefusals)} more</li>}
      </ul>
    </details>
  );
}

const firstWords = (headline: string, body: string): string =>
  headline || (new DOMParser().parseFromString(body, 'text/html').body.textContent ?? '').slice(0, 160);

function Refusals({ rows }: { rows: readonly RefusedRow[] }) {
  return (
    <section class="stack">
      <h2>Refused rows</h2>
      <Table
        caption="Refused rows"
        rows={rows.slice(0, shownRefusals)}
        keyOf={({ line }) => String(line)}
        columns={[
          { title: 'Row', cell: ({ line }) => numbers.format(line) },
          { title: 'Why', cell: ({ problem }) => problem.detail },
        ]}
      />
      {rows.length > shownRefusals && (
        <p class="soft">{numbers.format(rows.length - shownRefusals)} more in the file.</p>
      )}
      <p>
        <Button icon={Download} onClick={() => download(rows)}>
          Download all of them
        </Button>
      </p>
    </section>
  );
}

/** As CSV; a reason never begins with what a spreadsheet would take for a formula. */
function download(rows: readonly RefusedRow[]): void {
  const lines = rows.map(({ line, problem }) => `${line},${problem.code},"${problem.detail.replaceAll('"', '""')}"`);
  const url = URL.createObjectURL(new Blob([`row,code,why\n${lines.join('\n')}\n`], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'refused-rows.csv';
  link.click();
  URL.revokeObjectURL(url);
}
