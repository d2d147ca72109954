/** Unit, contract and black-box tests run from the sources; pages are tested against the build that `pretest` makes. */
const shared = {
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  testEnvironment: 'node',
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
};

export default {
  ...shared,
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  // What takes long has a name of its own in package.json, which says so.
  testPathIgnorePatterns: process.env['TEST_SUITE']
    ? ['/node_modules/']
    : ['/node_modules/', '<rootDir>/tests/.*/long/'],
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  testTimeout: 60_000,
  maxWorkers: 2,
};
