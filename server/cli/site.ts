import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { makeSite, NeverStill } from '../site/make-site.ts';
import type { Context } from './context.ts';
import { exitCodes, Failure } from './failure.ts';

/** From `dist/server/cli/`. */
const publicFolder = fileURLToPath(new URL('../../public', import.meta.url));

export function addSiteCommand(program: Command, context: Context): void {
  program
    .command('site')
    .description('write a whole timeline as files that any web server can serve and anyone can mirror')
    .argument('<slug>', 'the timeline')
    .argument('<folder>', 'where to; what is in it already and unchanged stays untouched')
    .option('--public-url <url>', 'where the files will be found: for canonical addresses, previews and feeds')
    .addHelpText(
      'after',
      `
All pages, their images, a search that works without a server, feeds (with --public-url), the export with revisions, SHA256SUMS of
all files, and manifest.json with the hash of SHA256SUMS, the position and the head of the chain of hashes. To check a copy:
  sha256sum --check --quiet SHA256SUMS; sha256sum SHA256SUMS       (the second is "sums" of manifest.json)
  npm run daymark -- verify SLUG --head POSITION@HASH              (on the server: the state is one that it showed)

Example:
  npm run daymark -- site gaza ./gaza-archive --public-url https://archive.example.org/gaza`,
    )
    .action((slug: string, folder: string, options: { publicUrl?: string }) =>
      context.withSession(async (session) => {
        if (!session.live.timeline(slug)) throw new Failure(`There is no timeline ${slug}.`);
        const publicUrl = options.publicUrl === undefined ? null : readUrl(options.publicUrl);
        try {
          const report = await makeSite({ ...session, publicFolder }, slug, folder, publicUrl);
          const size = (report.bytes / 1_048_576).toFixed(1);
          context.stdout.write(
            `${slug} at ${report.position}: ${report.files} files, ${size} MiB, ${report.written} written\n`,
          );
        } catch (error) {
          throw error instanceof NeverStill ? new Failure(error.message, exitCodes.tryAgain) : error;
        }
      }),
    );
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash)
    throw new Failure('--public-url: must be an http or https address without a query', exitCodes.usage);
  return url.href.replace(/\/+$/, '');
}
