import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { dropOldCuts, mendTail } from './private/append-only-file.ts';
import { type DataFolder, openDataFolder } from './private/data-folder.ts';
import { enterGate, type Gate, type Owner } from './private/gate.ts';
import { FolderInUse, pressOrphan } from './private/orphan.ts';
import { endOf, launch, socketUrl } from './private/redis-process.ts';
import { findRedisProgram, type RedisProgram } from './private/redis-program.ts';
import { StoreUnavailable } from './store.ts';

export { FolderInUse };

const backOffLeastMs = 100;
/** A full disk ends Redis again and again until there is room; then it shall be back within seconds. */
const backOffMostMs = 3_000;
const gateWaitMs = 40_000;
const stopWithinMs = 12_000;
const stillLoadingMs = 5_000;

/** It cannot be started; the message is a sentence for the operator. */
export class PrivateRedisFailed extends StoreUnavailable {
  override name = 'PrivateRedisFailed';
}

export interface PrivateRedis {
  url: string;
  /** Ends it, where it is ours: everything acknowledged is on disk already. A borrowed one goes on. */
  stop(): Promise<void>;
}

interface Parts {
  dataDir: string;
  pid: number;
  log: Logger;
}

/**
 * Starts the private Redis of `dataDir` for a server and keeps it running. Whatever a crash has left there (a Redis without its
 * server, one that no longer answers, a torn log of writes) is taken care of first. Throws `FolderInUse` where a running
 * server has the folder, and `PrivateRedisFailed` where Redis cannot run.
 */
export async function openPrivateRedis(parts: Parts): Promise<PrivateRedis> {
  const folder = openDataFolder(parts.dataDir);
  const owner: Owner = { kind: 'server', pid: parts.pid, ending: false };
  const entered = await waitForGate(folder, owner, parts.log);
  if ('running' in entered) {
    const by = entered.running === null ? '' : ` (process ${entered.running.pid})`;
    throw new FolderInUse(
      `A running Daymark${by} uses the data in ${folder.path}; stop it, or choose another DATA_DIR`,
    );
  }
  return start(folder, owner, entered.gate, parts.log);
}

/** For the command line: the private Redis of the running server, or one started for this command where none runs. */
export async function borrowPrivateRedis(parts: Parts): Promise<PrivateRedis> {
  const folder = openDataFolder(parts.dataDir);
  const owner: Owner = { kind: 'command', pid: parts.pid, ending: false };
  const entered = await waitForGate(folder, owner, parts.log);
  if ('running' in entered) return { url: socketUrl(folder), stop: async () => undefined };
  return start(folder, owner, entered.gate, parts.log);
}

/** Commands, and servers on their way out, leave soon: they are waited for. */
async function waitForGate(
  folder: DataFolder,
  me: Owner,
  log: Logger,
): Promise<{ gate: Gate } | { running: Owner | null }> {
  const deadline = performance.now() + gateWaitMs;
  let said = false;
  for (;;) {
    const entered = await enterGate(folder.gate, me);
    if ('gate' in entered) return entered;
    const { owner } = entered;
    const leaving = owner !== null && (owner.kind === 'command' || owner.ending);
    if (!leaving || performance.now() > deadline) return { running: owner };
    if (!said) log.info({ pid: owner.pid }, `Waiting for a ${owner.kind} that uses the same data`);
    said = true;
    await pause(100);
  }
}

async function start(folder: DataFolder, owner: Owner, gate: Gate, log: Logger): Promise<PrivateRedis> {
  const program = findRedisProgram();
  if (program === null) {
    await gate.leave();
    throw new PrivateRedisFailed(
      'No redis-server (or valkey-server) on PATH: install Redis 7 or later, or set REDIS_URL',
    );
  }
  const keeper = new Keeper(folder, program, log);
  try {
    await keeper.start();
  } catch (error) {
    await keeper.stop();
    await gate.leave();
    throw error;
  }
  const stop = async () => {
    owner.ending = true;
    await keeper.stop();
    await gate.leave();
  };
  return { url: socketUrl(folder), stop };
}

/** Keeps one Redis running on a folder until it is told to stop. */
class Keeper {
  readonly #folder: DataFolder;
  readonly #program: RedisProgram;
  readonly #log: Logger;
  readonly #stopped = new AbortController();
  #child: ChildProcess | null = null;

  constructor(folder: DataFolder, program: RedisProgram, log: Logger) {
    this.#folder = folder;
    this.#program = program;
    this.#log = log;
  }

  async start(): Promise<void> {
    await dropOldCuts(this.#folder);
    const child = await this.#bringUp();
    void this.#watch(child);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    const child = this.#child;
    if (child === null) return;
    const ended = endOf(child);
    child.kill('SIGTERM');
    // It may be stopped (SIGSTOP), loading or on a disk that hangs. What was acknowledged is on disk, so this loses nothing.
    const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
    await ended;
    clearTimeout(timer);
  }

  async #bringUp(): Promise<ChildProcess> {
    const begun = performance.now();
    const loading = setInterval(() => this.#log.info('The private Redis is still loading its data'), stillLoadingMs);
    try {
      let mended = false;
      for (;;) {
        this.#stopped.signal.throwIfAborted();
        const outcome = await launch(this.#folder, this.#program, (child) => {
          this.#child = child;
        });
        if (outcome.kind === 'up') return outcome.child;
        this.#child = null;
        if (outcome.kind === 'locked') {
          await pressOrphan(this.#folder, performance.now() - begun, this.#log);
        } else if (mended || !(await mendTail(this.#folder, this.#program, this.#log))) {
          throw new PrivateRedisFailed(`The private Redis in ${this.#folder.redis} does not start: ${outcome.reason}`);
        } else {
          mended = true;
        }
      }
    } finally {
      clearInterval(loading);
    }
  }

  async #watch(first: ChildProcess): Promise<void> {
    let child = first;
    while (!this.#stopped.signal.aborted) {
      const end = await endOf(child);
      if (this.#stopped.signal.aborted) return;
      this.#log.error({ end, log: this.#folder.logFile }, 'The private Redis has ended; starting it again');
      const again = await this.#bringUpAgain();
      if (again === null) return;
      child = again;
    }
  }

  async #bringUpAgain(): Promise<ChildProcess | null> {
    for (let wait = backOffLeastMs; !this.#stopped.signal.aborted; wait = Math.min(wait * 2, backOffMostMs)) {
      try {
        await pause(wait, undefined, { signal: this.#stopped.signal });
        const child = await this.#bringUp();
        this.#log.info('The private Redis is back');
        return child;
      } catch (error) {
        if (this.#stopped.signal.aborted) return null;
        this.#log.error({ err: error }, 'The private Redis cannot be started; trying again');
      }
    }
    return null;
  }
}
