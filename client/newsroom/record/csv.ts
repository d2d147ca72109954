import type { StaffUpdate } from '../../../shared/staff-update.ts';
import { headlineOf } from '../../../shared/text.ts';

const columns: Record<string, (row: StaffUpdate) => string> = {
  id: ({ update }) => update.id,
  day: ({ update }) => String(update.day),
  occurredAt: ({ update }) => update.occurredAt,
  headline: ({ update }) => headlineOf(update),
  status: ({ update }) => update.status,
  key: ({ update }) => String(update.key),
  verification: ({ update }) => update.verification,
  author: ({ author }) => author.name ?? author.id,
  byline: ({ update }) => update.byline ?? '',
  tags: ({ update }) => update.tags.join('; '),
  publishedAt: ({ update }) => update.publishedAt ?? '',
  revisedAt: ({ update }) => update.revisedAt ?? '',
  url: ({ update }) => update.url,
};

/** RFC 4180. A spreadsheet takes what begins with `=`, `+`, `-` or `@` for a formula: an apostrophe keeps it text. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** The rows as a table for spreadsheets, in UTF-8 with its mark, which some of them need. */
export function csvOf(rows: readonly StaffUpdate[]): string {
  const lines = [Object.keys(columns), ...rows.map((row) => Object.values(columns).map((read) => read(row)))];
  return `\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
