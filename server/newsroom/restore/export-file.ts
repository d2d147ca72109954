import { type FileHandle, open } from 'node:fs/promises';
import { limits } from '../../../shared/limits.ts';
import { ndjsonLines } from '../ndjson.ts';
import { BadLine, type ExportLine, readExportLine } from './export-line.ts';

/** Where a line stands in the file, and when what it says was written first. */
interface Place {
  at: string;
  line: number;
  offset: number;
  length: number;
}

/** An export carries an update with its markup and its images; an import row is shorter. */
const lineBytes = 4 * limits.importRowBytes;

/**
 * An export, as a file that is read twice: once to see that every line of it can be put back, then in the order in which it was
 * written. Only the places of its lines are in memory.
 */
export class ExportFile {
  readonly #file: FileHandle;
  readonly #places: readonly Place[];
  readonly timeline: Extract<ExportLine, { kind: 'timeline' }>;

  private constructor(file: FileHandle, timeline: ExportFile['timeline'], places: readonly Place[]) {
    this.#file = file;
    this.timeline = timeline;
    this.#places = places;
  }

  /** `check` looks at each line. Throws `BadFile` with every line that can’t be put back. */
  static async open(
    path: string,
    check: (line: ExportLine, timeline: ExportFile['timeline']) => void,
  ): Promise<ExportFile> {
    const file = await open(path);
    try {
      return await survey(file, check, (timeline, places) => new ExportFile(file, timeline, places));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get length(): number {
    return this.#places.length;
  }

  async *inOrderOfWriting(): AsyncGenerator<ExportLine> {
    for (const { offset, length } of this.#places) {
      const bytes = Buffer.alloc(length);
      await this.#file.read(bytes, 0, length, offset);
      const line = readExportLine(bytes.toString('utf8'));
      if (line) yield line;
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

type Make = (timeline: ExportFile['timeline'], places: readonly Place[]) => ExportFile;

async function survey(file: FileHandle, check: Parameters<typeof ExportFile.open>[1], make: Make): Promise<ExportFile> {
  const faults: string[] = [];
  const places: Place[] = [];
  let timeline: ExportFile['timeline'] | undefined;
  let offset = 0;
  for await (const { number, bytes } of ndjsonLines(file.createReadStream({ autoClose: false, start: 0 }), lineBytes)) {
    const length = bytes?.length ?? 0;
    try {
      if (bytes === null) throw new BadFile([`line ${number}: too long`]);
      const line = bytes.toString() === '' ? null : readExportLine(Buffer.from(bytes).toString('utf8'));
      if (number === 1 && line?.kind !== 'timeline') throw new BadFile(['line 1: an export begins with its timeline']);
      if (line?.kind === 'timeline') timeline ??= line;
      else if (line && timeline) {
        check(line, timeline);
        places.push({ at: line.at, line: number, offset, length });
      }
    } catch (error) {
      if (!(error instanceof BadLine)) throw error;
      faults.push(`line ${number}: ${error.message}`);
    }
    offset += length + 1;
  }
  if (!timeline) throw new BadFile(['the file is empty']);
  if (faults.length > 0) throw new BadFile(faults);
  places.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.line - b.line));
  return make(timeline, places);
}

/** A file from which nothing is restored; `faults` names every line. */
export class BadFile extends Error {
  override name = 'BadFile';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    const more = faults.length > 20 ? `\n… and ${faults.length - 20} more` : '';
    super(`Nothing was restored.\n${faults.slice(0, 20).join('\n')}${more}`);
    this.faults = faults;
  }
}
