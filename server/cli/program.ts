import { Command } from 'commander';
import { addAdminCommand } from './admin.ts';
import { addBackupCommands } from './backup.ts';
import type { Context } from './context.ts';
import { addExportCommand } from './export.ts';
import { addImportCommand } from './import.ts';
import { addSampleCommands } from './sample.ts';
import { addSiteCommand } from './site.ts';
import { addTimelineCommands } from './timeline.ts';
import { addTokenCommands } from './token.ts';
import { addVerifyCommand } from './verify.ts';

/** All commands. Errors of usage are thrown as CommanderError, also by --help. */
export function daymarkProgram(context: Context): Command {
  const program = new Command('npm run daymark --')
    .description('Daymark’s command line. It works on the store itself, whether a server runs or not.')
    .exitOverride()
    .showHelpAfterError('(--help after any command says more)')
    .addHelpText(
      'after',
      `
Examples:
  npm run daymark -- timeline create gaza --title "War on the Gaza Strip" \\
    --subject "the war on the Gaza Strip" --day-one 2023-10-07 --time-zone Asia/Gaza
  npm run daymark -- token create "news desk" --role editor
  npm run daymark -- import gaza developments.ndjson
  npm run daymark -- export gaza gaza.ndjson

The store is that of REDIS_URL, or else the private Redis under DATA_DIR (default ./data): set them as for the server.
Exit codes: 0 done, 1 refused (or some rows of an import), 2 wrong usage, 75 the store can’t be reached, 78 wrong configuration.`,
    );
  addTimelineCommands(program, context);
  addTokenCommands(program, context);
  addAdminCommand(program, context);
  addImportCommand(program, context);
  addExportCommand(program, context);
  addBackupCommands(program, context);
  addSiteCommand(program, context);
  addVerifyCommand(program, context);
  addSampleCommands(program, context);
  return program;
}
