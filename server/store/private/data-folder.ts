import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { platform, userInfo } from 'node:os';
import { join } from 'node:path';

/** A unix socket’s path may have 107 bytes on Linux and 103 on macOS and the BSDs. */
const socketPathBytes = 103;

/** Where a private Redis keeps what, under DATA_DIR. */
export interface DataFolder {
  path: string;
  redis: string;
  appendOnly: string;
  lock: string;
  pidFile: string;
  logFile: string;
  socket: string;
  /** Address on which the owner of the folder listens: whoever holds it may start and end its Redis. */
  gate: string;
}

/** Makes the folder (for its owner alone: drafts and tokens lie in it) and names everything in it. */
export function openDataFolder(dataDir: string): DataFolder {
  mkdirSync(join(dataDir, 'redis'), { recursive: true, mode: 0o700 });
  // Two ways to write one folder must not make two owners of it.
  const path = realpathSync(dataDir);
  const redis = join(path, 'redis');
  const id = createHash('sha256').update(path).digest('hex').slice(0, 16);
  return {
    path,
    redis,
    appendOnly: join(redis, 'appendonlydir'),
    lock: join(redis, 'lock'),
    pidFile: join(redis, 'redis.pid'),
    logFile: join(redis, 'redis.log'),
    socket: shortEnough(join(redis, 'redis.sock'), id, 'redis.sock'),
    // Linux has names without a file, which vanish with their process: nothing stale is ever left behind.
    gate:
      platform() === 'linux'
        ? `\0daymark/${userInfo().uid}/${id}`
        : shortEnough(join(path, 'gate.sock'), id, 'gate.sock'),
  };
}

function shortEnough(socket: string, id: string, name: string): string {
  if (Buffer.byteLength(socket) <= socketPathBytes) return socket;
  // Fixed, not TMPDIR: the command line must find the same place from another session.
  const folder = `/tmp/daymark-${userInfo().uid}-${id}`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== userInfo().uid || (found.mode & 0o077) !== 0) {
    throw new Error(`${folder} is not a folder of this user alone; remove it, or choose a shorter DATA_DIR`);
  }
  return join(folder, name);
}
