import { single } from '../../server/store/place.ts';
import { sharedRedisUrl } from '../support/test-redis.ts';
import { describeEmbedReleasesStore } from './embed-releases.ts';

describeEmbedReleasesStore('a single Redis', () => single(sharedRedisUrl()));
