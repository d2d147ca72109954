import { join } from 'node:path';
import type { Command } from 'commander';
import { headText } from '../domain/present.ts';
import { BadBackup, readBackup, restoreMedia, writeBackup } from '../store/backup/backup-folder.ts';
import { putBack, renewEpochs, StoreInUse } from '../store/backup/put-back.ts';
import { NoSnapshot, takeSnapshots } from '../store/backup/snapshot.ts';
import type { Context } from './context.ts';
import { Failure } from './failure.ts';
import type { Session } from './session.ts';

export function addBackupCommands(program: Command, context: Context): void {
  const sentences = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const isOurs = error instanceof BadBackup || error instanceof NoSnapshot || error instanceof StoreInUse;
      throw isOurs ? new Failure(error.message) : error;
    }
  };
  const say = (line: string): void => void context.stdout.write(`${line}\n`);

  program
    .command('backup')
    .description('copy everything into a folder, while servers run: timelines, drafts, tokens, history, images')
    .argument('<folder>', 'a folder that is not there yet')
    .addHelpText('after', '\nExample:\n  npm run daymark -- backup /backups/daymark-$(date +%F-%H%M)')
    .action((folder: string) =>
      context.withSession((session) => sentences(async () => say(await backUp(session, folder)))),
    );
  program
    .command('restore')
    .description('put a backup back into an empty store; followers start over')
    .argument('<folder>', 'what `backup` wrote')
    .addHelpText(
      'after',
      `
The store (DATA_DIR, REDIS_URL …) must have no timelines: keep the old one, and start with a new DATA_DIR or an empty Redis. Every log
gets a new epoch. Afterwards take down again what was taken down since the backup, and check: npm run daymark -- verify`,
    )
    .action((folder: string) =>
      context.withSession((session) =>
        sentences(async () => {
          const { snapshots, media } = await readBackup(folder);
          if (media && session.mediaFolder) await restoreMedia(folder, session.mediaFolder);
          const files = snapshots.map(({ file }) => join(folder, file));
          const slugs = await putBack(files, session.place, session.log);
          say(`Restored ${slugs.length} timelines: ${slugs.join(', ')}. Followers start over.`);
        }),
      ),
    );
  program
    .command('renew-epochs')
    .description('after Redis’s own files were put back by other means: let all followers start over')
    .action(() =>
      context.withSession(({ place, log }) =>
        sentences(async () => say(`New epochs: ${(await renewEpochs(place, log)).join(', ')}`)),
      ),
    );
}

async function backUp({ live, place, mediaFolder, clock, log }: Session, folder: string): Promise<string> {
  const timelines = live.timelines().map((stored) => ({ slug: stored.record.slug, head: headText(stored) ?? '' }));
  const at = new Date(clock()).toISOString();
  const snapshots = (fileOf: (number: number) => string) => takeSnapshots(place, log, fileOf);
  const manifest = await writeBackup(folder, { at, timelines, mediaFolder, snapshots });
  const images = manifest.media ? ' with images' : mediaFolder === null ? '; images are in S3, back them up there' : '';
  return `Backed up ${timelines.length} timelines${images} into ${folder}.`;
}
