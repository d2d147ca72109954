// Makes a checkout ready for `npm start`, `npm test` or `npm run daymark`: what is there already is left as it is.
// Plain Node without dependencies: it runs before anything is installed. Usage: node scripts/setup.mjs start|test|cli
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { installDependencies } from './dependencies.mjs';
import { takeLock } from './lock.mjs';
import { endWithSignals } from './run.mjs';
import { Explained, say } from './say.mjs';
import { installPrograms } from './system-packages.mjs';

const leastNode = [20, 19];
const root = fileURLToPath(new URL('..', import.meta.url));

async function setUp(purpose) {
  checkNode();
  const release = await takeLock(join(root, 'dist', '.setup-lock'));
  endWithSignals(release);
  try {
    const prepare = async () => {
      await installDependencies(root);
      await build(root);
    };
    // Independent of each other, and both wait for the network: at the same time. Both end before a fault is told.
    const outcomes = await Promise.allSettled([prepare(), installPrograms(purpose)]);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  } finally {
    release();
  }
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) return;
  throw new Explained(
    `Node ${leastNode.join('.')} or later is needed; this is ${process.versions.node}. See https://nodejs.org/en/download`,
  );
}

await setUp(process.argv[2] ?? 'start').catch((error) => {
  say(error instanceof Explained ? error.message : (error.stack ?? String(error)));
  process.exitCode = 1;
});
