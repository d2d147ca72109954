import { Agent, request } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { daymarks } from '../../support/daymark-process.ts';
import { complaintsIn, Healthy, memoryOf, stranger } from '../assault.ts';
import { bareFollower } from '../bare-follower.ts';
import { report } from '../verdict.ts';
import { frame, openTcp, upgrade } from '../ws-frames.ts';

const suite = daymarks();
afterEach(() => suite.end());

type Statuses = Record<string, number>;

test('ATK30, ATK31 floods of events, handshakes, reads and guessed tokens: who floods is refused, the others go on', async () => {
  const daymark = await suite.start();
  const healthy = await Healthy.at(daymark.url);
  const before = memoryOf(daymark);
  healthy.start();
  const cutMs = await floodOfEvents(daymark.url);
  const handshakes = await floodOfHandshakes(daymark.url, 20_000);
  const afterwards = healthy.posted;
  const reads = await floodOfRequests(daymark.url, 100_000, (n) => ({
    method: 'GET',
    path: `/api/v1/timelines/gaza/changes?since=x&limit=${n}`,
  }));
  const guesses = await floodOfRequests(daymark.url, 10_000, (n) => ({
    method: 'POST',
    path: '/api/v1/timelines/gaza/updates',
    headers: { Authorization: `Bearer guessed-${n}` },
  }));
  const faults = [
    ...(handshakes['429'] ? [] : ['no handshake was refused']),
    ...(reads['429'] ? [] : ['no read was refused']),
    ...(guesses['429'] ? [] : ['no guess was refused']),
    ...(healthy.posted > afterwards ? [] : ['the others could not post']),
    ...(await healthy.stop()),
    ...complaintsIn(daymark.output()),
  ];
  healthy.newsroom.close();
  const told = (statuses: Statuses) =>
    Object.entries(statuses)
      .map(([status, count]) => `${count}×${status}`)
      .join(' ');
  report({
    test: 'T18',
    promise: 'security',
    what: `100,000 events on a socket (cut after ${Math.round(cutMs)} ms), 20,000 handshakes (${told(handshakes)}), 100,000 reads (${told(reads)}), 10,000 guessed tokens (${told(guesses)}) of one address; memory ${Math.round(before)} MB, then ${Math.round(memoryOf(daymark))} MB`,
    faults,
    acknowledged: healthy.posted,
    longestMs: Math.round(healthy.longestMs),
  });
  expect(faults).toEqual([]);
}, 600_000);

/** How long it took to be cut off. */
async function floodOfEvents(url: string): Promise<number> {
  const { socket, gone } = await bareFollower(url, undefined, stranger);
  const events = Buffer.concat(
    Array.from({ length: 100_000 }, (_, n) => frame(`42${n}["follow",{"timeline":"gaza"}]`)),
  );
  const begun = performance.now();
  socket.write(events);
  await gone;
  return performance.now() - begun;
}

/** All held open, none of which says that it is Socket.IO. */
async function floodOfHandshakes(url: string, count: number): Promise<Statuses> {
  const statuses: Statuses = {};
  const open: { destroy(): void }[] = [];
  const one = async (): Promise<void> => {
    const socket = await openTcp(url, stranger);
    open.push(socket);
    socket.write(upgrade());
    const answer = await new Promise<string>((resolve) => {
      socket.once('data', (chunk: Buffer) => resolve(chunk.toString('latin1', 9, 12)));
      socket.once('close', () => resolve('cut'));
    });
    if (answer !== '101') socket.destroy();
    statuses[answer] = (statuses[answer] ?? 0) + 1;
  };
  let left = count;
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      while (left-- > 0) await one();
    }),
  );
  for (const socket of open) socket.destroy();
  return statuses;
}

interface Asked {
  method: string;
  path: string;
  headers?: Record<string, string>;
}

async function floodOfRequests(url: string, count: number, asked: (n: number) => Asked): Promise<Statuses> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const statuses: Statuses = {};
  let left = count;
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const { method, path, headers } = asked(left);
      const sent = request(
        new URL(path, url.replace('localhost', '127.0.0.1')),
        { method, headers, agent, localAddress: stranger },
        (answer) => {
          const status = String(answer.statusCode);
          statuses[status] = (statuses[status] ?? 0) + 1;
          answer.resume();
          answer.once('end', resolve);
        },
      );
      sent.once('error', reject);
      sent.end();
    });
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      while (left-- > 0) await one();
    }),
  );
  agent.destroy();
  return statuses;
}
