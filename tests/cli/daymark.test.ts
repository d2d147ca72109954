import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import type { Context } from '../../server/cli/context.ts';
import { daymarkProgram } from '../../server/cli/program.ts';
import { plantSample } from '../../server/newsroom/sample/plant.ts';
import { silent, startSpine } from '../support/spine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { durable, startRedis, type TestRedis } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';
import { run as runOn, start as startOn } from './support.ts';

let redis: TestRedis;
const folder = temporaryFolder();
const run = (args: string[], input?: string) => runOn(redis.url, args, input);

beforeAll(async () => {
  redis = await startRedis(durable);
});
afterAll(async () => {
  await redis.end();
  folder.remove();
});

const withCommandsOf = (command: Command): Command[] => [command, ...command.commands.flatMap(withCommandsOf)];

let timelines = 0;
async function timeline(): Promise<string> {
  const slug = `t${++timelines}`;
  const options = ['--title', 'War', '--subject', 'the war', '--day-one', '2022-02-24', '--time-zone', 'Europe/Kyiv'];
  expect(await run(['timeline', 'create', slug, ...options])).toMatchObject({ code: 0, err: '' });
  return slug;
}

const row = (n: number) => ({ occurredAt: '2023-05-15', headline: `Headline ${n}`, externalId: `x${n}` });
const ndjson = (...rows: unknown[]): string => rows.map((one) => `${JSON.stringify(one)}\n`).join('');

function file(name: string, text: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

describe('the command line', () => {
  test('CLI1 --help and the help of every command end with 0 and show how to use it', async () => {
    const { code, out } = await run(['timeline', 'create', '--help']);
    expect(code).toBe(0);
    expect(out).toContain('Usage: npm run daymark -- timeline create [options] <slug>');
    const all = withCommandsOf(daymarkProgram({} as Context));
    expect(all.length).toBeGreaterThan(15);
    for (const command of all) {
      const shown: string[] = [];
      command.configureOutput({ writeOut: (text) => shown.push(text) }).exitOverride();
      expect(() => command.parse(['--help'], { from: 'user' })).toThrow(
        expect.objectContaining({ exitCode: 0, code: 'commander.helpDisplayed' }),
      );
      expect(shown.join('')).toContain('Usage: npm run daymark -- ');
      expect(command.description()).not.toBe('');
    }
  });

  test('CLI2 wrong usage ends with 2, naming every fault, and changes nothing', async () => {
    expect((await run(['bogus'])).code).toBe(2);
    const options = [
      '--title',
      'War',
      '--subject',
      'the war',
      '--day-one',
      '2022-02-30',
      '--time-zone',
      'Europe/Nowhere',
    ];
    const { code, err } = await run(['timeline', 'create', 'Wrong!', ...options]);
    expect(code).toBe(2);
    for (const fault of ['slug:', '--day-one:', '--time-zone:']) expect(err).toContain(fault);
  });

  test('CLI3 a wrong configuration ends with 78 and all faults, a store that is away with 75', async () => {
    const wrong = await startOn(redis.url, ['timeline', 'list'], { PORT: 'x', DATA_DIR: '/tmp', LOG_LEVEL: 'loud' })
      .ended;
    expect(wrong).toMatchObject({ code: 78, out: '' });
    expect(wrong.err).toMatch(/PORT[\s\S]*LOG_LEVEL/);
    expect((await runOn('unix:///nowhere/redis.sock', ['timeline', 'list'])).code).toBe(75);
  });

  test('CLI4 a store that would lose posts is refused with the line to change', async () => {
    const unsafe = await startRedis();
    const { code, err } = await runOn(unsafe.url, ['timeline', 'list']);
    await unsafe.end();
    expect(code).toBe(78);
    expect(err).toContain('appendonly yes');
  });

  test('CLI5 a timeline is created and listed; a taken slug is refused', async () => {
    const slug = await timeline();
    const listed = await run(['timeline', 'list', '--json']);
    const found = listed.out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    expect(found).toContainEqual(
      expect.objectContaining({ slug, dayOne: '2022-02-24', timeZone: 'Europe/Kyiv', status: 'live' }),
    );
    expect((await run(['timeline', 'list'])).out).toContain(`${slug}  War`);
    const options = ['--title', 'War', '--subject', 'the war', '--day-one', '2022-02-24', '--time-zone', 'Europe/Kyiv'];
    expect(await run(['timeline', 'create', slug, ...options])).toMatchObject({ code: 1, out: '' });
  });

  test('CLI6 a token alone is written to standard output, is stored hashed, and can be deleted', async () => {
    const slug = await timeline();
    const { code, out, err } = await run(['token', 'create', 'news desk', '--role', 'editor', '--timelines', slug]);
    expect(code).toBe(0);
    expect(out).toMatch(/^\S{24,}\n$/);
    const listed = await run(['token', 'list']);
    expect(listed.out).toContain(`editor  ${slug}`);
    expect(listed.out).not.toContain(out.trim());
    const id = err.match(/Token (\S+)/)?.[1] ?? '';
    expect((await run(['token', 'delete', id])).code).toBe(0);
    expect((await run(['token', 'list'])).out).not.toContain(id);
    expect((await run(['token', 'create', 'x', '--timelines', 'unknown'])).err).toContain('no timeline unknown');
  });
});

describe('import', () => {
  test('CLI10 a file goes in, a line tells the counts, and the same file again adds nothing', async () => {
    const slug = await timeline();
    const path = file('good.ndjson', ndjson(row(1), row(2), row(3)));
    expect(await run(['import', slug, path])).toEqual({
      code: 0,
      out: '3 imported, 0 there already, 0 refused\n',
      err: '',
    });
    expect(await run(['import', slug, path])).toMatchObject({
      code: 0,
      out: '0 imported, 3 there already, 0 refused\n',
    });
  });

  test('CLI11 refused rows are listed with line and reason, and the command ends with 1', async () => {
    const slug = await timeline();
    const text = `${ndjson(row(1))}not json\n${ndjson({ ...row(2), occurredAt: '2022-02-23' })}`;
    const { code, out } = await run(['import', slug, '-'], text);
    expect(code).toBe(1);
    const [first, second, counts] = out.split('\n');
    expect(first).toMatch(/^line 2: malformed-json: /);
    expect(second).toMatch(/^line 3: before-day-one: /);
    expect(counts).toBe('1 imported, 0 there already, 2 refused');
  });

  test('CLI12 a missing file and an unknown timeline end with 1 and a sentence', async () => {
    const slug = await timeline();
    expect(await run(['import', slug, '/nowhere/x.ndjson'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('ENOENT'),
    });
    const path = file('one.ndjson', ndjson(row(1)));
    expect(await run(['import', 'unknown', path])).toMatchObject({
      code: 1,
      err: 'daymark: There is no timeline unknown.\n',
    });
  });

  test('CLI13 Ctrl-C keeps what was imported, says how to go on, and ends with 130', async () => {
    const slug = await timeline();
    const { child, stdin, ended } = startOn(redis.url, ['import', slug, '-']);
    stdin.write(ndjson(row(1), row(2)));
    const imported = async () =>
      (await run(['export', slug])).out.split('\n').filter((line) => line.includes('Headline')).length;
    await waitFor(async () => (await imported()) === 2, 'two rows');
    child.kill('SIGINT');
    const { code, err } = await ended;
    expect(code).toBe(130);
    expect(err).toContain('same file again');
    expect(await imported()).toBe(2);
  });

  const onTerminal = spawnSync('script', ['--version']).status === 0 ? test : test.skip;
  onTerminal('CLI14 on a terminal a bar shows the progress', async () => {
    const slug = await timeline();
    const path = file('bar.ndjson', ndjson(row(1), row(2)));
    const program = new URL('../../dist/server/cli/daymark.js', import.meta.url).pathname;
    const command = `${process.execPath} ${program} import ${slug} ${path}`;
    const env = { PATH: process.env['PATH'] ?? '', REDIS_URL: redis.url, TERM: 'xterm' };
    const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], { env, encoding: 'utf8' });
    expect(stdout).toContain('█ 100%  2 imported');
  });
});

describe('export', () => {
  test('CLI20 a file holds the same lines as standard output, and imports again elsewhere', async () => {
    const slug = await timeline();
    await run(['import', slug, '-'], ndjson(row(1), row(2)));
    const path = join(folder.path, 'out.ndjson');
    expect((await run(['export', slug, path])).code).toBe(0);
    const text = readFileSync(path, 'utf8');
    expect((await run(['export', slug])).out).toBe(text);
    expect(
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).kind),
    ).toEqual(['timeline', 'update', 'update']);
    const updates = text.split('\n').slice(1).join('\n');
    expect((await run(['import', await timeline(), '-'], updates)).out).toBe(
      '2 imported, 0 there already, 0 refused\n',
    );
  });

  test('CLI21 an unknown timeline makes no file', async () => {
    expect((await run(['export', 'unknown', join(folder.path, 'no.ndjson')])).code).toBe(1);
    expect(() => readFileSync(join(folder.path, 'no.ndjson'))).toThrow();
  });
});

describe('sample', () => {
  test('CLI30 without a sample there is nothing to remove', async () => {
    expect(await run(['sample', 'remove'])).toMatchObject({
      code: 1,
      err: 'daymark: There is no sample timeline here.\n',
    });
  });

  test('CLI31 one command removes the sample, and a running node forgets it', async () => {
    const own = await startRedis(durable);
    const node = await startSpine({ url: own.url, prefix: 'dm' });
    expect(await plantSample({ desk: node.desk, store: node.store, log: silent })).toBe(true);
    const listed = await runOn(own.url, ['timeline', 'list']);
    expect(listed.out).toContain('(sample)');
    expect(await runOn(own.url, ['sample', 'remove'])).toMatchObject({ code: 0, err: '' });
    await waitFor(() => node.live.timeline('gaza-sample') === null, 'the node to forget it');
    expect((await runOn(own.url, ['timeline', 'list'])).out).toBe('There are no timelines yet.\n');
    await node.end();
    await own.end();
  });
});
