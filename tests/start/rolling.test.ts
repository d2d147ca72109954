import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { connectTo } from '../../server/store/connection.ts';
import { keysWith } from '../../server/store/keys.ts';
import { single } from '../../server/store/place.ts';
import { postThrough } from '../faults/driver/crash.ts';
import { fixedPort } from '../faults/driver/node.ts';
import { randomFrom } from '../faults/driver/random.ts';
import { scene } from '../faults/driver/scene.ts';
import { silent } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { Wire } from '../support/wire.ts';

/** Whether the store has the script that this release serves under its version. */
async function keptLoader(redisUrl: string, origin: string): Promise<boolean> {
  const script = await (await fetch(`${origin}/embed.js`)).text();
  const version = createHash('sha256').update(script).digest('hex').slice(0, 16);
  const redis = connectTo(single(redisUrl), silent);
  try {
    await waitFor(() => redis.status === 'ready');
    return (await redis.hget(keysWith('dm').embedFiles, `${version}.js`)) === script;
  } finally {
    redis.disconnect();
  }
}

describe('a rolling restart', () => {
  test(
    'START47, EMB15 behind a proxy that only dials the next in turn no write fails, readers are complete, and pinned embeds are kept',
    scene(async (stage) => {
      const redis = await stage.redis();
      const environment = { REDIS_URL: redis.url };
      const nodes = [
        await stage.node(environment, { name: 'first' }),
        await stage.node(environment, { name: 'second' }),
      ] as const;
      let turn = 0;
      const wire = new Wire(() => ({ port: nodes[turn++ % 2 === 0 ? 0 : 1].port }));
      const port = await fixedPort();
      await wire.listen({ port });
      stage.ends(() => wire.close());
      const origin = () => `http://127.0.0.1:${port}`;
      const posting = {
        folder: stage.folder,
        origin,
        writers: 4,
        posts: 400,
        readers: { count: 4, origin, withinMs: () => 30_000 },
      };
      const round = { number: 1, slug: 'rolling', seeds: ['rolling'], random: randomFrom(1) };
      const { faults, figures } = await postThrough(round, posting, async ({ ledger }) => {
        const ends: (number | null)[] = [];
        for (const [i, node] of nodes.entries()) {
          await ledger.reached(100 + 150 * i);
          ends.push(await node.end('SIGTERM'));
          await node.start();
        }
        return { ends };
      });
      expect({ faults, figures }).toMatchObject({ faults: [], figures: { acknowledged: 400, missing: 0, doubled: 0 } });
      expect(figures['ends']).toEqual([0, 0]);
      expect(await keptLoader(redis.url, origin())).toBe(true);
    }),
    120_000,
  );
});
