import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { call, type DaymarkProcess, daymarks } from '../support/daymark-process.ts';
import { startRedis } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';

const suite = daymarks();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  await suite.end();
  for (const end of ends.splice(0).reverse()) await end();
});

const two = { WORKERS: '2' };
const timeline = { slug: 'here', title: 'Here', subject: 'the war here', dayOne: '2023-10-07', timeZone: 'Asia/Gaza' };

/** Processes that a process started and that run Daymark. */
function workersOf({ pid }: DaymarkProcess): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  return children.filter((child) => /dist\/server\/main\.js/.test(readFileSync(`/proc/${child}/cmdline`, 'utf8')));
}

function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

const post = (daymark: DaymarkProcess, key: string) =>
  call(
    daymark,
    'POST',
    '/api/v1/timelines/here/updates',
    { occurredAt: '2024-02-07', headline: key },
    { 'idempotency-key': key },
  );

/** null where the answer doesn’t come: a connection that was handed to a worker as it died is heard of no more. */
const patiently = <T>(answer: Promise<T>): Promise<T | null> =>
  Promise.race([answer.catch(() => null), pause(3_000, null, { ref: false })]);

async function workersSeen(daymark: DaymarkProcess): Promise<string[]> {
  const text = await (await fetch(`${daymark.url}/metrics`, { headers: { connection: 'close' } })).text();
  return [...new Set([...text.matchAll(/worker="(\d+)"/g)].map(([, worker]) => worker ?? ''))].sort();
}

describe('workers', () => {
  test('START40 workers share one port, say once that they are ready, and have one sample and one log', async () => {
    const daymark = await suite.start({ env: two });
    expect(daymark.output().match(/Daymark is ready/g)).toHaveLength(1);
    expect(workersOf(daymark)).toHaveLength(2);
    expect((await call(daymark, 'GET', '/api/v1/timelines')).body.timelines).toHaveLength(1);
    expect((await call(daymark, 'POST', '/api/v1/timelines', timeline)).status).toBe(201);
    const close = { connection: 'close' }; // so that each request goes to the next worker
    for (let i = 1; i <= 10; i++) {
      expect((await post(daymark, `key ${i}`)).status).toBe(201);
      for (let reader = 0; reader < 2; reader++) {
        // On a machine with much else to do a worker may be behind for a moment (LOG9 waits 250 ms for it).
        await waitFor(async () => {
          const { body } = await call(daymark, 'GET', '/api/v1/timelines/here', undefined, close);
          return body.position.endsWith(`:${i}`);
        }, `position ${i} from each worker`);
      }
    }
  });

  test('START41 metrics asked of one worker tell of all', async () => {
    const daymark = await suite.start({ env: two });
    for (let i = 0; i < 4; i++) expect(await workersSeen(daymark)).toEqual(['1', '2']);
  });

  test('START42 a worker that ends is replaced; the others and the port stay', async () => {
    const daymark = await suite.start({ env: two });
    expect((await call(daymark, 'POST', '/api/v1/timelines', timeline)).status).toBe(201);
    for (let round = 0; round < 3; round++) {
      const [first = 0, second = 0] = workersOf(daymark);
      process.kill(first, 'SIGKILL');
      const trying = () => patiently(post(daymark, `round ${round}`)); // its connections end with it
      await waitFor(async () => (await trying())?.status, 'a write');
      await waitFor(() => workersOf(daymark).length === 2, 'another worker');
      expect(workersOf(daymark)).toContain(second);
      expect(isAlive(first)).toBe(false);
    }
    const { body } = await call(daymark, 'GET', '/api/v1/timelines/here');
    expect(body.position).toMatch(/:3$/);
  });

  test('START42 when all workers end at once, the port is the same afterwards', async () => {
    const daymark = await suite.start({ env: two });
    for (const worker of workersOf(daymark)) process.kill(worker, 'SIGKILL');
    const healthy = () => patiently(fetch(`${daymark.url}/healthz`).then(({ ok }) => ok));
    await waitFor(healthy, 'a worker');
  });

  test('START43 kill -9 of the supervisor ends its workers, and the same data are ready again', async () => {
    const first = await suite.start({ env: two });
    expect((await call(first, 'POST', '/api/v1/timelines', timeline)).status).toBe(201);
    expect((await post(first, 'one')).status).toBe(201);
    const { position } = (await call(first, 'GET', '/api/v1/timelines/here')).body;
    const workers = workersOf(first);
    await first.kill();
    await waitFor(() => !workers.some(isAlive), 'the end of the workers');
    const second = await suite.start({ env: two, dataDir: first.dataDir });
    expect((await call(second, 'GET', '/api/v1/timelines/here')).body.position).toBe(position);
  });

  test('START44 SIGTERM ends workers, supervisor and private Redis in order', async () => {
    const daymark = await suite.start({ env: two });
    const redis = Number(readFileSync(`${daymark.dataDir}/redis/redis.pid`, 'utf8'));
    const workers = workersOf(daymark);
    const reader = await fetch(`${daymark.url}/api/v1/timelines/gaza-sample/stream`);
    expect(await daymark.stop()).toBe(0);
    await reader.text().catch(() => undefined);
    expect([redis, ...workers].filter(isAlive)).toEqual([]);
    expect(daymark.output()).not.toMatch(/"level":(50|60)/);
  });

  test('START45 what keeps workers from starting is told once, and nothing is left running', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    ends.push(() => taken.close());
    await waitFor(() => taken.listening);
    const { port } = taken.address() as { port: number };
    const { code, stdout, stderr } = await suite.run({ env: { ...two, PORT: `${port}` } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.match(/Cannot listen: .*Choose another PORT or HOST/g)).toHaveLength(1);
  });

  test('START45 a store that is refused is refused before any worker starts', async () => {
    const redis = await startRedis(['--appendonly', 'no']);
    ends.push(() => redis.end());
    const { code, stderr } = await suite.run({ env: { ...two, REDIS_URL: redis.url } });
    expect(code).toBe(78);
    expect(stderr.match(/appendonly yes/g)).toHaveLength(1);
  });
});
