import { single } from '../../server/store/place.ts';
import { sharedRedisUrl } from '../support/test-redis.ts';
import { describePushStore } from './push.ts';

describePushStore('a single Redis', () => single(sharedRedisUrl()));
