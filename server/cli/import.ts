import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type Command, Option } from 'commander';
import { ImageFetcher } from '../media/image-fetcher.ts';
import { DryRun } from '../newsroom/dry-run.ts';
import { IllustratedImport } from '../newsroom/illustrated-import.ts';
import { type ImportCounts, type ImportJob, type ImportRecord, importRows } from '../newsroom/import.ts';
import { asDeed } from '../newsroom/import-deed.ts';
import { type OpenFile, planImport } from '../newsroom/import-plan.ts';
import { type FormatName, formatNames, formats } from '../newsroom/importers/formats.ts';
import { type GivenRow, type ReadOptions, UnreadableFile } from '../newsroom/importers/importer.ts';
import { RowImages } from '../newsroom/row-images.ts';
import { SpoolFull, spooled } from '../newsroom/spool.ts';
import { columnMap } from './column-map.ts';
import { type Context, commandLine } from './context.ts';
import { exitCodes, Failure, inWords } from './failure.ts';
import { type Progress, progressOn } from './progress.ts';
import type { Session } from './session.ts';

interface ImportOptions {
  from?: FormatName;
  map?: string[];
  timeFormat?: string;
  encoding?: string;
  preview?: true;
  images?: true;
}

const help = `
A row: {"occurredAt", "headline"?, "body"?, "bodyFormat"?, "key"?, "sources"?, "tags"?, "language"?, "byline"?, "externalId"?}
Unknown fields are ignored. Each row becomes one update, published now, and readers who follow see it come in. A row whose
externalId or whose content is known already adds nothing, so the same file can be imported again after any interruption.
Refused rows are listed with their line (or their place in the file) and the reason. A file of another format than NDJSON that
can’t be read to its end is refused whole. Times without an offset are those of the timeline’s zone.

--images fetches the images of the rows from the addresses that the file names, public ones alone, and keeps them like uploads. Each
needs an alternative text at its source; what is left out is listed with its row. Without it no address is asked. The same command
again brings what could not be fetched.

Formats:
${formatNames.map((name) => `  ${name.padEnd(14)}${formats[name].title}`).join('\n')}

Ends with 0 when every row is in, 1 when some were refused, 75 when the store went away before the end.

Examples:
  npm run daymark -- import gaza developments.ndjson
  npm run daymark -- import gaza wordpress.xml --preview
  npm run daymark -- import alerts sirens.csv --map occurredAt=started_at "headline=Alert in {oblast}"
  gunzip -c archive.ndjson.gz | npm run --silent daymark -- import gaza -`;

export function addImportCommand(program: Command, context: Context): void {
  program
    .command('import')
    .description('import updates from a file: NDJSON, CSV, feeds, exports of other systems')
    .argument('<slug>', 'the timeline')
    .argument('<file>', 'the file, or - for standard input (NDJSON unless --from says otherwise)')
    .addOption(new Option('--from <format>', 'the file’s format (default: told from the file)').choices(formatNames))
    .option('--preview', 'tell what would be imported, refused and doubled; write nothing')
    .option('--images', 'fetch the images too, from the addresses that the file names')
    .option('--map <field=column...>', 'CSV: which column says what; a text may have {columns} in it')
    .option('--time-format <tokens>', 'CSV: how times are written where they are no ISO 8601: "dd.MM.yyyy HH:mm"')
    .option('--encoding <name>', 'of the text, such as windows-1251 (default: the file’s own word, or UTF-8)')
    .addHelpText('after', help)
    .action((slug: string, file: string, options: ImportOptions) =>
      context.withSession((session) => new ImportCommand(context, session, slug, options).run(file)),
    );
}

type Last = Extract<ImportRecord, ImportCounts>;

class ImportCommand {
  readonly #context: Context;
  readonly #session: Session;
  readonly #slug: string;
  readonly #options: ImportOptions;
  #input: Readable | undefined;
  #progress: Progress | undefined;

  constructor(context: Context, session: Session, slug: string, options: ImportOptions) {
    this.#context = context;
    this.#session = session;
    this.#slug = slug;
    this.#options = options;
  }

  async run(file: string): Promise<void> {
    const timeline = this.#session.live.timeline(this.#slug);
    if (!timeline) throw new Failure(`There is no timeline ${this.#slug}.`);
    const { map, timeFormat, encoding } = this.#options;
    const reading: ReadOptions = {
      timeZone: timeline.record.timeZone,
      ...(map && { map: columnMap(map) }),
      ...(timeFormat && { timeFormat }),
      ...(encoding && { encoding }),
    };
    const stop = (): void => {
      this.#input?.destroy(
        new Failure('Interrupted. Import the same file again to complete it.', exitCodes.interrupted),
      );
    };
    this.#context.interrupted.addEventListener('abort', stop, { once: true });
    try {
      await (file === '-' ? this.#standardInput(reading) : this.#file(file, reading));
    } catch (error) {
      throw error instanceof UnreadableFile || error instanceof SpoolFull ? new Failure(error.message) : error;
    } finally {
      this.#progress?.end();
      this.#context.interrupted.removeEventListener('abort', stop);
    }
  }

  async #file(file: string, reading: ReadOptions): Promise<void> {
    const { size } = await stat(file);
    await this.#planned(() => this.#watched(createReadStream(file)), reading, size);
  }

  async #standardInput(reading: ReadOptions): Promise<void> {
    const input = this.#watched(this.#context.stdin);
    const { from = 'ndjson' } = this.#options;
    // Lines are taken while they come; everything else has to be there whole.
    if (from === 'ndjson') await this.#follow(formats.ndjson.read(input, reading), null);
    else await spooled(input, (open) => this.#planned(open, reading, null));
  }

  async #planned(open: OpenFile, reading: ReadOptions, size: number | null): Promise<void> {
    const { title, rows, format } = await planImport(open, { ...reading, from: this.#options.from ?? null });
    if (format !== 'ndjson') this.#context.stderr.write(`${title}\n`);
    await this.#follow(rows(), size);
  }

  /** The input as it is read: Ctrl-C ends it, and once rows are taken from it the progress counts it. */
  #watched(input: Readable): AsyncIterable<Uint8Array> {
    this.#input = input;
    const bytes = async function* (progress: () => Progress | undefined): AsyncGenerator<Uint8Array> {
      yield* progress()?.counting(input) ?? input;
    };
    return bytes(() => this.#progress);
  }

  async #follow(rows: AsyncIterable<GivenRow>, size: number | null): Promise<void> {
    const { store, audit, clock, log } = this.#session;
    const { preview, images = false } = this.#options;
    const progress = progressOn(this.#context, size);
    this.#progress = progress;
    const dryRun = preview && new DryRun(store, clock, { takesImages: images });
    const job = { desk: dryRun ?? this.#desk(images), actor: commandLine, slug: this.#slug, rows, clock, log };
    let last: Last | null = null;
    const deed = { audit, actor: commandLine, slug: this.#slug, clock };
    const records = dryRun ? importRows(job) : asDeed(deed, importRows(job));
    for await (const record of records) {
      if ('imported' in record) last = record;
      else progress.tell(record);
    }
    if (!last) throw new Error('the import told no result');
    progress.end(last);
    if (dryRun) for (const { date, headline, body } of dryRun.shown.slice(0, 5)) this.#show(date, headline || body);
    this.#context.stdout.write(`${dryRun ? 'Preview, nothing was written: ' : ''}${countsInWords(last)}\n`);
    if (dryRun && dryRun.images > 0 && !images)
      this.#context.stdout.write(`${dryRun.images} images can be fetched with --images\n`);
    tellEnd(last);
  }

  #desk(images: boolean): ImportJob['desk'] {
    const { desk, store, library } = this.#session;
    if (!images) return desk;
    const rowImages = new RowImages({ fetcher: new ImageFetcher(), library });
    return new IllustratedImport({ desk, store, rowImages });
  }

  #show(date: string, text: string): void {
    this.#context.stdout.write(
      `${date}  ${text
        .replaceAll(/<[^>]*>|\s+/g, ' ')
        .trim()
        .slice(0, 100)}\n`,
    );
  }
}

function tellEnd(last: Last): void {
  if (last.stopped) {
    const { line, problem } = last.stopped;
    throw new Failure(`Stopped at line ${line}: ${inWords(problem)}`, exitCodes.tryAgain);
  }
  if (last.refused > 0) throw new Failure('Some rows were refused. Corrected, the same file adds what is missing.');
}

const countsInWords = ({ imported, refused, replayed }: ImportCounts): string =>
  `${imported} imported, ${replayed} there already, ${refused} refused`;
