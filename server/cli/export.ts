import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { type ExportOptions, exportTimeline } from '../newsroom/export.ts';
import type { Context } from './context.ts';
import { Failure } from './failure.ts';
import type { Session } from './session.ts';

export function addExportCommand(program: Command, context: Context): void {
  program
    .command('export')
    .description('write everything public of a timeline as NDJSON')
    .argument('<slug>', 'the timeline')
    .argument('[file]', 'where to; standard output without it')
    .option('--revisions', 'whole: with earlier wordings and what was taken down, for `timeline restore`')
    .addHelpText(
      'after',
      `
One JSON object a line: the timeline, then day by day its updates and the editors’ summary, told apart by "kind".
A file appears under its name only when it is complete.

Examples:
  npm run daymark -- export gaza gaza.ndjson --revisions
  npm run --silent daymark -- export gaza | gzip > gaza.ndjson.gz`,
    )
    .action((slug: string, file: string | undefined, options: ExportOptions) =>
      context.withSession(async (session) => {
        const signal = context.interrupted;
        if (!session.live.timeline(slug)) throw new Failure(`There is no timeline ${slug}.`);
        if (file === undefined)
          await pipeline(Readable.from(lines(session, slug, options)), context.stdout, { end: false, signal });
        else context.stderr.write(`Wrote ${await toFile(session, slug, file, options, signal)} lines to ${file}.\n`);
      }),
    );
}

const lines = ({ store, storage, clock }: Session, slug: string, options: ExportOptions) =>
  exportTimeline(store, slug, clock(), { ...options, storage });

async function toFile(
  session: Session,
  slug: string,
  file: string,
  options: ExportOptions,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  async function* counted(): AsyncGenerator<string> {
    for await (const line of lines(session, slug, options)) {
      count += 1;
      yield line;
    }
  }
  const unfinished = `${file}.unfinished`;
  await pipeline(Readable.from(counted()), createWriteStream(unfinished, { flush: true }), { signal });
  await rename(unfinished, file);
  return count;
}
