import type { Command } from 'commander';
import { formatPosition, parsePosition } from '../../shared/position.ts';
import { type NotedHead, verify } from '../newsroom/verify.ts';
import type { Context } from './context.ts';
import { exitCodes, Failure } from './failure.ts';

export function addVerifyCommand(program: Command, context: Context): void {
  program
    .command('verify')
    .description('check that no history was altered')
    .argument('[slug]', 'the timeline; all of them without it')
    .option('--head <position@hash>', 'a head that was noted earlier, such as k3v9x2:125@9f86d0…')
    .addHelpText(
      'after',
      `
Checks every link of the chain of hashes, the change log, and all that is shown against the changes that wrote it, and
names the first altered entry. Every page and GET /api/v1/timelines/SLUG/head show the present head: whoever noted one can
have the whole history before it checked, even if all hashes were rewritten since. Exit code 1: something was altered.

Examples:
  npm run daymark -- verify
  npm run daymark -- verify gaza --head k3v9x2:125@9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08`,
    )
    .action((slug: string | undefined, options: { head?: string }) =>
      context.withSession(async ({ store, live }) => {
        if (options.head && !slug) throw new Failure('--head needs the timeline that it is of.', exitCodes.usage);
        const noted = options.head === undefined ? null : parseHead(options.head);
        const slugs = slug ? [slug] : live.timelines().map(({ record }) => record.slug);
        let altered = 0;
        for (const each of slugs) {
          const verdict = await verify(store, each, noted);
          const position = live.timeline(each)?.position;
          if (verdict.ok) {
            const head = position ? `${formatPosition(position)}@${verdict.hash}` : verdict.hash;
            context.stdout.write(`${each}: ${verdict.links} changes, unaltered. Head ${head}\n`);
          } else {
            altered += 1;
            const { seq, what } = verdict.alteration;
            context.stdout.write(`${each}: ALTERED${seq === null ? '' : ` at change ${seq}`}: ${what}\n`);
          }
        }
        if (altered > 0) throw new Failure(`${altered} of ${slugs.length} timelines are not as they were written.`);
      }),
    );
}

function parseHead(text: string): NotedHead {
  const [position, hash = ''] = text.split('@');
  const parsed = parsePosition(position);
  if (!parsed || !/^[0-9a-f]{64}$/.test(hash)) {
    throw new Failure('--head takes position@hash: epoch:seq, an @, and 64 hexadecimal digits.', exitCodes.usage);
  }
  return { position: parsed, hash };
}
