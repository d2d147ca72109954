import { startRedis, type TestRedis } from './test-redis.ts';

declare global {
  // var is what puts a name on globalThis; jest’s setup and teardown share no other place.
  var sharedTestRedis: TestRedis | undefined;
}

/** One Redis for all suites of a run; workers inherit its address. */
export default async function setup(): Promise<void> {
  globalThis.sharedTestRedis = await startRedis();
  process.env['TEST_REDIS_URL'] = globalThis.sharedTestRedis.url;
}
