import { MultiBar, Presets } from 'cli-progress';
import type { ImportCounts, ImportRecord } from '../newsroom/import.ts';
import type { Context } from './context.ts';
import { inWords } from './failure.ts';

export interface Progress {
  /** The input, counted on its way. */
  counting(input: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  tell(record: ImportRecord): void;
  /** The end, with the final counts where it came that far. May be called again. */
  end(counts?: ImportCounts): void;
}

/** Shorter than what readers of lines need, so that a bar moves. */
const lineEveryMs = 5_000;

/** A bar where standard error is a terminal and the size (in bytes) is known, else a line now and then. Refused rows are listed, and what of others was not taken. */
export function progressOn({ stdout, stderr }: Context, size: number | null): Progress {
  return stderr.isTTY && size !== null ? bar(stdout, stderr, size) : plain(stdout, stderr);
}

function plain(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Progress {
  let told = performance.now();
  return {
    counting: (input) => input,
    tell(record) {
      if ('line' in record) return void stdout.write(rowLine(record));
      if (!('progress' in record) || performance.now() - told < lineEveryMs) return;
      told = performance.now();
      const { lines, imported, replayed, refused } = record.progress;
      stderr.write(`line ${lines}: ${imported} imported, ${replayed} there already, ${refused} refused\n`);
    },
    end: () => undefined,
  };
}

function bar(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream, size: number): Progress {
  const format = '{bar} {percentage}%  {imported} imported, {replayed} there already, {refused} refused';
  const bars = new MultiBar({ format, stream: stderr, hideCursor: true, barsize: 30 }, Presets.shades_classic);
  const shown = bars.create(size, 0, { imported: 0, replayed: 0, refused: 0 });
  let read = 0;
  let ended = false;
  return {
    async *counting(input) {
      for await (const chunk of input) {
        read += chunk.length;
        yield chunk;
      }
    },
    tell(record) {
      if ('progress' in record) return shown.update(Math.min(read, size), record.progress);
      if (!('line' in record)) return;
      // On one terminal the line goes above the bar; into a file it goes as it is.
      if (stdout.isTTY) bars.log(rowLine(record));
      else stdout.write(rowLine(record));
    },
    end(counts) {
      if (ended) return;
      ended = true;
      if (counts) shown.update(Math.min(read, size), counts);
      bars.stop();
    },
  };
}

function rowLine(record: Extract<ImportRecord, { line: number }>): string {
  if ('notice' in record) return `line ${record.line}: ${record.notice}\n`;
  const { line, problem } = record;
  return `line ${line}: ${problem.code}: ${inWords(problem).replaceAll(/\n\s*/g, '; ')}\n`;
}
