import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectSubscriberTo, connectTo, reached } from '../../server/store/connection.ts';
import { inspectRedis } from '../../server/store/durability.ts';
import { RedisStore } from '../../server/store/redis-store.ts';
import { placeFrom } from '../support/place.ts';
import { startCluster, type TestCluster } from '../support/redis-cluster.ts';
import { silent } from '../support/spine.ts';
import { freshPrefix } from '../support/test-redis.ts';
import { describeStoreContract } from './contract.ts';
import { describeHooksStore } from './hooks.ts';
import { describeImagesStore } from './images.ts';
import { describePeopleStore } from './people.ts';
import { describePushStore } from './push.ts';
import { describeRecordsStore } from './records.ts';
import { describeSearchStore } from './search.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.end());

const place = () => placeFrom({ REDIS_CLUSTER_URLS: cluster.urls });

describeStoreContract('a cluster of three', {
  async open(keep) {
    const redis = connectTo(place(), silent);
    await reached(redis, 10_000);
    return new RedisStore(redis, connectSubscriberTo(place(), silent), { prefix: freshPrefix(), keep });
  },
});

describeSearchStore('a cluster of three', place);
describePeopleStore('a cluster of three', place);

describeRecordsStore('a cluster of three', place);
describeHooksStore('a cluster of three', place);
describeImagesStore('a cluster of three', place);
describePushStore('a cluster of three', place);

describe('a cluster', () => {
  test('START13 every primary of a cluster must keep what it acknowledges; the one that would not is named', async () => {
    const redis = connectTo(place(), silent);
    await reached(redis, 10_000);
    const [, second] = cluster.nodes;
    try {
      expect(await inspectRedis(redis)).toEqual({ unusable: [], unsafe: [], advice: [] });
      await second?.call('CONFIG', 'SET', 'appendfsync', 'everysec');
      const { unsafe } = await inspectRedis(redis);
      expect(unsafe).toEqual([expect.stringContaining(`127.0.0.1:${second?.port}: Redis has appendfsync everysec`)]);
    } finally {
      await second?.call('CONFIG', 'SET', 'appendfsync', 'always');
      redis.disconnect();
    }
  });

  test('LOG9 all nodes of Daymark are counted, whichever Redis of the cluster they listen to', async () => {
    const prefix = freshPrefix();
    const stores = await Promise.all(
      cluster.urls.split(',').map(async (url) => {
        const redis = connectTo(place(), silent);
        await reached(redis, 10_000);
        const store = new RedisStore(redis, connectSubscriberTo(placeFrom({ REDIS_CLUSTER_URLS: url }), silent), {
          prefix,
        });
        await store.watch({ onWake: () => undefined, onApplied: () => undefined });
        return store;
      }),
    );
    expect(await stores[0]?.listeners()).toBe(3);
    for (const store of stores) await store.close();
  });
});
