import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endWithSignals, run } from './run.mjs';
import { Explained, say, step } from './say.mjs';

const sources = ['shared', 'server', 'client', 'bench', 'public'];
const settings = /^(tsconfig.*\.json|vite\..*config\.ts|package-lock\.json)$/;
const bundles = ['', 'newsroom.', 'offline.', 'server.', 'bench.'].map((name) => `vite.${name}config.ts`);

/**
 * Builds into dist/ unless it holds the present sources already. The stamp goes first and comes back last, so a build that
 * was killed in the middle is made again.
 */
export async function build(root) {
  const stamp = join(root, 'dist', '.built');
  const wanted = fingerprint(root);
  const present = existsSync(stamp) ? readFileSync(stamp, 'utf8') : null;
  if (present === wanted && existsSync(join(root, 'dist/server/main.js'))) return;
  await step('Building', async () => {
    rmSync(stamp, { force: true });
    await bundle(root);
    copyAssets(root);
    writeFileSync(stamp, wanted);
  });
}

function bundle(root) {
  const bundler = join(root, 'node_modules/vite/bin/vite.js');
  return Promise.all(
    bundles.map((config) =>
      run(process.execPath, [bundler, 'build', '--config', config, '--logLevel', 'warn'], { cwd: root }),
    ),
  );
}

/** What the server reads beside its code (Lua scripts and the like) goes to the same place beside the built code. */
function copyAssets(root) {
  for (const file of filesUnder(join(root, 'server'))) {
    if (file.endsWith('.ts') || file.endsWith('tsconfig.json')) continue;
    const target = join(root, 'dist', relative(root, file));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(file, target);
  }
}

function fingerprint(root) {
  const files = readdirSync(root).filter((name) => settings.test(name));
  const hash = createHash('sha256');
  const all = [...files.map((name) => join(root, name)), ...sources.flatMap((name) => filesUnder(join(root, name)))];
  for (const file of [...all, fileURLToPath(import.meta.url)].sort()) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  endWithSignals(() => undefined);
  await build(fileURLToPath(new URL('..', import.meta.url))).catch((error) => {
    say(error instanceof Explained ? error.message : (error.stack ?? String(error)));
    process.exitCode = 1;
  });
}
