import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { call, type DaymarkProcess, daymarks } from '../support/daymark-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const suite = daymarks();
afterEach(() => suite.end());

const ops = fileURLToPath(new URL('../../ops', import.meta.url));
const commandLine = fileURLToPath(new URL('../../dist/server/cli/daymark.js', import.meta.url));
const isThere = spawnSync('redis-cli', ['--version']).error === undefined;
const timeline = { slug: 'here', title: 'Here', subject: 'the war here', dayOne: '2023-10-07', timeZone: 'Asia/Gaza' };

function run(command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  expect({ command, status, stderr: stderr.trim() }).toEqual({ command, status: 0, stderr: '' });
  return stdout;
}

async function publish(daymark: DaymarkProcess, headline: string): Promise<void> {
  const input = { occurredAt: '2024-02-07', headline };
  expect((await call(daymark, 'POST', '/api/v1/timelines/here/updates', input)).status).toBe(201);
}

const position = async (daymark: DaymarkProcess): Promise<string> =>
  (await call(daymark, 'GET', '/api/v1/timelines/here')).body.position;

(isThere ? describe : describe.skip)('backup and restore', () => {
  test('OPS15 a copy made while posts come holds all that was acknowledged before it, and readers of more start over', async () => {
    const folder = temporaryFolder();
    const backup = join(folder.path, 'backup.tar.gz');
    const first = await suite.start();
    expect((await call(first, 'POST', '/api/v1/timelines', timeline)).status).toBe(201);
    for (let n = 0; n < 20; n++) await publish(first, `before ${n}`);
    const redis = (dataDir: string): string[] => ['-s', join(dataDir, 'redis/redis.sock')];
    const posting = Promise.all(Array.from({ length: 20 }, (_, n) => publish(first, `meanwhile ${n}`)));
    run(`${ops}/backup.sh`, join(first.dataDir, 'redis/appendonlydir'), backup, ...redis(first.dataDir));
    await posting;
    for (let n = 0; n < 30; n++) await publish(first, `after ${n}`);
    const seen = await position(first);
    await first.stop();

    const dataDir = suite.newDataDir();
    mkdirSync(join(dataDir, 'redis'), { recursive: true, mode: 0o700 });
    run('tar', '-C', join(dataDir, 'redis'), '-xzf', backup);
    const second = await suite.start({ dataDir });
    expect(run(`${ops}/renew-epochs.sh`, ...redis(dataDir))).toMatch(/^here: [0-9a-f]{10}$/m);
    for (let n = 0; n < 60; n++) await publish(second, `anew ${n}`);
    const now = await position(second);
    expect(now.split(':')[0]).not.toBe(seen.split(':')[0]);
    const since = (at: string) => call(second, 'GET', `/api/v1/timelines/here/changes?since=${at}`);
    // By its seq alone the position that was seen would be believed: the log is longer than it by now.
    expect(Number(now.split(':')[1])).toBeGreaterThan(Number(seen.split(':')[1]));
    expect((await since(seen)).body).toEqual({ reset: true, position: now });
    const { changes } = (await since(`${now.split(':')[0]}:0`)).body;
    const headlines = changes.map((change: { update: { headline: string } }) => change.update.headline);
    for (let n = 0; n < 20; n++) expect(headlines).toContain(`before ${n}`);
    expect(headlines.filter((headline: string) => headline.startsWith('after'))).toEqual([]);
    const verified = spawnSync(process.execPath, [commandLine, 'verify'], {
      env: { ...process.env, DATA_DIR: dataDir },
    });
    expect(verified.status).toBe(0);
    folder.remove();
  });
});
