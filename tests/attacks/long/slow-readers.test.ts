import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { io } from 'socket.io-client';
import { daymarks } from '../../support/daymark-process.ts';
import { development } from '../../support/spine.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Wire } from '../../support/wire.ts';
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

test('ATK33 a reader on a line of 64 kB/s is not dropped: not in a long answer, not in a minute of posts', async () => {
  const daymark = await suite.start();
  const { newsroom } = await Healthy.at(daymark.url);
  const post = (bytes: number): Promise<unknown> =>
    newsroom.write('POST', '/api/v1/timelines/gaza/updates', development({ body: `<p>${'x'.repeat(bytes)}</p>` }));
  for (let n = 0; n < 12; n++) await post(90_000);
  const wire = new Wire(() => ({ port: Number(new URL(daymark.url).port) }));
  await wire.listen({ port: 0 });
  wire.bytesPerSecond = 64_000;
  const socket = io(wire.url, { transports: ['websocket'], reconnection: false });
  const faults: string[] = [];
  socket.on('disconnect', (reason) => faults.push(`the slow one was cut off: ${reason}`));
  const { position } = (await (await fetch(`${daymark.url}/api/v1/timelines/gaza`)).json()) as { position: string };
  const begun = performance.now();
  const reply = await socket.emitWithAck('follow', { timeline: 'gaza', since: `${position.split(':')[0]}:0` });
  const answerMs = performance.now() - begun;
  if (reply.changes?.length !== 12) faults.push(`it was told ${JSON.stringify(reply).slice(0, 200)}`);
  let heard = 0;
  socket.on('change', () => {
    heard += 1;
  });
  for (let n = 0; n < 60; n++) {
    await pause(1_000);
    await post(30_000);
  }
  await waitFor(() => heard === 60, 'the last change', { withinMs: 20_000 });
  socket.removeAllListeners('disconnect').disconnect();
  newsroom.close();
  await wire.close();
  report({
    test: 'T17-slow',
    promise: 'P8',
    what: `a reader on a line of 64 kB/s: 1.1 MB in one answer (${(answerMs / 1_000).toFixed(0)} s), then 30 kB a second for a minute; not dropped`,
    faults,
  });
}, 300_000);

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
  // Who has never answered a question is sent more, for it might not know how: these do, until they stop.
  await waitFor(() => all.every(({ answered }) => answered() > 0), 'all to have answered once', { withinMs: 30_000 });
  for (const { socket } of all) socket.pause();
  return all;
}
