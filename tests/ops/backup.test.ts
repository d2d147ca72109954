import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { verify } from '../../server/newsroom/verify.ts';
import { readBackup, writeBackup } from '../../server/store/backup/backup-folder.ts';
import { putBack, renewEpochs } from '../../server/store/backup/put-back.ts';
import { takeSnapshots } from '../../server/store/backup/snapshot.ts';
import { type Place, single } from '../../server/store/place.ts';
import { start } from '../cli/support.ts';
import { call, type DaymarkProcess, daymarks } from '../support/daymark-process.ts';
import { admin, development, editor, expectOk, gaza, type Spine, silent, startSpine } from '../support/spine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { durable, startRedis } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';

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
      while (isPosting && meanwhile < 600) await publish(first, `meanwhile ${meanwhile++}`);
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
  }, 240_000);

  test('BAK3 from one Redis into another that has no timelines; a backup that was altered is taken by neither', async () => {
    const [from, to] = [await startRedis(durable), await startRedis(durable)];
    const [source, target] = [from.url, to.url].map((url) => single(url)) as [Place, Place];
    const first = await startSpine({ url: from.url, prefix: 'dm' });
    expectOk(await first.desk.createTimeline(admin, gaza));
    const { update } = expectOk(await first.desk.publish(editor, 'gaza', development()));
    const backup = join(folder.path, 'second');
    const snapshots = (fileOf: (number: number) => string) => takeSnapshots(source, silent, fileOf);
    const parts = { at: '2026-11-23T09:00:00.000Z', timelines: [], mediaFolder: null, snapshots };
    await writeBackup(backup, parts);
    await expect(writeBackup(backup, parts)).rejects.toThrow('there already');
    expect(existsSync(`${backup}.unfinished`)).toBe(false);

    const files = (await readBackup(backup)).snapshots.map(({ file }) => join(backup, file));
    const node = await startSpine({ url: to.url, prefix: 'dm' });
    expect(await putBack(files, target, silent)).toEqual(['gaza']);
    expect(await node.store.update('gaza', update.id)).toMatchObject({ update });
    await waitFor(() => node.live.timeline('gaza') !== null, 'a running node to see it');
    const epochOf = async (spine: Spine) => (await spine.store.timeline('gaza'))?.position.epoch;
    const restored = await epochOf(node);
    expect(restored).not.toBe(await epochOf(first));
    await expect(putBack(files, target, silent)).rejects.toThrow('empty one only');
    expect(await renewEpochs(target, silent)).toEqual(['gaza']);
    expect(await epochOf(node)).not.toBe(restored);
    expect(await verify(node.store, 'gaza', null)).toMatchObject({ ok: true, links: 1 });

    appendFileSync(join(backup, 'store-1.rdb'), 'x');
    await expect(readBackup(backup)).rejects.toThrow('not as it was written');
    await Promise.all([first.end(), node.end()]);
    await Promise.all([from.end(), to.end()]);
  });
});
