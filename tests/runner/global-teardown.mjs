export default () => globalThis.sharedTestRedis?.end();
