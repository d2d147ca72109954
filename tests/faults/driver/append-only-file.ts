import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Redis’s log of writes, as the tests damage it: bytes, and where each write of a post ends. */
export interface AppendOnlyFile {
  path: string;
  bytes: Buffer;
}

export function readAppendOnlyFile(dataDir: string): AppendOnlyFile {
  const folder = join(dataDir, 'redis', 'appendonlydir');
  const newest = readdirSync(folder)
    .filter((name) => name.endsWith('.incr.aof'))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .at(-1);
  if (!newest) throw new Error(`there is no incremental file in ${folder}`);
  const path = join(folder, newest);
  return { path, bytes: readFileSync(path) };
}

/** Where the transaction ends that wrote this post: cut anywhere before, all of it must be gone, and none of it otherwise. */
export function endOfPost({ bytes }: AppendOnlyFile, key: string): number {
  const exec = '\r\n$4\r\nEXEC\r\n';
  const at = bytes.indexOf(`"headline":"${key}"`);
  if (at < 0) throw new Error(`${key} is not in the file`);
  return bytes.indexOf(exec, at) + exec.length;
}
