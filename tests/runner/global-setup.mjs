import './register.mjs';

/** One Redis for all suites of a run; workers inherit its address. */
export default async function setup() {
  const { startRedis } = await import('../support/test-redis.ts');
  // Jest’s setup and teardown share no other place.
  globalThis.sharedTestRedis = await startRedis();
  process.env.TEST_REDIS_URL = globalThis.sharedTestRedis.url;
}
