import { afterAll, beforeAll } from '@jest/globals';
import { connectSubscriberTo, connectTo, reached } from '../../server/store/connection.ts';
import { RedisStore } from '../../server/store/redis-store.ts';
import { placeFrom } from '../support/place.ts';
import { startSentinels, type TestSentinels } from '../support/redis-sentinel.ts';
import { silent } from '../support/spine.ts';
import { freshPrefix } from '../support/test-redis.ts';
import { describeStoreContract } from './contract.ts';

let sentinels: TestSentinels;
beforeAll(async () => {
  sentinels = await startSentinels();
});
afterAll(() => sentinels.end());

describeStoreContract('a pair behind a sentinel', {
  async open(keep) {
    const place = placeFrom({ REDIS_SENTINELS: sentinels.address });
    const redis = connectTo(place, silent);
    await reached(redis, 10_000);
    return new RedisStore(redis, connectSubscriberTo(place, silent), { prefix: freshPrefix(), keep });
  },
});
