import { single } from '../../server/store/place.ts';
import { sharedRedisUrl } from '../support/test-redis.ts';
import { describePeopleStore } from './people.ts';

describePeopleStore('a single Redis', () => single(sharedRedisUrl()));
