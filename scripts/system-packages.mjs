import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';
import { Explained, step } from './say.mjs';

const redis = {
  package: 'redis-server',
  programs: ['redis-server', 'valkey-server'],
  by: 'Redis 7 or later (macOS: brew install redis; Fedora: dnf install valkey; Alpine: apk add redis)',
};
const chromium = {
  package: 'chromium',
  programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  by: 'Chromium, for the tests in a browser (or name one in CHROMIUM_PATH)',
};

/** Installs the programs that a purpose needs and this machine lacks; where it may not, says what to install and gives up. */
export async function installPrograms(purpose) {
  const missing = needed(purpose).filter(({ programs }) => !programs.some(onPath));
  if (missing.length === 0) return;
  if (!onPath('apt-get') || process.getuid?.() !== 0) throw new Explained(instructions(missing, purpose));
  await step(`Installing ${missing.map((one) => one.package).join(' and ')} from the system's packages`, () =>
    install(missing),
  );
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
  await apt('install', '-y', '--no-install-recommends', ...missing.map((one) => one.package));
}

/** Debian starts a service as it installs it. Told that this is single-user mode and not for systemd, it leaves it alone. */
const quietly = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1', PREVLEVEL: 'N', SYSTEMD_OFFLINE: '1' };

function instructions(missing, purpose) {
  const lines = ['Something is missing that cannot be installed from here:'];
  for (const one of missing) lines.push(`  - ${one.by}`);
  lines.push(`On Debian or Ubuntu, as root: apt-get install ${missing.map((one) => one.package).join(' ')}`);
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
