import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rss, rssItem } from '../import/foreign-support.ts';
import { type Spine, startSpine } from '../support/spine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { durable, startRedis, type TestRedis } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';
import { run as runOn, start as startOn } from './support.ts';

let redis: TestRedis;
/** Sees what commands write. */
let node: Spine;
const folder = temporaryFolder();
const run = (args: string[], input?: string) => runOn(redis.url, args, input);

beforeAll(async () => {
  redis = await startRedis(durable);
  node = await startSpine({ url: redis.url, prefix: 'dm' });
});
afterAll(async () => {
  await node.end();
  await redis.end();
  folder.remove();
});

let timelines = 0;
async function timeline(): Promise<string> {
  const slug = `t${++timelines}`;
  const options = ['--title', 'War', '--subject', 'the war', '--day-one', '2022-02-24', '--time-zone', 'Europe/Kyiv'];
  expect(await run(['timeline', 'create', slug, ...options])).toMatchObject({ code: 0, err: '' });
  return slug;
}

function file(name: string, text: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

async function headlines(slug: string): Promise<string[]> {
  const days = await node.store.days(slug);
  const updates = await Promise.all(days.map(async ({ date }) => (await node.store.day(slug, date)).updates));
  return updates.flat().map(({ headline }) => headline);
}

describe('import of other formats', () => {
  test('CLI15 the format is named; a preview shows what would come in and writes nothing', async () => {
    const slug = await timeline();
    const path = file('feed.xml', rss(rssItem(1) + rssItem(2) + rssItem(1) + rssItem(3).replace('2024', '2054')));
    const preview = await run(['import', slug, path, '--preview']);
    expect(preview).toMatchObject({ code: 1, err: expect.stringMatching(/^RSS 2\.0\n/) });
    expect(preview.out.split('\n')).toEqual([
      expect.stringMatching(/^line 4: in-the-future: /),
      '2024-02-07  Item 1',
      '2024-02-07  Item 2',
      'Preview, nothing was written: 2 imported, 1 there already, 1 refused',
      '',
    ]);
    expect(await headlines(slug)).toEqual([]);
    expect((await run(['import', slug, path])).out).toContain('2 imported, 1 there already, 1 refused\n');
    expect((await headlines(slug)).sort()).toEqual(['Item 1', 'Item 2']);
  });

  test('CLI15 columns are mapped by --map, also from standard input; a map that fits nothing is refused', async () => {
    const slug = await timeline();
    const csv = 'when,what\n2023-05-15,Something\n';
    const wrong = await run(['import', slug, '-', '--from', 'csv', '--map', 'occurredAt=whn'], csv);
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('There is no column whn') });
    expect(await run(['import', slug, '-', '--map', 'occuredAt=when'], csv)).toMatchObject({ code: 2 });
    const args = ['import', slug, '-', '--from', 'csv', '--map', 'occurredAt=when', 'headline=It was: {what}'];
    expect(await run(args, csv)).toMatchObject({ code: 0, out: '1 imported, 0 there already, 0 refused\n' });
    expect(await headlines(slug)).toEqual(['It was: Something']);
  });

  test('CLI16 a file that is cut off imports nothing; an import that was killed is completed by the same command', async () => {
    const slug = await timeline();
    const whole = rss(Array.from({ length: 1_000 }, (_, n) => rssItem(n)).join(''));
    const cut = await run(['import', slug, file('cut.xml', whole.slice(0, -100))]);
    expect(cut).toMatchObject({ code: 1, out: '', err: expect.stringContaining('not well-formed XML') });
    expect(await headlines(slug)).toEqual([]);

    const path = file('whole.xml', whole);
    const { child, ended } = startOn(redis.url, ['import', slug, path]);
    await waitFor(() => (node.live.timeline(slug)?.position.seq ?? 0) > 0, 'the first row');
    child.kill('SIGKILL');
    await ended;
    const before = (await headlines(slug)).length;
    const { code, out } = await run(['import', slug, path]);
    expect(code).toBe(0);
    const [, imported, replayed] = /(\d+) imported, (\d+) there already, 0 refused/.exec(out) ?? [];
    expect([Number(imported) + Number(replayed), Number(replayed)]).toEqual([1_000, before]);
    const all = await headlines(slug);
    expect([all.length, new Set(all).size]).toEqual([1_000, 1_000]);
  });
});
