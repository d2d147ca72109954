import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Set within the namespace: this process has a network of its own, which it may spoil. */
const variable = 'DAYMARK_OWN_NETWORK';
export const hasOwnNetwork = process.env[variable] === 'yes';

/** Whether this machine can lose packets at random: root, network namespaces, and nft with its random numbers. */
export function canLosePackets(): boolean {
  const rules =
    'add table inet daymark; add chain inet daymark in { type filter hook input priority 0; }; add rule inet daymark in numgen random mod 100 < 30 drop';
  return spawnSync('unshare', ['--net', 'nft', rules]).status === 0;
}

/** Runs a test file once more, in a network namespace where nothing is but its own loopback. What it says, and its exit code. */
export function runInOwnNetwork(file: string): { status: number | null; output: string } {
  const jest = fileURLToPath(new URL('../../../node_modules/jest/bin/jest.js', import.meta.url));
  const command = [process.execPath, ...process.execArgv, '--no-warnings', jest, file];
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    ['--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...command],
    { env: { ...process.env, [variable]: 'yes' }, encoding: 'utf8', maxBuffer: 64 * 1_048_576 },
  );
  return { status, output: stdout + stderr };
}

/** Loses so many of 100 packets to and from a port, at random, until `end`. */
export function losePackets(port: number, percent: number): { end: () => void } {
  const lose = (way: 'dport' | 'sport'): string =>
    `add rule inet daymark in tcp ${way} ${port} numgen random mod 100 < ${percent} drop`;
  nft(
    `add table inet daymark; add chain inet daymark in { type filter hook input priority 0; }; ${lose('dport')}; ${lose('sport')}`,
  );
  return { end: () => nft('delete table inet daymark') };
}

function nft(rules: string): void {
  const { status, stderr } = spawnSync('nft', [rules], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`nft: ${stderr}`);
}
