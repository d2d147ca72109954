import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { DayView } from '../../shared/day.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** The data of a version that was released, and what it told of them (see write-fixture.mjs). */
export interface Fixture {
  head: { position: string; hash: string };
  days: DayView[];
  removed: string;
  first: { key: string; id: string };
}

/** Every released form of the data. None is ever taken away: somebody has them. */
export const fixtures = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''));

export const fixture = (name: string): Fixture => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));

/** Puts the data where a server with this DATA_DIR finds them. `alter`: what else happened to Redis’s log of writes. */
export function unpack(name: string, dataDir: string, alter: (log: Buffer) => Buffer = (log) => log): void {
  const files = join(dataDir, 'redis', 'appendonlydir');
  mkdirSync(files, { recursive: true, mode: 0o700 });
  const log = alter(gunzipSync(readFileSync(join(folder, `${name}.aof.gz`))));
  writeFileSync(join(files, 'appendonly.aof.1.incr.aof'), log, { mode: 0o600 });
  writeFileSync(join(files, 'appendonly.aof.manifest'), 'file appendonly.aof.1.incr.aof seq 1 type i\n', {
    mode: 0o600,
  });
}
