import type { Result } from '../../../shared/result.ts';
import type { ColumnMap } from './column-map.ts';
import type { ForeignImage } from './foreign-images.ts';

/** One row of a file that is to be imported, before it is checked: what it says in the fields of an import row. */
export interface GivenRow {
  /** Line of a file of lines, else the entry’s place in the file, from 1. */
  line: number;
  /** null: nothing stands there (a blank line). */
  row: Result<object | null>;
  /** What the source shows with it. Fetched where that is asked for, and nowhere else. */
  images?: readonly ForeignImage[];
  /** What the row would bring that is not taken, in words. */
  notices?: readonly string[];
}

export interface ReadOptions {
  /** IANA name: what a time without an offset means. */
  timeZone: string;
  /** Of the text, where whoever imports says so; else the file’s own word, else UTF-8. */
  encoding?: string;
  /** CSV: which column says what. */
  map?: ColumnMap;
  /** CSV: how times are written, in Luxon’s tokens, where they are no ISO 8601. */
  timeFormat?: string;
  /** WXR: pictures by the number under which posts name them, found by a reading before. */
  attachments?: ReadonlyMap<string, ForeignImage>;
}

/**
 * Reads the rows of one format, in the order of the file. Pure: bytes in, rows out. A row that can’t be taken is a refused row;
 * a file that can’t be read to its end throws `UnreadableFile`.
 */
export type RowReader = (input: AsyncIterable<Uint8Array>, options: ReadOptions) => AsyncGenerator<GivenRow>;

/** The file as a whole is not what it is said to be: truncated, in another encoding, hostile. The message is for people. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile';
}
