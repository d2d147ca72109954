import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { temporaryFolder } from '../support/temporary-folder.ts';

const run = promisify(execFile);
const folders: { remove: () => void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function newFolder(): string {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder.path;
}

const scripts = new URL('../../scripts/', import.meta.url);

/** Takes the lock, notes when it has it and when it lets go, and works a moment in between. */
const worker = `
  import { appendFileSync } from 'node:fs';
  import { setTimeout as work } from 'node:timers/promises';
  import { takeLock } from '${new URL('lock.mjs', scripts)}';
  const [lock, notes] = process.argv.slice(1);
  const release = await takeLock(lock);
  appendFileSync(notes, 'in ');
  await work(20);
  appendFileSync(notes, 'out ');
  release();
`;

const work = (lock: string, notes: string) => run(process.execPath, ['--input-type=module', '-e', worker, lock, notes]);

describe('setting up', () => {
  test('START19 several that set up at once do it one after the other, behind a lock whose owner is gone', async () => {
    const folder = newFolder();
    const [lock, notes] = [join(folder, 'lock'), join(folder, 'notes')];
    writeFileSync(lock, '999999999 1');
    await Promise.all(Array.from({ length: 6 }, () => work(lock, notes)));
    expect(readFileSync(notes, 'utf8')).toBe('in out '.repeat(6));
    expect(existsSync(lock)).toBe(false);
  });

  test('START19 a lock whose number went to another process since is no lock', async () => {
    const folder = newFolder();
    const [lock, notes] = [join(folder, 'lock'), join(folder, 'notes')];
    writeFileSync(lock, `${process.pid} 1`);
    await work(lock, notes);
    expect(readFileSync(notes, 'utf8')).toBe('in out ');
  });

  test('START21 without the programs and without the right to install them it says what to install, and names REDIS_URL', async () => {
    const probe = `
      import { installPrograms } from '${new URL('system-packages.mjs', scripts)}';
      await installPrograms('start').then(() => process.exit(0), (error) => { console.error(error.message); process.exit(3); });
    `;
    const args = ['--input-type=module', '-e', probe];
    const missing = run(process.execPath, args, { env: { PATH: newFolder() } });
    await expect(missing).rejects.toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/apt-get install redis-server[\s\S]*REDIS_URL=/),
    });
    await run(process.execPath, args, { env: { PATH: newFolder(), REDIS_URL: 'redis://elsewhere' } });
  });
});
