import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { isCalendarDate } from '../../../shared/conflict-day.ts';
import { limits } from '../../../shared/limits.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import { type ColumnMap, saidBy, suggestedMap, unknownColumns, unmapped } from './column-map.ts';
import { decoded } from './decode.ts';
import { externalIdOf, instantOf, languageOf, oneLine, shortText, sourcesOf, tagsOf } from './foreign-values.ts';
import { type ReadOptions, type RowReader, UnreadableFile } from './importer.ts';
import { hasTags } from './markup.ts';

const delimiters = [',', ';', '\t', '|'];

/**
 * CSV with its columns named in the first line, with whichever of the usual delimiters stands there most often. Which column says
 * what follows from the map, or else from the names of the columns. A row with too few or too many fields is refused alone.
 */
export const readCsv: RowReader = async function* (input, options) {
  const records = parsed(decoded(input, options.encoding));
  let map: ColumnMap | undefined;
  let columns: string[] = [];
  for await (const { record, line } of records) {
    if (map === undefined) {
      columns = record.map((name) => name.trim());
      map = checkedMap(columns, options.map);
    } else yield { line, row: rowOf(record, columns, map, options) };
  }
  if (map === undefined) throw new UnreadableFile('The file is empty.');
};

/** The columns of a file that begins like this, and what they would be taken for. */
export function csvColumns(start: string): { columns: string[]; map: ColumnMap } {
  const line = start.replace(/^\ufeff/, '').split(/\r?\n/, 1)[0] ?? '';
  const delimiter = delimiterOf(line);
  const columns = line.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  return { columns, map: suggestedMap(columns) };
}

function checkedMap(columns: readonly string[], given?: ColumnMap): ColumnMap {
  const map = { ...suggestedMap(columns), ...given };
  const unknown = unknownColumns(map, columns);
  const list = columns.join(', ').slice(0, 500);
  if (unknown.length > 0)
    throw new UnreadableFile(`There is no column ${unknown.join(', ')}. The columns are: ${list}.`);
  const missing = unmapped(map);
  if (missing.length > 0)
    throw new UnreadableFile(`No column is mapped to ${missing.join(' and ')}. The columns are: ${list}.`);
  return map;
}

/** Records with the line where each ends. */
async function* parsed(text: AsyncIterable<string>): AsyncGenerator<{ record: string[]; line: number }> {
  const chunks = text[Symbol.asyncIterator]();
  const first = await chunks.next();
  const start: string = first.done ? '' : first.value;
  async function* all(): AsyncGenerator<string> {
    yield start.replace(/^\ufeff/, '');
    for (;;) {
      const next = await chunks.next();
      if (next.done) return;
      yield next.value;
    }
  }
  const parser = parse({
    delimiter: delimiterOf(start.split(/\r?\n/, 1)[0] ?? ''),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: limits.importRowBytes,
    info: true,
  });
  try {
    for await (const { record, info } of Readable.from(all()).compose(parser) as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>)
      yield { record, line: info.lines };
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableFile(`The file is not CSV: ${error.message.slice(0, 200)}`);
    throw error;
  }
}

function delimiterOf(line: string): string {
  const counts = delimiters.map((delimiter) => line.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

function rowOf(record: string[], columns: string[], map: ColumnMap, options: ReadOptions): Result<object> {
  if (record.length !== columns.length)
    return refuse('validation-failed', `the row has ${record.length} fields, the first line names ${columns.length}`);
  const cells = Object.fromEntries(columns.map((name, i) => [name, withoutGuard(record[i] ?? '')]));
  const say = (field: keyof ColumnMap): string => saidBy(map, field, cells);
  const time = say('occurredAt');
  const body = say('body');
  const latitude = say('latitude');
  const place = say('placeName');
  return ok({
    occurredAt: isCalendarDate(time) ? time : (instantOf(time, options.timeZone, options.timeFormat) ?? time),
    precision: say('precision') || undefined,
    headline: oneLine(say('headline')),
    body,
    bodyFormat: hasTags(body) ? 'html' : 'text',
    key: /^(1|true|yes|key|x)$/i.test(say('key')),
    verification: say('verification').toLowerCase() || undefined,
    attribution: shortText(say('attribution')),
    sources: sourcesOf(say('sourceName'), say('sourceUrl')),
    place: place && latitude ? { name: place, latitude: Number(latitude), longitude: Number(say('longitude')) } : null,
    tags: tagsOf(say('tags').split(/[,;|]/)),
    language: languageOf(say('language')),
    byline: shortText(say('byline')),
    externalId: externalIdOf(say('externalId')),
  });
}

/** An apostrophe that a careful export has put before what a spreadsheet would take for a formula. */
const withoutGuard = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r])/, '');
