import type { ComponentChildren } from 'preact';

export interface Column<Row> {
  /** Names the column in the head and, on a phone, beside each value. */
  title: string;
  cell: (row: Row) => ComponentChildren;
  /** For buttons: no title is shown for it. */
  isActions?: boolean;
  align?: 'end';
}

interface TableProps<Row> {
  /** What the rows are, for screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}

/** A table on a desk, a list of cards on a phone; the first column names its row. */
export function Table<Row>({ caption, columns, rows, keyOf }: TableProps<Row>) {
  return (
    <table class="table">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ title, isActions, align }) => (
            <th key={title} scope="col" class={align}>
              <span class={isActions ? 'unseen' : undefined}>{title}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ title, cell, isActions, align }, i) =>
              i === 0 ? (
                <th key={title} scope="row">
                  {cell(row)}
                </th>
              ) : (
                <td key={title} data-title={isActions ? undefined : title} class={isActions ? 'row-actions' : align}>
                  {cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
