import type { Command } from 'commander';
import { type NewTimeline, newTimelineSchema } from '../../shared/timeline.ts';
import { presentTimeline } from '../domain/present.ts';
import { type Context, commandLine } from './context.ts';
import { granted } from './failure.ts';
import { parsed } from './parsed.ts';
import { addTimelineRestore } from './timeline-restore.ts';

type CreateOptions = Omit<NewTimeline, 'slug'>;

export function addTimelineCommands(program: Command, context: Context): void {
  const timeline = program.command('timeline').description('create timelines, list them, restore one');
  timeline
    .command('create')
    .description('create a timeline: the live record of one conflict')
    .argument('<slug>', 'its name in addresses: a-z, 0-9 and inner -')
    .requiredOption('--title <text>', 'what stands above its pages')
    .requiredOption('--subject <text>', 'completes “… of the 124th day of …”')
    .requiredOption('--day-one <date>', 'YYYY-MM-DD, the date that is day 1')
    .requiredOption('--time-zone <name>', 'IANA name of the conflict’s own zone, such as Europe/Kyiv')
    .option('--language <tag>', 'BCP 47 tag of its pages and updates (default: "en")')
    .option('--description <text>', 'a few sentences about it')
    .option('--ended-on <date>', 'YYYY-MM-DD, the last day of a conflict that has ended')
    .addHelpText(
      'after',
      `
Example:
  npm run daymark -- timeline create ukraine --title "War in Ukraine" \\
    --subject "Russia’s war on Ukraine" --day-one 2022-02-24 --time-zone Europe/Kyiv`,
    )
    .action((slug: string, options: CreateOptions) =>
      context.withSession(async ({ desk }) => {
        const input = parsed(newTimelineSchema, { slug, ...options });
        const { today } = granted(await desk.createTimeline(commandLine, input));
        context.stdout.write(`Created ${slug}: today, ${today.date}, is day ${today.day}.\n`);
      }),
    );
  timeline
    .command('list')
    .description('list all timelines')
    .option('--json', 'one JSON object a line, as the API gives them')
    .action((options: { json?: true }) =>
      context.withSession(async ({ live, clock }) => {
        const timelines = live.timelines().map((stored) => presentTimeline(stored, clock()));
        for (const { slug, ...rest } of timelines.sort((a, b) => (a.slug < b.slug ? -1 : 1))) {
          const { title, dayOne, timeZone, status, today, position } = rest;
          const line = `${slug}  ${title}  day one ${dayOne} (${timeZone})  ${status}, day ${today.day}  at ${position}`;
          context.stdout.write(`${options.json ? JSON.stringify({ slug, ...rest }) : line}\n`);
        }
        if (timelines.length === 0 && !options.json) context.stdout.write('There are no timelines yet.\n');
      }),
    );
  addTimelineRestore(timeline, context);
}
