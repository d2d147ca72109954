import { join } from 'node:path';
import { describe, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { io } from 'socket.io-client';
import type { FollowReply } from '../../../shared/protocol.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import { type Client, NoAnswer } from '../driver/client.ts';
import { postThrough } from '../driver/crash.ts';
import { Ledger } from '../driver/ledger.ts';
import { type Round, runRounds } from '../driver/round.ts';
import { scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';
import { createTimeline, type Desk, write } from '../driver/writers.ts';

const plan = {
  test: 'T21',
  promise: 'P1, P12',
  what: 'handlers of requests, streams and sockets throw on spoiled entries',
};

describe('a handler that throws', () => {
  test(
    'T21 the one request fails and tells nothing of why, the process lives, and posting elsewhere goes on',
    scene(async (stage) => {
      stage.altered = true;
      const redis = await stage.redis();
      const control = new Redis({ path: redis.socket });
      stage.ends(() => control.disconnect());
      const node = await stage.node({ REDIS_URL: redis.url });
      const posting = { folder: stage.folder, origin: () => node.origin, writers: 10, posts: 100 };
      await runRounds(plan, rounds(1, 5), stage.folder, (round) =>
        postThrough(round, posting, async (desk) => {
          const client = stage.client(() => node.origin);
          const slug = `broken-${round.number}`;
          const ledger = new Ledger(join(stage.folder.path, `${slug}.acknowledged.ndjson`));
          await spoiledTimeline({ ...desk, client, slug, ledger, days: 1 }, control);
          await node.end('SIGTERM');
          await node.start();
          const { pid } = node;
          const faults = [
            ...(await readSpoiled(client, slug, round)),
            ...(await followSpoiled(client, node.origin, slug)),
          ];
          return { faults: node.running && node.pid === pid ? faults : [...faults, 'the process has ended'] };
        }),
      );
    }),
    600_000,
  );
});

/**
 * A timeline of which an entry of the log and an update of its day are no JSON: whatever reads them throws, and no switch in
 * the product is needed for it. Its node must start anew, or it would know the log by heart.
 */
async function spoiledTimeline(desk: Desk, control: Redis): Promise<void> {
  await createTimeline(desk);
  await write(desk, { writers: 1, posts: 3 });
  const key = (name: string): string => `dm:{${desk.slug}}:${name}`;
  await control.hset(key('log'), '2', '{"no JSON');
  const [id = ''] = await control.hkeys(key('day:2023-10-07'));
  await control.hset(key('day:2023-10-07'), id, '{"no JSON');
}

async function readSpoiled(client: Client, slug: string, { random }: Round): Promise<string[]> {
  const base = `/api/v1/timelines/${slug}`;
  const { position } = await client.read<Timeline>(base);
  const since = position.replace(/:.*/, ':0');
  const paths = [`${base}/days/1`, `/${slug}/day/1`, `${base}/changes?since=${since}`, `${base}/export.ndjson`];
  const faults: string[] = [];
  while (paths.length > 0) {
    const [path = ''] = paths.splice(random.between(0, paths.length - 1), 1);
    const answer = await client.call(path).catch((error: unknown) => {
      if (error instanceof NoAnswer) return null;
      throw error;
    });
    // An answer that had begun can only be broken off, so that nobody takes it for whole.
    if (answer === null && path.includes('export')) continue;
    if (answer?.status !== 500) faults.push(`${path} answered ${answer?.status}`);
    else if (/JSON|SyntaxError|at .*\.js/.test(answer.text)) faults.push(`${path} tells why: ${answer.text}`);
  }
  return faults;
}

async function followSpoiled(client: Client, origin: string, timeline: string): Promise<string[]> {
  const { position } = await client.read<Timeline>(`/api/v1/timelines/${timeline}`);
  const since = position.replace(/:.*/, ':0');
  const socket = io(origin, { transports: ['websocket'], forceNew: true });
  try {
    const reply = (await socket.timeout(20_000).emitWithAck('follow', { timeline, since })) as FollowReply;
    if (reply.ok) return [`a socket was told ${JSON.stringify(reply)} of a spoiled log`];
    return /JSON|SyntaxError|\.js/.test(JSON.stringify(reply))
      ? [`a socket was told why: ${JSON.stringify(reply)}`]
      : [];
  } finally {
    socket.disconnect();
  }
}
