import { single } from '../../server/store/place.ts';
import { sharedRedisUrl } from '../support/test-redis.ts';
import { describeEmbedHostsStore } from './embed-hosts.ts';

describeEmbedHostsStore('a single Redis', () => single(sharedRedisUrl()));
