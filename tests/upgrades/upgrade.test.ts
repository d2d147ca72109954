import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { readAppendOnlyFile } from '../faults/driver/append-only-file.ts';
import { fixedPort, isAlive, Node } from '../faults/driver/node.ts';
import { type Round, runRounds, type Verdict } from '../faults/driver/round.ts';
import { scene } from '../faults/driver/scene.ts';
import { rounds } from '../faults/driver/settings.ts';
import { call, daymarks } from '../support/daymark-process.ts';
import { type Fixture, fixture, fixtures, unpack } from './fixture.ts';

const main = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const suite = daymarks();
afterEach(() => suite.end());

const base = '/api/v1/timelines/kept';
const plan = {
  test: 'T23',
  promise: 'P1',
  what: 'data of a released version; kill -9 while this one opens them, then posts',
};

describe.each(fixtures)('the data of %s', (name) => {
  const told = fixture(name);

  test(
    'T23, START14 open in this version as they were told, killed in the middle of it or not, and take posts',
    scene(async (stage) => {
      await runRounds(plan, rounds(2, 30), stage.folder, async (round): Promise<Verdict> => {
        const node = new Node({ folder: stage.folder.path, port: await fixedPort(), name: `upgraded-${round.number}` });
        mkdirSync(node.dataDir, { recursive: true, mode: 0o700 });
        unpack(name, node.dataDir);
        const killedAfterMs = round.number === 1 ? null : await killInTheMiddle(node, round);
        try {
          await node.start();
          const faults = await compare(node, told);
          const posted = await post(node.origin, `posted-${round.number}`, 'After the upgrade');
          if (posted.status !== 201) faults.push(`a post was answered ${posted.status}`);
          return { faults: [...faults, ...(await node.verify())], figures: { killedAfterMs, readyMs: node.readyMs } };
        } finally {
          await node.end('SIGKILL');
        }
      });
    }),
    900_000,
  );
});

test('START14 data of a later format are refused with a sentence, and stay as they are', async () => {
  const dataDir = suite.newDataDir();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const later = '*3\r\n$3\r\nSET\r\n$9\r\ndm:format\r\n$3\r\n999\r\n';
  unpack('format-1', dataDir, (log) => Buffer.concat([log, Buffer.from(later)]));
  const before = readAppendOnlyFile(dataDir).bytes;
  const { code, stdout, stderr } = await suite.run({ dataDir });
  expect(code).not.toBe(0);
  expect(stdout + stderr).toMatch(/The data are in format 999, and this Daymark knows format \d+/);
  expect(readAppendOnlyFile(dataDir).bytes.equals(before)).toBe(true);
});

/** Ends server and Redis alike, as a power cut does, somewhere between the start and the first posts. */
async function killInTheMiddle({ dataDir }: Node, { random }: Round): Promise<number> {
  const ms = random.between(50, 1_500);
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1', WORKERS: '1' };
  const server = spawn(process.execPath, [main], { env, stdio: 'ignore' });
  const ended = once(server, 'exit');
  await pause(ms);
  server.kill('SIGKILL');
  await ended;
  const pidFile = join(dataDir, 'redis', 'redis.pid');
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
  if (pid > 0 && isAlive(pid)) process.kill(pid, 'SIGKILL');
  return ms;
}

async function compare(node: Node, { head, days, removed, first }: Fixture): Promise<string[]> {
  const faults: string[] = [];
  const now = (await call({ url: node.origin }, 'GET', `${base}/head`)).body;
  if (JSON.stringify(now) !== JSON.stringify(head)) faults.push(`the head is ${JSON.stringify(now)}`);
  for (const { day, updates, summary } of days) {
    const { body } = await call({ url: node.origin }, 'GET', `${base}/days/${day}`);
    try {
      expect(body).toMatchObject({ updates, summary });
    } catch (error) {
      faults.push(`day ${day}: ${error}`);
    }
  }
  const gone = await call({ url: node.origin }, 'GET', `${base}/updates/${removed}`);
  if (gone.status !== 410) faults.push(`what was taken down is answered ${gone.status}`);
  const again = await post(node.origin, first.key, 'Development 5');
  if (again.body.code !== 'idempotency-key-reused') faults.push(`a key of before is not known: ${again.status}`);
  return faults;
}

const post = (url: string, key: string, headline: string) =>
  call({ url }, 'POST', `${base}/updates`, { occurredAt: '2024-02-07', headline }, { 'idempotency-key': key });
