import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { daymarks } from '../../support/daymark-process.ts';
import { development } from '../../support/spine.ts';
import { waitFor } from '../../support/wait-for.ts';
import { complaintsIn, Healthy, memoryOf, stranger } from '../assault.ts';
import { type BareFollower, bareFollower } from '../bare-follower.ts';
import { report } from '../verdict.ts';
import { frame } from '../ws-frames.ts';

const suite = daymarks();
afterEach(() => suite.end());

const count = Number(process.env['SLOW_READERS'] ?? 1_000);
const seconds = Number(process.env['SLOW_SECONDS'] ?? 60);
const perSecond = 20;
const body = `<p>${'x'.repeat(10_000)}</p>`;

test('ATK32 a thousand readers that stop reading and forge their answers are dropped, and nobody else notices', async () => {
  const daymark = await suite.start();
  const writer = await Healthy.at(daymark.url);
  const healthy = [writer, ...(await Promise.all(Array.from({ length: 8 }, () => Healthy.at(daymark.url))))];
  const stopped = await stopReading(daymark.url);
  const before = memoryOf(daymark);
  let open = stopped.length;
  let lastMs = 0;
  let peak = before;
  const begun = performance.now();
  for (const { gone } of stopped)
    void gone.then(() => {
      open -= 1;
      lastMs = performance.now() - begun;
    });
  const forging = setInterval(() => {
    for (const { socket } of stopped) if (socket.writable) socket.write(frame('3'));
  }, 1_000);
  for (let n = 0; n < seconds * perSecond; n++) {
    const due = begun + (n * 1_000) / perSecond;
    await pause(Math.max(0, due - performance.now()));
    await writer.newsroom.write('POST', '/api/v1/timelines/gaza/updates', development({ body }));
    peak = Math.max(peak, memoryOf(daymark));
  }
  const faults: string[] = [];
  await waitFor(() => open === 0, 'all of them to be dropped', { withinMs: 30_000 }).catch((error: Error) =>
    faults.push(error.message),
  );
  clearInterval(forging);
  for (const one of healthy) faults.push(...(await one.stop()));
  faults.push(...complaintsIn(daymark.output()));
  for (const { newsroom } of healthy) newsroom.close();
  for (const { socket } of stopped) socket.destroy();
  faults.push(...(await comeBack(daymark.url, Math.min(900, seconds * perSecond))));
  report({
    test: 'T17',
    promise: 'P13',
    what: `${count} readers stop reading and forge pongs, ${perSecond} posts of 10 kB a second for ${seconds} s: the last dropped after ${(lastMs / 1_000).toFixed(1)} s; memory ${Math.round(before)} MB, at most ${Math.round(peak)} MB`,
    faults,
    acknowledged: seconds * perSecond,
  });
  expect(faults).toEqual([]);
}, 600_000);

/** What one of them is told who comes back with a position `behind` the head. */
async function comeBack(url: string, behind: number): Promise<string[]> {
  const { position } = (await (await fetch(`${url}/api/v1/timelines/gaza`)).json()) as { position: string };
  const [epoch, head] = position.split(':');
  const { socket, text, gone } = await bareFollower(url, `${epoch}:${Number(head) - behind}`, stranger);
  await waitFor(() => text().includes(`"seq":${head},`), 'the answer to the one who came back');
  const seqs = [...text().matchAll(/"timeline":"gaza","seq":(\d+),/g)].map(([, seq]) => Number(seq));
  socket.destroy();
  await gone;
  const complete = seqs.length === behind && seqs.every((seq, at) => seq === Number(head) - behind + 1 + at);
  return complete ? [] : [`who came back got ${seqs.length} changes in the place of ${behind}`];
}

async function stopReading(url: string): Promise<BareFollower[]> {
  const all: BareFollower[] = [];
  while (all.length < count) {
    const some = Array.from({ length: Math.min(50, count - all.length) }, () => bareFollower(url, undefined, stranger));
    all.push(...(await Promise.all(some)));
  }
  for (const { socket } of all) socket.pause();
  return all;
}
