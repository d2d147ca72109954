import { type Command, Option } from 'commander';
import { audited } from '../domain/audited.ts';
import { issueToken, newTokenSchema } from '../newsroom/tokens.ts';
import { type Context, commandLine } from './context.ts';
import { Failure } from './failure.ts';
import { parsed } from './parsed.ts';

const listOf = (text: string): string[] => text.split(',').map((slug) => slug.trim());

export function addTokenCommands(program: Command, context: Context): void {
  const token = program.command('token').description('make, list and delete the bearer tokens of staff and programs');
  token
    .command('create')
    .description('make a token; it is shown this once and stored hashed')
    .argument('<name>', 'whose token it is, such as “wire importer”')
    .addOption(
      new Option('--role <role>', 'what it may do').choices(['reporter', 'editor', 'admin']).default('reporter'),
    )
    .option('--timelines <slugs>', 'the only timelines it is good for, with commas between (default: all)', listOf)
    .addHelpText(
      'after',
      `
The token alone goes to standard output, so that it can be kept in a variable:
  TOKEN=$(npm run --silent daymark -- token create "wire importer" --role editor --timelines gaza,ukraine)`,
    )
    .action((name: string, options: { role: string; timelines?: string[] }) =>
      context.withSession(async ({ store, audit, live, clock }) => {
        const input = parsed(newTokenSchema, { name, ...options });
        const unknown = input.timelines?.filter((slug) => live.timeline(slug) === null) ?? [];
        if (unknown.length > 0) throw new Failure(`There is no timeline ${unknown.join(', ')}.`);
        const made = issueToken(input, clock());
        await store.putToken(made.stored);
        const { id, role } = made.stored;
        const done = { action: 'token.create' as const, target: id, targetName: input.name, reason: role };
        await audit.put('staff', audited(commandLine, clock(), done));
        context.stderr.write(`Token ${made.stored.id} for ${input.name}, role ${input.role}. It is not shown again:\n`);
        context.stdout.write(`${made.token}\n`);
      }),
    );
  token
    .command('list')
    .description('list all tokens, without their secrets')
    .action(() =>
      context.withSession(async ({ store }) => {
        for (const { id, name, role, timelines, createdAt } of await store.tokens()) {
          context.stdout.write(`${id}  ${role}  ${timelines?.join(',') ?? 'all timelines'}  ${createdAt}  ${name}\n`);
        }
      }),
    );
  token
    .command('delete')
    .description('delete a token; it is refused from then on')
    .argument('<id>', 'its id, as `token list` shows it')
    .action((id: string) =>
      context.withSession(async ({ store, audit, clock }) => {
        if (!(await store.deleteToken(id))) throw new Failure(`There is no token ${id}.`);
        await audit.put('staff', audited(commandLine, clock(), { action: 'token.delete', target: id }));
        context.stdout.write(`Deleted token ${id}.\n`);
      }),
    );
}
