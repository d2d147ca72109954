import { single } from '../../server/store/place.ts';
import { sharedRedisUrl } from '../support/test-redis.ts';
import { describeSearchStore } from './search.ts';

describeSearchStore('a single Redis', () => single(sharedRedisUrl()));
