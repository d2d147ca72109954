import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { connectionName } from '../connection-options.ts';
import type { DataFolder } from './data-folder.ts';
import { ask } from './redis-process.ts';

/** A Redis whose server was killed is told so by the kernel and ends by itself: so long it is left alone. */
const byItselfMs = 1_500;
/** After this long the Redis that holds the folder is somebody’s, or cannot be ended from here. */
export const orphanMostMs = 40_000;
const killAfterMs = 15_000;

export class FolderInUse extends Error {
  override name = 'FolderInUse';
}

/**
 * One step towards ending the Redis that another server left on this folder; call it again, with the time since the first
 * call, until the folder can be had. Only the holder of the gate may: then no living server of this machine owns that Redis.
 * A server in another container that shares the folder has no gate here, but its connections are seen.
 */
export async function pressOrphan(folder: DataFolder, sinceMs: number, log: Logger): Promise<void> {
  if (sinceMs > orphanMostMs) {
    throw new FolderInUse(
      `Another Redis works in ${folder.redis} and does not end; stop it, or choose another DATA_DIR`,
    );
  }
  if (sinceMs < byItselfMs) return pause(50);
  const users = await ask(folder, async (redis) => namesOf(await redis.client('LIST')));
  if (users === null) await pressProcess(folder, sinceMs, log);
  else if (users.filter((name) => name === connectionName).length <= 1) {
    log.warn('A Redis without its server is still running on this data; ending it');
    await ask(folder, (redis) => redis.shutdown('NOSAVE'));
  } else if (sinceMs > killAfterMs) {
    throw new FolderInUse(`A running Daymark uses the data in ${folder.path}; stop it, or choose another DATA_DIR`);
  }
  return pause(200);
}

const namesOf = (clients: unknown): string[] =>
  [...String(clients).matchAll(/ name=(\S*)/g)].map(([, name]) => name ?? '');

async function pressProcess(folder: DataFolder, sinceMs: number, log: Logger): Promise<void> {
  const pid = readPid(folder);
  if (pid === null) return;
  const signal = sinceMs < killAfterMs ? 'SIGTERM' : 'SIGKILL';
  log.warn({ pid, signal }, 'A Redis without its server holds this data and does not answer; ending it');
  // A stopped process sees no signal but these two.
  for (const one of ['SIGCONT', signal] as const) send(pid, one);
  await pause(1_000);
}

/** The number is believed only where that process names our socket: after a reboot it may belong to anybody. */
function readPid(folder: DataFolder): number | null {
  try {
    const pid = Number(readFileSync(folder.pidFile, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 1 && commandOf(pid).includes(folder.socket) ? pid : null;
  } catch {
    return null; // no pid file, or no such process
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', `${pid}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
