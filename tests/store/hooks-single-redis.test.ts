import { single } from '../../server/store/place.ts';
import { sharedRedisUrl } from '../support/test-redis.ts';
import { describeHooksStore } from './hooks.ts';

describeHooksStore('a single Redis', () => single(sharedRedisUrl()));
