import { limits } from '../../../shared/limits.ts';
import { parseImportLine } from '../import-row.ts';
import { ndjsonLines } from '../ndjson.ts';
import type { RowReader } from './importer.ts';

/** Daymark’s own: a JSON object a line. Each line stands for itself, so it is taken while it arrives. */
export const readNdjson: RowReader = async function* (input) {
  for await (const line of ndjsonLines(input, limits.importRowBytes)) {
    yield { line: line.number, row: parseImportLine(line) };
  }
};
