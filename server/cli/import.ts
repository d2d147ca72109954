import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Command } from 'commander';
import { type ImportCounts, type ImportRecord, importRows } from '../newsroom/import.ts';
import { type Context, commandLine } from './context.ts';
import { exitCodes, Failure, inWords } from './failure.ts';
import { progressOn } from './progress.ts';
import type { Session } from './session.ts';

export function addImportCommand(program: Command, context: Context): void {
  program
    .command('import')
    .description('import updates from an NDJSON file, one JSON object a line')
    .argument('<slug>', 'the timeline')
    .argument('<file>', 'the file, or - for standard input')
    .addHelpText(
      'after',
      `
A row: {"occurredAt", "headline"?, "body"?, "bodyFormat"?, "key"?, "sources"?, "tags"?, "language"?, "byline"?, "externalId"?}
Unknown fields are ignored. Each row becomes one update, published now, and readers who follow see it come in. A row whose
externalId or whose content is known already adds nothing, so the same file can be imported again after any interruption.
Refused rows are listed with their line and the reason.

Ends with 0 when every row is in, 1 when some were refused, 75 when the store went away before the end.

Examples:
  npm run daymark -- import gaza developments.ndjson
  gunzip -c archive.ndjson.gz | npm run --silent daymark -- import gaza -`,
    )
    .action((slug: string, file: string) => context.withSession((session) => runImport(context, session, slug, file)));
}

async function runImport(context: Context, session: Session, slug: string, file: string): Promise<void> {
  if (!session.live.timeline(slug)) throw new Failure(`There is no timeline ${slug}.`);
  const { input, size } = file === '-' ? { input: context.stdin, size: null } : await inputFile(file);
  const progress = progressOn(context, size);
  const stop = (): void => {
    input.destroy(new Failure('Interrupted. Import the same file again to complete it.', exitCodes.interrupted));
  };
  context.interrupted.addEventListener('abort', stop, { once: true });
  try {
    const last = await follow(session, slug, progress.counting(input), progress.tell);
    progress.end(last);
    context.stdout.write(`${countsInWords(last)}\n`);
    if ('stopped' in last && last.stopped) {
      const { line, problem } = last.stopped;
      throw new Failure(`Stopped at line ${line}: ${inWords(problem)}`, exitCodes.tryAgain);
    }
    if (last.refused > 0) throw new Failure('Some rows were refused. Corrected, the same file adds what is missing.');
  } finally {
    progress.end();
    context.interrupted.removeEventListener('abort', stop);
  }
}

async function inputFile(path: string): Promise<{ input: Readable; size: number }> {
  const file = await open(path);
  return { size: (await file.stat()).size, input: file.createReadStream() };
}

type Last = Extract<ImportRecord, ImportCounts>;

async function follow(
  { desk, clock, log }: Session,
  slug: string,
  input: AsyncIterable<Uint8Array>,
  tell: (record: ImportRecord) => void,
): Promise<Last> {
  let last: Last | null = null;
  for await (const record of importRows({ desk, actor: commandLine, slug, input, clock, log })) {
    if ('imported' in record) last = record;
    else tell(record);
  }
  if (!last) throw new Error('the import told no result');
  return last;
}

const countsInWords = ({ imported, refused, replayed }: ImportCounts): string =>
  `${imported} imported, ${replayed} there already, ${refused} refused`;
