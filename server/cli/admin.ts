import type { Command } from 'commander';
import { invitationsOn } from '../newsroom/people/set-up-link.ts';
import { emailKey } from '../store/people-store.ts';
import { type Context, commandLine } from './context.ts';
import { Failure } from './failure.ts';

export function addAdminCommand(program: Command, context: Context): void {
  program
    .command('admin')
    .description('make a link that lets an admin into the newsroom: the first one, or after everybody was locked out')
    .option('--email <address>', 'give this account a new password, and take its second factor away')
    .addHelpText(
      'after',
      `
The link is good once, for a day. It goes to standard output:
  npm run daymark -- admin
  npm run daymark -- admin --email jane@example.org`,
    )
    .action((options: { email?: string }) =>
      context.withSession(async ({ people, clock, publicUrl }) => {
        const invitations = invitationsOn(people, clock);
        const { path } =
          options.email === undefined
            ? await invitations.recover(commandLine)
            : await invitations.reset(commandLine, await accountOf(options.email));
        context.stderr.write('Good once, for a day. Whoever has it becomes that person: hand it to nobody else.\n');
        context.stdout.write(`${publicUrl}${path}\n`);

        async function accountOf(email: string) {
          const account = await people.accountByEmail(emailKey(email));
          if (!account) throw new Failure(`There is no account with the address ${email}.`);
          return account;
        }
      }),
    );
}
