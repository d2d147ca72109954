import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Logger } from 'pino';
import type { DataFolder } from './data-folder.ts';
import type { RedisProgram } from './redis-program.ts';

/** More than this is no torn write. */
const tornBytesMost = 16 * 1024 * 1024;
/** Time enough to look at what was cut off. */
const cutsKeptMs = 7 * 86_400_000;

interface Damage {
  file: string;
  soundBytes: number;
  cutBytes: number;
}

/**
 * Mends what a crash leaves and Redis refuses to load: a write that is torn, and behind it perhaps, or alone, a tail that was
 * allocated but never written, hence zeros. With an fsync before every answer, nothing acknowledged lies there. The whole
 * write is cut off; Redis itself (`aof-load-truncated`) would cut behind the last of its steps that is whole, leave the
 * transaction open, and at the next start but one do those steps together with the write after it. What is cut is kept beside
 * the data. Any other damage is left alone, for a person to decide: cutting there could lose acknowledged writes. Returns
 * whether it mended something.
 */
export async function mendTail(folder: DataFolder, program: RedisProgram, log: Logger): Promise<boolean> {
  const manifest = join(folder.appendOnly, 'appendonly.aof.manifest');
  const damage = findDamage(await check(program, [manifest]));
  if (damage === null) return false;
  const path = join(folder.appendOnly, damage.file);
  if (damage.cutBytes > tornBytesMost || !(await endsUnfinished(path, damage.soundBytes))) return false;
  const kept = join(folder.redis, `${cutPrefix}${new Date().toISOString().replaceAll(':', '-')}-${damage.file}`);
  await pipeline(createReadStream(path, { start: damage.soundBytes }), createWriteStream(kept, { mode: 0o600 }));
  await check(program, ['--fix', manifest]);
  log.warn(
    { file: path, cutBytes: damage.cutBytes, soundBytes: damage.soundBytes, kept },
    'The log of writes ended in a write that was never finished, as after a crash; it was cut off and kept aside',
  );
  return true;
}

/**
 * Deletes what was cut off and kept aside over seven days ago. A text stands in it that its writer has sent again since, and
 * that may have been taken down: no takedown reaches there.
 */
export async function dropOldCuts(folder: DataFolder): Promise<void> {
  const cuts = (await readdir(folder.redis)).filter((name) => name.startsWith(cutPrefix));
  for (const path of cuts.map((name) => join(folder.redis, name))) {
    if ((await stat(path)).mtimeMs < Date.now() - cutsKeptMs) await rm(path);
  }
}

const cutPrefix = 'cut-';

async function check(program: RedisProgram, args: string[]): Promise<string> {
  const child = spawn(program.checkAof, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const failed = once(child, 'error').then(([error]) => Promise.reject(error));
  child.stdin.on('error', () => undefined); // it asked nothing and has gone: its output says why
  child.stdin.end('y\n');
  return Promise.race([text(child.stdout), failed]);
}

function findDamage(report: string): Damage | null {
  const lines = report.matchAll(/filename=(?<file>[^,]+), size=\d+, ok_up_to=(?<sound>\d+),.* diff=(?<cut>\d+)/g);
  for (const { groups } of lines) {
    const cutBytes = Number(groups?.['cut']);
    if (groups?.['file'] && cutBytes > 0)
      return { file: groups['file'], soundBytes: Number(groups['sound']), cutBytes };
  }
  return null;
}

/** Whether what stands in the file since the last sound write, zeros at its end apart, is the beginning of one and no more. */
async function endsUnfinished(path: string, from: number): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(size - from);
    await file.read(tail, 0, tail.length, from);
    let end = tail.length;
    while (end > 0 && tail[end - 1] === 0) end--;
    const begun = tail.subarray(0, end);
    return !begun.includes(finished) && isTornWrite(begun);
  } finally {
    await file.close();
  }
}

/** Behind damage, a write that Redis had finished: cutting would lose it, whatever a damaged length says. */
const finished = '*1\r\n$4\r\nEXEC\r\n';

/** Commands as Redis writes them, `*<parts>` and `$<bytes>` each, that end in the middle. They may carry any byte, zeros too. */
function isTornWrite(bytes: Buffer): boolean {
  let at = 0;
  const number = (sign: string): number | 'torn' | 'wrong' => {
    const end = bytes.indexOf('\r\n', at);
    const line = bytes.toString('latin1', at, end < 0 ? bytes.length : end);
    if (end < 0) return line.length < 16 && (line === '' || line.startsWith(sign)) ? 'torn' : 'wrong';
    at = end + 2;
    return line.startsWith(sign) && /^.\d+$/.test(line) ? Number(line.slice(1)) : 'wrong';
  };
  while (at < bytes.length) {
    const parts = number('*');
    if (typeof parts === 'string') return parts === 'torn';
    for (let part = 0; part < parts; part++) {
      const length = number('$');
      if (typeof length === 'string') return length === 'torn';
      if (at + length + 2 > bytes.length) return true;
      at += length + 2;
    }
  }
  return true;
}
