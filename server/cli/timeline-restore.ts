import type { Command } from 'commander';
import { slugSchema } from '../../shared/timeline.ts';
import { BadFile } from '../newsroom/restore/export-file.ts';
import { NotRestorable, restoreTimeline } from '../newsroom/restore/restore-timeline.ts';
import type { Context } from './context.ts';
import { exitCodes, Failure } from './failure.ts';

export function addTimelineRestore(timeline: Command, context: Context): void {
  timeline
    .command('restore')
    .description('put a timeline back from its export, with its ids, times, revisions and retractions')
    .argument('<file>', 'what `export --revisions` wrote')
    .option('--as <slug>', 'under another slug')
    .addHelpText(
      'after',
      `
The file is checked whole before anything is written. The log is a new one: whoever followed the old timeline starts over. What
was killed goes on with the same command, and nothing that is there is overwritten. Drafts, authors and settings but for how the pages look (with the logo) are not in an
export; \`backup\` and \`restore\` keep those too.

Example:
  npm run daymark -- export gaza gaza.ndjson --revisions
  npm run daymark -- timeline restore gaza.ndjson`,
    )
    .action((path: string, { as }: { as?: string }) =>
      context.withSession(async ({ store, library, clock }) => {
        const slug = as === undefined ? null : slugSchema.safeParse(as);
        if (slug && !slug.success) throw new Failure(`--as: ${slug.error.issues[0]?.message}`, exitCodes.usage);
        try {
          const counts = await restoreTimeline({ store, library, path, as: slug?.data ?? null, clock });
          context.stdout.write(`${counts.slug}: ${counts.restored} restored, ${counts.present} there already\n`);
          for (const notice of counts.notices) context.stderr.write(`${notice}\n`);
        } catch (error) {
          throw error instanceof BadFile || error instanceof NotRestorable ? new Failure(error.message) : error;
        }
      }),
    );
}
