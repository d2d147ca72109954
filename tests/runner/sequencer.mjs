import { statSync } from 'node:fs';
import TestSequencer from '@jest/test-sequencer';

/** Folders of tests that start whole servers, or browsers: they take longest. */
const long = /\/tests\/(e2e|start|faults|attacks|cli|ops|delivery)\//;
const inBrowsers = /\/tests\/e2e\//;

/**
 * The order of test files: long ones first, so that at the end all workers have something to do, and in turn one in a browser, which
 * keeps a processor busy, and one of a server, which waits for it. A fresh clone does not know how long each took; this needs not to.
 */
export default class Sequencer extends TestSequencer {
  sort(tests) {
    const bySize = [...tests].map((test) => ({ test, size: statSync(test.path).size })).sort((a, b) => b.size - a.size);
    const sorted = bySize.map(({ test }) => test);
    const which = (isIn) => sorted.filter(({ path }) => isIn(path));
    const browsers = which((path) => inBrowsers.test(path));
    const servers = which((path) => long.test(path) && !inBrowsers.test(path));
    const turns = Array.from({ length: Math.max(browsers.length, servers.length) }, (_, at) => [
      browsers[at],
      servers[at],
    ]);
    return [...turns.flat().filter(Boolean), ...which((path) => !long.test(path))];
  }
}
