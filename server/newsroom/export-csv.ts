import { stringify } from 'csv-stringify/sync';
import { compareUpdates } from '../../shared/day.ts';
import { plainText } from '../../shared/text.ts';
import type { Update } from '../../shared/update.ts';
import type { Store } from '../store/store.ts';

/** Columns by name; an import of CSV knows these names again. */
const columns: Record<string, (update: Update) => string | number | null> = {
  day: ({ day }) => day,
  date: ({ date }) => date,
  occurredAt: ({ occurredAt, date, precision }) => (precision === 'day' ? date : occurredAt),
  precision: ({ precision }) => precision,
  headline: ({ headline }) => headline,
  body: ({ body }) => plainText(body),
  key: ({ key }) => (key ? 'yes' : ''),
  verification: ({ verification }) => verification,
  attribution: ({ attribution }) => attribution,
  sourceName: ({ sources }) => sources.map(({ name, url }) => name ?? url).join('; '),
  sourceUrl: ({ sources }) => sources.find(({ url }) => url !== null)?.url ?? null,
  placeName: ({ place }) => place?.name ?? null,
  latitude: ({ place }) => place?.latitude ?? null,
  longitude: ({ place }) => place?.longitude ?? null,
  tags: ({ tags }) => tags.join('; '),
  byline: ({ byline }) => byline,
  language: ({ language }) => language,
  status: ({ status }) => status,
  publishedAt: ({ publishedAt }) => publishedAt,
  revisedAt: ({ revisedAt }) => revisedAt,
  correction: ({ correction }) => correction?.note ?? null,
  retraction: ({ retraction }) => retraction?.reason ?? null,
  externalId: ({ id }) => id,
};

/**
 * The public updates of a timeline as CSV for spreadsheets, oldest day first, bodies as plain text. A text that a spreadsheet would
 * take for a formula gets an apostrophe before it (OWASP ASVS 1.2.10): figures that others wrote must not run on a desk.
 */
export async function* exportCsv(store: Store, slug: string): AsyncGenerator<string> {
  yield `\ufeff${stringify([Object.keys(columns)])}`;
  const dates = (await store.days(slug)).map(({ date }) => date).sort();
  for (const date of dates) {
    const updates = (await store.day(slug, date)).updates.toSorted((a, b) => compareUpdates(b, a));
    if (updates.length > 0) yield stringify(updates.map(rowOf), { escape_formulas: true });
  }
}

/** A number is no formula, though it may begin with a minus. */
const rowOf = (update: Update): (string | number | null)[] => Object.values(columns).map((cell) => cell(update));
