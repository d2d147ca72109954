import type { Command } from 'commander';
import { removeSample } from '../newsroom/sample/remove.ts';
import { type Context, commandLine } from './context.ts';
import { granted } from './failure.ts';

export function addSampleCommands(program: Command, context: Context): void {
  program
    .command('sample')
    .description('the sample timeline that an empty store starts with')
    .command('remove')
    .description('remove the sample timeline with everything in it; it does not come back')
    .option('--force', 'even if updates were added to it that did not come with it')
    .action(({ force = false }: { force?: boolean }) =>
      context.withSession(async ({ store, clock }) => {
        granted(await removeSample(store, commandLine, clock(), force));
        context.stdout.write('The sample timeline is removed.\n');
      }),
    );
}
