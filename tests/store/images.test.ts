import { single } from '../../server/store/place.ts';
import { sharedRedisUrl } from '../support/test-redis.ts';
import { describeImagesStore } from './images.ts';

describeImagesStore('a single Redis', () => single(sharedRedisUrl()));
