// What `@jest/globals` is for tests and for what they share, which is loaded once and used by one test file after another:
// the bindings change with the file.
export let afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test;

export function use(globals) {
  ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } = globals);
}
