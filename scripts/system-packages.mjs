import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';
import { Explained, step } from './say.mjs';

const redis = {
  packages: ['redis-server'],
  programs: ['redis-server', 'valkey-server'],
  by: 'Redis 7 or later (macOS: brew install redis; Fedora: dnf install valkey; Alpine: apk add redis)',
};
/** The same browser without windows opens a page in a quarter of the time; older systems have it with them only. */
const chromium = {
  packages: ['chromium-headless-shell', 'chromium'],
  programs: ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  by: 'Chromium, for the tests in a browser (or name one in CHROMIUM_PATH)',
};

/** Installs the programs that a purpose needs and this machine lacks; where it may not, says what to install and gives up. */
export async function installPrograms(purpose) {
  const missing = needed(purpose).filter(({ programs }) => !programs.some(onPath));
  if (missing.length === 0) return;
  if (!onPath('apt-get') || process.getuid?.() !== 0) throw new Explained(instructions(missing, purpose));
  const names = missing.map(({ packages }) => packages[0]).join(' and ');
  await step(`Installing ${names} from the system's packages`, () => install(missing));
  const still = missing.filter(({ programs }) => !programs.some(onPath));
  if (still.length > 0) throw new Explained(instructions(still, purpose));
}

function needed(purpose) {
  if (purpose === 'test') return process.env.CHROMIUM_PATH ? [redis] : [redis, chromium];
  const elsewhere = ['REDIS_URL', 'REDIS_CLUSTER_URLS', 'REDIS_SENTINELS'].some((name) => process.env[name]);
  return elsewhere ? [] : [redis];
}

async function install(missing) {
  // Killed in the middle, dpkg would have to be repaired by hand: it is asked to end.
  const how = { env: quietly, endBy: 'SIGTERM' };
  const apt = (...args) => run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], how);
  await apt('update');
  const there = missing.map(({ packages }) => packages.find(isOffered) ?? packages[0]);
  await apt('install', '-y', '--no-install-recommends', ...there);
}

const isOffered = (name) => spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0;

/** Debian starts a service as it installs it. Told that this is single-user mode and not for systemd, it leaves it alone. */
const quietly = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1', PREVLEVEL: 'N', SYSTEMD_OFFLINE: '1' };

function instructions(missing, purpose) {
  const lines = ['Something is missing that cannot be installed from here:'];
  for (const one of missing) lines.push(`  - ${one.by}`);
  lines.push(
    `On Debian or Ubuntu, as root: apt-get install ${missing.map(({ packages }) => packages.at(-1)).join(' ')}`,
  );
  if (purpose !== 'test') lines.push('Or use a Redis that runs elsewhere: REDIS_URL=redis://host:6379 npm start');
  return lines.join('\n');
}

function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder || '.', program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
