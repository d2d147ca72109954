import { spawnSync } from 'node:child_process';
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
/** The same browser without windows opens a page in a quarter of the time. Where it is not offered, tests do without. */
const shell = { package: 'chromium-headless-shell', programs: ['chromium-headless-shell'], spare: true };

/** Installs the programs that a purpose needs and this machine lacks; where it may not, says what to install and gives up. */
export async function installPrograms(purpose) {
  const missing = needed(purpose).filter(isMissing);
  const required = missing.filter(({ spare }) => !spare);
  const isAllowed = onPath('apt-get') && process.getuid?.() === 0;
  if (required.length > 0 && !isAllowed) throw new Explained(instructions(required, purpose));
  const wanted = required.length > 0 ? missing : missing.filter((one) => isAllowed && isOffered(one));
  if (wanted.length === 0) return;
  const names = wanted.map((one) => one.package).join(' and ');
  await step(`Installing ${names} from the system's packages`, () => install(wanted));
  const still = required.filter(isMissing);
  if (still.length > 0) throw new Explained(instructions(still, purpose));
}

const isMissing = ({ programs }) => !programs.some(onPath);

function needed(purpose) {
  if (purpose === 'test') return process.env.CHROMIUM_PATH ? [redis] : [redis, chromium, shell];
  const elsewhere = ['REDIS_URL', 'REDIS_CLUSTER_URLS', 'REDIS_SENTINELS'].some((name) => process.env[name]);
  return elsewhere ? [] : [redis];
}

async function install(missing) {
  // Killed in the middle, dpkg would have to be repaired by hand: it is asked to end.
  const how = { env: quietly, endBy: 'SIGTERM' };
  const apt = (...args) => run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], how);
  await apt('update');
  const offered = missing.filter((one) => !one.spare || isOffered(one)).map((one) => one.package);
  await apt('install', '-y', '--no-install-recommends', ...offered);
}

const isOffered = (one) => spawnSync('apt-cache', ['show', one.package], { stdio: 'ignore' }).status === 0;

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
