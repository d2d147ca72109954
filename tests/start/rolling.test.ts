import { describe, expect, test } from '@jest/globals';
import { postThrough } from '../faults/driver/crash.ts';
import { fixedPort } from '../faults/driver/node.ts';
import { randomFrom } from '../faults/driver/random.ts';
import { scene } from '../faults/driver/scene.ts';
import { Wire } from '../support/wire.ts';

describe('a rolling restart', () => {
  test(
    'START47 behind a proxy that only dials the next in turn no write fails and readers are complete',
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
    }),
    120_000,
  );
});
