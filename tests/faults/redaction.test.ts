import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, test } from '@jest/globals';
import { Redis } from 'ioredis';
import type { Client } from './driver/client.ts';
import type { Node } from './driver/node.ts';
import { readEverything } from './driver/reading.ts';
import { runRounds, type Verdict } from './driver/round.ts';
import { type Scene, scene } from './driver/scene.ts';
import { rounds } from './driver/settings.ts';

const plan = { test: 'T30', promise: 'P4', what: 'a word posted, edited out and taken down: looked for everywhere' };
const timeline = {
  slug: 'redacted',
  title: 'Redacted',
  subject: 'the war',
  dayOne: '2023-10-07',
  timeZone: 'Asia/Gaza',
};
const base = '/api/v1/timelines/redacted';

/** Whatever shows words of a timeline to somebody. */
const addresses = (id: string, secret: string): string[] => [
  '/',
  '/redacted',
  '/redacted/day/124',
  '/redacted/days',
  '/redacted/feed.atom',
  '/redacted/feed.rss',
  '/redacted/feed.json',
  `/redacted/updates/${id}`,
  `${base}/days/124`,
  `${base}/days`,
  `${base}/updates/${id}`,
  `${base}/updates/${id}/revisions`,
  `${base}/search?q=${secret}`,
  `${base}/popular?window=24h`,
  `${base}/export.ndjson`,
];

describe('a word that must be gone', () => {
  test(
    'T30, COMMIT9 is in nothing that is served, logged or stored once its update was taken down, and the chain verifies',
    scene(async (stage) => {
      const node = await stage.node();
      const client = stage.client(() => node.origin);
      await write(client, 'POST', '/api/v1/timelines', timeline);
      await runRounds(plan, rounds(1, 5), stage.folder, async ({ random }): Promise<Verdict> => {
        const secret = `zq${random.between(10 ** 8, 10 ** 9)}x`;
        const id = await postAndTakeDown(client, secret);
        const reading = JSON.stringify(await readEverything(client, node.origin, 'redacted'));
        const faults = reading.includes(secret) ? ['the log, a follower, a day or the export has it'] : [];
        for (const address of addresses(id, secret)) {
          const { status, text } = await client.call(address);
          // A search says again what was looked for.
          const found = text.replaceAll(`q=${secret}`, '').includes(secret);
          if (found || status >= 500) faults.push(`${address} (${status}) has it: ${text.slice(0, 200)}`);
        }
        faults.push(...(await storedPlaces(stage, node, secret)));
        return { faults: [...faults, ...(await node.verify())], figures: { secret } };
      });
    }),
    300_000,
  );
});

/** Posted, shown to everybody, revised without the word, taken down. Its id. */
async function postAndTakeDown(client: Client, secret: string): Promise<string> {
  const text = `The name is ${secret}.`;
  const post = { occurredAt: '2024-02-07', headline: text, body: `<p>${text}</p>`, byline: text, tags: [secret] };
  const { id } = await write(client, 'POST', `${base}/updates`, post, { 'idempotency-key': secret.slice(2, -1) });
  for (const address of addresses(id, secret)) await client.call(address);
  const without = {
    headline: 'A name',
    body: '<p>A name.</p>',
    byline: null,
    tags: [],
    correction: 'Without the name.',
  };
  await write(client, 'PATCH', `${base}/updates/${id}`, without, { 'if-match': '"1"' });
  await write(client, 'DELETE', `${base}/updates/${id}`, { reason: 'A person is in danger' });
  return id;
}

async function write(
  client: Client,
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<{ id: string }> {
  const { status, text } = await client.call(path, { method, body, headers });
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return text === '' ? { id: '' } : (JSON.parse(text) as { id: string });
}

/** Keys, files and logs that still have it, once Redis has written its files anew. */
async function storedPlaces(stage: Scene, node: Node, secret: string): Promise<string[]> {
  const redis = new Redis({ path: join(node.dataDir, 'redis', 'redis.sock'), disableClientInfo: true });
  try {
    const keys = await redis.keys('*');
    const dumps = await Promise.all(keys.map(async (key) => [key, await wordsOf(redis, key)] as const));
    await redis.bgrewriteaof();
    do await pause(50);
    while (/aof_rewrite_(in_progress|scheduled):1/.test(await redis.info('persistence')));
    const inKeys = dumps.filter(([key, value]) => key.includes(secret) || value.includes(secret)).map(([key]) => key);
    const files = [...filesIn(node.dataDir), ...filesIn(stage.folder.path)];
    return [...inKeys, ...files.filter((file) => readFileSync(file, 'latin1').includes(secret))].map(
      (place) => `${place} has it`,
    );
  } finally {
    redis.disconnect();
  }
}

async function wordsOf(redis: Redis, key: string): Promise<string> {
  switch (await redis.type(key)) {
    case 'hash':
      return JSON.stringify(await redis.hgetall(key));
    case 'list':
      return JSON.stringify(await redis.lrange(key, 0, -1));
    case 'set':
      return JSON.stringify(await redis.smembers(key));
    case 'zset':
      return JSON.stringify(await redis.zrange(key, '0', '-1'));
    default:
      return String(await redis.get(key));
  }
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
