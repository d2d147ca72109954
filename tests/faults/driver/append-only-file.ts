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

/** A value of a hash, where its bytes stand in the file. */
export interface LoggedValue {
  key: string;
  field: string;
  at: number;
  length: number;
}

/** The last value that was written of each field of each hash: what Redis will believe. */
export function lastValues({ bytes }: AppendOnlyFile): LoggedValue[] {
  const last = new Map<string, LoggedValue>();
  for (const words of commandsIn(bytes)) {
    const [command, key, ...rest] = words;
    const name = command ? textOf(bytes, command).toUpperCase() : '';
    if (!key || (name !== 'HSET' && name !== 'HMSET' && name !== 'HDEL')) continue;
    for (let i = 0; i < rest.length; i += name === 'HDEL' ? 1 : 2) {
      const [field, value] = [rest[i], rest[i + 1]];
      if (!field) continue;
      const entry = { key: textOf(bytes, key), field: textOf(bytes, field) };
      if (name === 'HDEL' || !value) last.delete(`${entry.key} ${entry.field}`);
      else last.set(`${entry.key} ${entry.field}`, { ...entry, ...value });
    }
  }
  return [...last.values()];
}

interface Word {
  at: number;
  length: number;
}

const textOf = (bytes: Buffer, { at, length }: Word): string => bytes.toString('utf8', at, at + length);

/** Redis’s own protocol: `*2`, `$4`, four bytes … */
function* commandsIn(bytes: Buffer): Generator<Word[]> {
  let at = 0;
  const line = (): string => {
    const end = bytes.indexOf('\r\n', at);
    const text = bytes.toString('latin1', at, end);
    at = end + 2;
    return text;
  };
  while (at < bytes.length) {
    const first = line();
    if (first.startsWith('#')) continue;
    yield Array.from({ length: Number(first.slice(1)) }, () => {
      const length = Number(line().slice(1));
      const word = { at, length };
      at += length + 2;
      return word;
    });
  }
}
