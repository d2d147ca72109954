import { type ChildProcess, spawn } from 'node:child_process';
import { renameSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { connect, reached } from '../connection.ts';
import type { DataFolder } from './data-folder.ts';
import { guards, lockedCode, type RedisProgram } from './redis-program.ts';

const logBytesMost = 4 * 1024 * 1024;
/** Loading takes as long as it takes: a gigabyte in about ten seconds. */
const loadingMostMs = 24 * 60 * 60_000;
const answerWithinMs = 1_000;
const refusedWithinMs = 2_000;
const silent = pino({ level: 'silent' });

/** One attempt to start Redis on a data folder. `locked`: another Redis has it. */
export type Launch = { kind: 'up'; child: ChildProcess } | { kind: 'locked' } | { kind: 'failed'; reason: string };

/**
 * Starts Redis and resolves once it has loaded its data and answers. It gets a session of its own, so that Ctrl-C in the
 * terminal reaches the server alone and Redis outlives the server’s orderly shutdown.
 */
export async function launch(
  folder: DataFolder,
  program: RedisProgram,
  onChild: (child: ChildProcess) => void,
): Promise<Launch> {
  const guarded = guards(folder.lock);
  if (!guarded.includes(folder.lock) && (await ask(folder, (redis) => redis.ping()))) return { kind: 'locked' };
  const logFrom = turnOverLog(folder.logFile);
  const [command = '', ...args] = [...guarded, program.server, ...settings(folder)];
  const child = spawn(command, args, { stdio: 'ignore', detached: true, cwd: folder.redis });
  onChild(child);
  const redis = connect(socketUrl(folder), silent);
  const decided = new AbortController();
  try {
    const end = await Promise.race([endOf(child), itself(child, redis, decided.signal)]);
    if (end === undefined) return { kind: 'up', child };
    if (end === lockedCode) return { kind: 'locked' };
    return { kind: 'failed', reason: `${await lastWords(folder.logFile, logFrom)} (${end})` };
  } finally {
    decided.abort();
    redis.disconnect();
  }
}

/**
 * Resolves once this very child answers. For a moment it may be the Redis of a server that is gone who does, while ours is
 * being refused the lock: that end is waited for. (A child with another number that lives on was started by a wrapper.)
 */
async function itself(child: ChildProcess, redis: Redis, decided: AbortSignal): Promise<number | string | undefined> {
  await reached(redis, loadingMostMs, decided);
  const pid = /^process_id:(\d+)/m.exec(await redis.info('server').catch(() => ''))?.[1];
  if (Number(pid) === child.pid) return undefined;
  return Promise.race([endOf(child), pause(refusedWithinMs, undefined)]);
}

/** How a child ended: its exit code, or in words a signal or the reason why it could not even be started. */
export function endOf(child: ChildProcess): Promise<number | string> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  if (child.signalCode !== null) return Promise.resolve(child.signalCode);
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
    child.once('error', (error) => resolve(error.message));
  });
}

/** Puts a question to the Redis on the folder’s socket; null where none answers in time: absent, loading or frozen. */
export async function ask<T>(folder: DataFolder, question: (redis: Redis) => Promise<T>): Promise<T | null> {
  const redis = connect(socketUrl(folder), silent);
  try {
    await reached(redis, answerWithinMs);
    return await question(redis);
  } catch {
    return null; // whoever asks has further means for all of these cases
  } finally {
    redis.disconnect();
  }
}

export const socketUrl = (folder: DataFolder): string =>
  `unix://${folder.socket.split('/').map(encodeURIComponent).join('/')}`;

function settings(folder: DataFolder): string[] {
  return Object.entries({
    port: '0',
    unixsocket: folder.socket,
    unixsocketperm: '700',
    dir: folder.redis,
    pidfile: folder.pidFile,
    logfile: folder.logFile,
    appendonly: 'yes',
    appendfsync: 'always',
    // Of a torn write it would leave the beginning: `mendTail` knows better.
    'aof-load-truncated': 'no',
    save: '',
    'maxmemory-policy': 'noeviction',
    databases: '1',
    'always-show-logo': 'no',
    daemonize: 'no',
  }).flatMap(([name, value]) => [`--${name}`, value]);
}

/** Keeps Redis’s own log from growing for ever. Returns where this start’s lines will begin. */
function turnOverLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size < logBytesMost) return size;
  renameSync(path, `${path}.old`);
  return 0;
}

/** What Redis said last before it ended; its warnings have a `#` where other lines have a `*`. */
async function lastWords(path: string, from: number): Promise<string> {
  const file = await open(path).catch((error: Error) => error);
  if (file instanceof Error) return `its log can’t be read: ${file.message}`;
  try {
    const size = Math.max((await file.stat()).size - from, 0);
    const { buffer } = await file.read(Buffer.alloc(size), 0, size, from);
    const lines = buffer.toString().trimEnd().split('\n');
    const warnings = lines.filter((line) => / # /.test(line)).map((line) => line.replace(/^.* # /, ''));
    return warnings.at(-1) ?? lines.at(-1) ?? 'it said nothing';
  } finally {
    await file.close();
  }
}
