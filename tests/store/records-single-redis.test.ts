import { single } from '../../server/store/place.ts';
import { sharedRedisUrl } from '../support/test-redis.ts';
import { describeRecordsStore } from './records.ts';

describeRecordsStore('a single Redis', () => single(sharedRedisUrl()));
