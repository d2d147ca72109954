import { connect, connectSubscriber, reached } from '../../server/store/connection.ts';
import { RedisStore } from '../../server/store/redis-store.ts';
import { silent } from '../support/spine.ts';
import { freshPrefix, sharedRedisUrl } from '../support/test-redis.ts';
import { describeStoreContract } from './contract.ts';

describeStoreContract('a single Redis', {
  async open(keep) {
    const redis = connect(sharedRedisUrl(), silent);
    const subscriber = connectSubscriber(sharedRedisUrl(), silent);
    await reached(redis, 10_000);
    return new RedisStore(redis, subscriber, { prefix: freshPrefix(), keep });
  },
});
