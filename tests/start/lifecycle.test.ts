import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { call, type DaymarkProcess, daymarks } from '../support/daymark-process.ts';
import { startRedis } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';

const suite = daymarks();
afterEach(() => suite.end());

const timeline = { slug: 'here', title: 'Here', subject: 'the war here', dayOne: '2023-10-07', timeZone: 'Asia/Gaza' };

async function publish(daymark: DaymarkProcess, headline: string): Promise<void> {
  const { status, body } = await call(daymark, 'POST', '/api/v1/timelines/here/updates', {
    occurredAt: '2024-02-07',
    headline,
  });
  expect({ status, headline: body.headline }).toEqual({ status: 201, headline });
}

async function headlines(daymark: DaymarkProcess): Promise<string[]> {
  const { body } = await call(
    daymark,
    'GET',
    `/api/v1/timelines/here/changes?since=${(await position(daymark)).replace(/:.*/, ':0')}`,
  );
  return body.changes.map((change: { update: { headline: string } }) => change.update.headline);
}

const position = async (daymark: DaymarkProcess): Promise<string> =>
  (await call(daymark, 'GET', '/api/v1/timelines/here')).body.position;

const redisPid = (daymark: DaymarkProcess): number =>
  Number(readFileSync(join(daymark.dataDir, 'redis/redis.pid'), 'utf8'));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function startWithOneUpdate(): Promise<DaymarkProcess> {
  const daymark = await suite.start();
  expect((await call(daymark, 'POST', '/api/v1/timelines', timeline)).status).toBe(201);
  await publish(daymark, 'first');
  return daymark;
}

describe('start and end', () => {
  test('START3 START18 a first start says where it is, and shows a sample; a second start adds none', async () => {
    const first = await suite.start();
    expect(first.url).toMatch(/^http:\/\/localhost:\d+$/);
    const { body } = await call(first, 'GET', '/api/v1/timelines');
    expect(body.timelines).toHaveLength(1);
    expect((await fetch(first.url)).status).toBe(200);
    await first.stop();
    const second = await suite.start({ dataDir: first.dataDir });
    expect((await call(second, 'GET', '/api/v1/timelines')).body).toEqual(body);
  });

  test.each([
    ['the server', 'server', 'SIGKILL'],
    ['server and Redis', 'both', 'SIGKILL'],
    ['the server, while its Redis is frozen', 'server', 'SIGSTOP'],
  ] as const)(
    'START5 START6 after kill -9 of %s the same data are ready again, with the same epoch',
    async (_what, killed, signal) => {
      const first = await startWithOneUpdate();
      const before = await position(first);
      const redis = redisPid(first);
      if (killed === 'both' || signal === 'SIGSTOP') process.kill(redis, signal);
      await first.kill();
      const second = await suite.start({ dataDir: first.dataDir });
      expect(await position(second)).toBe(before);
      expect(redisPid(second)).not.toBe(redis);
      await waitFor(() => !isAlive(redis), 'the end of the first Redis');
      await publish(second, 'second');
      expect(await headlines(second)).toEqual(['first', 'second']);
    },
  );

  test('START7 posting goes on after the private Redis was killed', async () => {
    const daymark = await startWithOneUpdate();
    process.kill(redisPid(daymark), 'SIGKILL');
    await waitFor(async () => {
      const body = { occurredAt: '2024-02-07', headline: 'again' };
      const once = { 'idempotency-key': 'again' };
      return (await call(daymark, 'POST', '/api/v1/timelines/here/updates', body, once)).status < 300;
    }, 'a write that is taken');
    expect(await headlines(daymark)).toEqual(['first', 'again']);
  });

  test('START9 a second instance on living data is refused with a sentence, and the first notices nothing', async () => {
    const first = await startWithOneUpdate();
    const { code, stdout, stderr } = await suite.run({ dataDir: first.dataDir });
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(new RegExp(`A running Daymark \\(process ${first.pid}\\) uses the data in .*DATA_DIR`));
    await publish(first, 'second');
  });

  test('START10 two instances with their own ports and folders have their own data', async () => {
    const [one, other] = await Promise.all([startWithOneUpdate(), suite.start()]);
    expect(one.url).not.toBe(other.url);
    expect((await call(other, 'GET', '/api/v1/timelines/here')).status).toBe(404);
    await one.stop();
    expect((await call(other, 'GET', '/api/v1/timelines')).status).toBe(200);
  });

  test('START11 SIGTERM ends server and Redis in order, with readers connected', async () => {
    const daymark = await startWithOneUpdate();
    const reader = await fetch(`${daymark.url}/api/v1/timelines/here/stream`);
    const redis = redisPid(daymark);
    expect(await daymark.stop()).toBe(0);
    await reader.text().catch(() => undefined);
    expect(isAlive(redis)).toBe(false);
    expect(daymark.output()).not.toMatch(/"level":(50|60)/);
  });

  test('START12 Ctrl-C reaches the process group, and the Redis still outlives its server', async () => {
    // A group of its own, as a terminal makes one; `-pid` sends to all of it.
    const dataDir = suite.newDataDir();
    const main = new URL('../../dist/server/main.js', import.meta.url).pathname;
    const env = { PATH: process.env['PATH'] ?? '', PORT: '0', DATA_DIR: dataDir };
    const child = spawn(process.execPath, [main], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk;
      });
    await waitFor(() => output.includes('Daymark is ready'), 'ready');
    process.kill(-(child.pid ?? 0), 'SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(output).not.toMatch(/Redis has ended|was lost/);
  });
});

describe('Redis from outside', () => {
  test('START13 a Redis with Debian’s settings is refused, with each line to change', async () => {
    const redis = await startRedis(['--maxmemory-policy', 'allkeys-lru']);
    const { code, stderr } = await suite.run({ env: { REDIS_URL: redis.url } });
    expect(code).toBe(78);
    for (const line of ['appendonly yes', 'appendfsync always', 'maxmemory-policy noeviction'])
      expect(stderr).toContain(`“${line}”`);
    expect(stderr).toContain('ACCEPT_DATA_LOSS=yes');
    await redis.end();
  });

  test('START13 START18 it is taken with --accept-data-loss, without a sample', async () => {
    const redis = await startRedis();
    const daymark = await suite.start({ env: { REDIS_URL: redis.url }, args: ['--accept-data-loss'] });
    expect((await call(daymark, 'GET', '/api/v1/timelines')).body).toEqual({ timelines: [] });
    expect(daymark.output()).toContain('appendonly');
    await daymark.stop();
    await redis.end();
  });

  test('START17 a Redis that cannot be reached is named with the reason', async () => {
    const { code, stderr } = await suite.run({ env: { REDIS_URL: 'redis://127.0.0.1:1' } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/Redis cannot be reached: connect ECONNREFUSED/);
  });
});
