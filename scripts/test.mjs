// Runs everything that says whether this checkout is sound; the last line of stdout is `N passed, N failed`.
// Arguments go to jest; with any (a path, -t …) types and style are left out: `npm test -- tests/start`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = (path) => join(root, 'node_modules', path);
const children = new Set();

/** Resolves to whether it succeeded; what it prints goes to the terminal. */
function attempt(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    children.add(child);
    child.once('error', reject);
    child.once('exit', (code) => {
      children.delete(child);
      resolve(code === 0);
    });
  });
}

async function checkHouse() {
  const types = await attempt([program('typescript/bin/tsc'), '-b']);
  const style = await attempt([program('@biomejs/biome/bin/biome'), 'check', '--diagnostic-level=error', '.']);
  for (const [name, sound] of Object.entries({ 'types (tsc -b)': types, 'style (biome check)': style })) {
    console.log(`${sound ? 'PASS' : 'FAIL'} ${name}`);
  }
  return { passed: Number(types) + Number(style), failed: Number(!types) + Number(!style) };
}

async function runJest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'daymark-jest-'));
  const report = join(folder, 'report.json');
  try {
    const jest = ['--no-warnings', program('jest/bin/jest.js')];
    const sound = await attempt([...jest, ...args, '--json', '--outputFile', report]);
    return count(report, sound);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A suite that could not run at all counts as a failure, and so does a run that found no test or ended without a report. */
function count(report, sound) {
  let results;
  try {
    results = JSON.parse(readFileSync(report, 'utf8'));
  } catch (error) {
    console.error(`jest left no report: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
  const passed = results.numPassedTests;
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  if (failed === 0 && (passed === 0 || !sound)) return { passed, failed: 1 };
  return { passed, failed };
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.once(signal, () => {
    for (const child of children) child.kill('SIGTERM');
    process.exitCode = 1;
  });
}

const args = process.argv.slice(2);
const none = { passed: 0, failed: 0 };
const house = args.length === 0 ? await checkHouse() : none;
const suites = await runJest(args);
const failed = house.failed + suites.failed;
console.log(`${house.passed + suites.passed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
