/** Unit, contract and black-box tests run from the sources; pages are tested against the build that `pretest` makes. */
export default {
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  // What takes long has a name of its own in package.json, which says so.
  testPathIgnorePatterns: process.env['TEST_SUITE']
    ? ['/node_modules/']
    : ['/node_modules/', '<rootDir>/tests/.*/long/'],
  globalSetup: '<rootDir>/tests/runner/global-setup.mjs',
  globalTeardown: '<rootDir>/tests/runner/global-teardown.mjs',
  testRunner: '<rootDir>/tests/runner/runner.mjs',
  testSequencer: '<rootDir>/tests/runner/sequencer.mjs',
  testEnvironment: '<rootDir>/tests/runner/environment.mjs',
  // Nothing of a test is in the context of the environment.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  // Node loads everything itself: tests/runner/hooks.mjs.
  transform: {},
  testTimeout: 60_000,
  // One more than the two processors that it is meant for: a sixth of the time of two was spent waiting for other processes.
  maxWorkers: 3,
};
