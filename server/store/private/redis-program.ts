import { spawnSync } from 'node:child_process';

/** The names of Redis’s programs on this machine; Valkey is as good. */
export interface RedisProgram {
  server: string;
  checkAof: string;
  cli: string;
}

const known: readonly RedisProgram[] = [
  { server: 'redis-server', checkAof: 'redis-check-aof', cli: 'redis-cli' },
  { server: 'valkey-server', checkAof: 'valkey-check-aof', cli: 'valkey-cli' },
];

/** The first Redis on PATH, or null. */
export function findRedisProgram(): RedisProgram | null {
  return known.find(({ server }) => says(server, '--version', /v=/)) ?? null;
}

/**
 * What to put in front of a command so that the kernel itself keeps its lock for as long as it lives (exit code
 * `lockedCode` where somebody else has it), and ends it when its parent is gone. Empty where the tools do not exist (macOS;
 * BusyBox has tools of these names that lack the options).
 */
export function guards(lock: string): string[] {
  const dieWithParent = says('setpriv', '--help', /--pdeathsig/) ? ['setpriv', '--pdeathsig', 'TERM'] : [];
  const holdLock = says('flock', '--version', /util-linux/) ? ['flock', '-n', '-F', '-E', `${lockedCode}`, lock] : [];
  return [...dieWithParent, ...holdLock];
}

export const lockedCode = 75;

function says(program: string, argument: string, what: RegExp): boolean {
  const { stdout } = spawnSync(program, [argument], { encoding: 'utf8', timeout: 5_000 });
  return what.test(stdout ?? '');
}
