import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Why there can be no shims here; null where there can. */
export function whyNoShims(): string | null {
  if (platform() !== 'linux') return 'LD_PRELOAD is Linux’s';
  return spawnSync('gcc', ['--version']).status === 0 ? null : 'there is no gcc here';
}

/** Compiles `shims/<name>.c` into the folder; the path for LD_PRELOAD. */
export function compileShim(name: 'clock' | 'sync', folder: string): string {
  const source = fileURLToPath(new URL(`shims/${name}.c`, import.meta.url));
  const target = join(folder, `${name}.so`);
  const { status, stderr } = spawnSync('gcc', ['-O2', '-Wall', '-Wextra', '-shared', '-fPIC', '-o', target, source], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`gcc: ${stderr}`);
  return target;
}

/** A clock that a test moves under a running program. */
export class ShiftedClock {
  readonly environment: Record<string, string>;
  readonly #file: string;

  constructor(folder: string, of?: 'node' | 'redis') {
    this.#file = join(folder, 'clock-offset');
    writeFileSync(this.#file, Buffer.alloc(8));
    this.environment = {
      LD_PRELOAD: compileShim('clock', folder),
      CLOCK_FILE: this.#file,
      ...(of && { CLOCK_OF: of }),
    };
  }

  /** Written where it stands: the program has the file mapped. */
  shift(ms: number): void {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(ms));
    const file = openSync(this.#file, 'r+');
    writeSync(file, bytes, 0, 8, 0);
    closeSync(file);
  }
}

/** Remembers how much of each append-only file was on disk. */
export class SyncRecord {
  readonly environment: Record<string, string>;
  readonly #file: string;

  constructor(folder: string, delayMs: number) {
    this.#file = join(folder, 'synced');
    writeFileSync(this.#file, '');
    this.environment = {
      LD_PRELOAD: compileShim('sync', folder),
      SYNC_FILE: this.#file,
      ...(delayMs > 0 && { SYNC_DELAY_US: `${delayMs * 1_000}` }),
    };
  }

  /** Bytes on disk by path, after the last sync that ended. */
  onDisk(): Map<string, number> {
    const lines = readFileSync(this.#file, 'utf8').trimEnd().split('\n').filter(Boolean);
    return new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), Number.parseInt(line, 10)]));
  }
}
