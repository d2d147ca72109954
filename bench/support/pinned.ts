import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The server measured and the load on it have a core each, so that neither is measured through the other’s work. */
const cores = { server: 0, load: 1 } as const;
export type Core = keyof typeof cores;

export const isPinned = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

export const coreNumber = (core: Core): number => cores[core];

/** Puts this process and what it starts on the load’s core; servers are put on theirs one by one. */
export function pinThisProcess(): void {
  if (isPinned) spawnSync('taskset', ['-a', '-c', '-p', String(cores.load), String(process.pid)]);
}

/** The command that runs a program on its core; unpinned where that can’t be done. */
export function onCore(core: Core, command: readonly string[]): { file: string; args: string[] } {
  const [file = '', ...args] = isPinned ? ['taskset', '-c', String(cores[core]), ...command] : command;
  return { file, args };
}

/** `BENCH_PROFILE=/tmp/profiles` has every server measured write a processor profile there when it ends. */
export function profiling(core: Core): string[] {
  const folder = process.env['BENCH_PROFILE'];
  return folder && core === 'server' ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}
