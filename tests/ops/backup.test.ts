import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { start } from '../cli/support.ts';
import { call, type DaymarkProcess, daymarks } from '../support/daymark-process.ts';
import { startSpine } from '../support/spine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { durable, startRedis } from '../support/test-redis.ts';

const suite = daymarks();
afterEach(() => suite.end());
const folder = temporaryFolder();
afterAll(() => folder.remove());

const isThere = spawnSync('redis-cli', ['--version']).error === undefined;
const timeline = { slug: 'here', title: 'Here', subject: 'the war here', dayOne: '2023-10-07', timeZone: 'Asia/Gaza' };

/** Runs a command on a data folder, or on a Redis. */
const run = (env: Record<string, string>, ...args: string[]) => {
  const started = start('', args, env);
  started.stdin.end();
  return started.ended;
};
const on = (dataDir: string) => ({ DATA_DIR: dataDir, REDIS_URL: '' });

async function publish(daymark: DaymarkProcess, headline: string): Promise<boolean> {
  const input = { occurredAt: '2024-02-07', headline };
  return (await call(daymark, 'POST', '/api/v1/timelines/here/updates', input)).status === 201;
}

const position = async (daymark: DaymarkProcess): Promise<string> =>
  (await call(daymark, 'GET', '/api/v1/timelines/here')).body.position;

(isThere ? describe : describe.skip)('backup and restore', () => {
  test('OPS15 BAK1 BAK2 a backup (T9) made while posts come has all that was acknowledged before it; restored, it verifies and followers start over', async () => {
    const backup = join(folder.path, 'first');
    const first = await suite.start();
    expect((await call(first, 'POST', '/api/v1/timelines', timeline)).status).toBe(201);
    for (let n = 0; n < 20; n++) expect(await publish(first, `before ${n}`)).toBe(true);
    let isPosting = true;
    let meanwhile = 0;
    const writers = Array.from({ length: 8 }, async () => {
      while (isPosting && meanwhile < 2_000) await publish(first, `meanwhile ${meanwhile++}`);
    });
    const made = await run(on(first.dataDir), 'backup', backup);
    isPosting = false;
    await Promise.all(writers);
    expect(made).toMatchObject({ code: 0, out: expect.stringContaining('Backed up 2 timelines') });
    const seen = await position(first);
    await first.stop();

    const dataDir = suite.newDataDir();
    expect(await run(on(dataDir), 'restore', backup)).toMatchObject({ code: 0, out: expect.stringContaining('here') });
    expect(await run(on(dataDir), 'restore', backup)).toMatchObject({
      code: 1,
      err: expect.stringContaining('empty one only'),
    });
    expect(await run(on(dataDir), 'verify')).toMatchObject({ code: 0 });
    const second = await suite.start({ dataDir });
    const now = await position(second);
    expect(now.split(':')[0]).not.toBe(seen.split(':')[0]);
    const since = (at: string) => call(second, 'GET', `/api/v1/timelines/here/changes?since=${at}`);
    expect((await since(seen)).body).toEqual({ reset: true, position: now });
    const { changes } = (await since(`${now.split(':')[0]}:0`)).body;
    const headlines: string[] = changes.map((change: { update: { headline: string } }) => change.update.headline);
    expect(new Set(headlines).size).toBe(headlines.length);
    for (let n = 0; n < 20; n++) expect(headlines).toContain(`before ${n}`);
    expect(await publish(second, 'anew')).toBe(true);
  });

  test('BAK3 restores into a Redis that the configuration names, and takes no backup that was altered', async () => {
    const [from, to] = [await startRedis(durable), await startRedis(durable)];
    const node = await startSpine({ url: to.url, prefix: 'dm' });
    const backup = join(folder.path, 'second');
    const slug = [
      'timeline',
      'create',
      'there',
      '--title',
      'T',
      '--subject',
      't',
      '--day-one',
      '2024-01-01',
      '--time-zone',
      'UTC',
    ];
    expect(await run({ REDIS_URL: from.url, DATA_DIR: folder.path }, ...slug)).toMatchObject({ code: 0 });
    expect(await run({ REDIS_URL: from.url, DATA_DIR: folder.path }, 'backup', backup)).toMatchObject({ code: 0 });
    expect(await run({ REDIS_URL: from.url, DATA_DIR: folder.path }, 'backup', backup)).toMatchObject({ code: 1 });
    expect(existsSync(`${backup}.unfinished`)).toBe(false);
    expect(JSON.parse(readFileSync(join(backup, 'backup.json'), 'utf8')).timelines).toMatchObject([{ slug: 'there' }]);
    const target = { REDIS_URL: to.url, DATA_DIR: folder.path };
    expect(await run(target, 'restore', backup)).toMatchObject({
      code: 0,
      out: 'Restored 1 timelines: there. Followers start over.\n',
    });
    const before = (await node.store.timeline('there'))?.position.epoch;
    expect(await run(target, 'renew-epochs')).toMatchObject({ code: 0, out: 'New epochs: there\n' });
    expect((await node.store.timeline('there'))?.position.epoch).not.toBe(before);
    appendFileSync(join(backup, 'store-1.rdb'), 'x');
    expect(await run(target, 'restore', backup)).toMatchObject({
      code: 1,
      err: expect.stringContaining('not as it was written'),
    });
    await node.end();
    await Promise.all([from.end(), to.end()]);
  });
});
