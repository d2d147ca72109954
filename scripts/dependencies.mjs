import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { step } from './say.mjs';

/** Installs what package-lock.json lists, unless node_modules holds exactly that already. */
export async function installDependencies(root) {
  if (isInstalled(root)) return;
  await step('Installing dependencies', () => npm(root, ['ci', '--include=dev', '--no-audit', '--no-fund']));
  writeFileSync(stampPath(root), fingerprint(root));
}

function isInstalled(root) {
  const stamp = readText(stampPath(root));
  if (stamp !== null && stamp === fingerprint(root)) return true;
  // Installed by hand: npm notes at the very end of an installation what it put there.
  return matchesHiddenLock(root);
}

function matchesHiddenLock(root) {
  const hidden = readText(join(root, 'node_modules', '.package-lock.json'));
  if (hidden === null) return false;
  const present = JSON.parse(hidden).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    return found ? found.version === entry.version && found.integrity === entry.integrity : entry.optional === true;
  });
}

/** Packages with compiled parts differ by platform and by Node's major version: a copied node_modules is no installation. */
function fingerprint(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  return `${hash} ${process.platform}-${process.arch} node-${process.versions.modules}\n`;
}

const stampPath = (root) => join(root, 'node_modules', '.daymark-installed');

function npm(root, args) {
  // The npm that called us, where there is one: the name alone can be another version, or missing from PATH.
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args], { cwd: root });
  return run('npm', args, { cwd: root });
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}
