import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { changesOf, endAll, follow, range, record, seqs, startLive, whenDone } from '../live/support.ts';
import { admin, development, expectOk } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { frame, openTcp, upgrade } from './ws-frames.ts';

afterEach(endAll);

const body = `<p>${'x'.repeat(90_000)}</p>`;

/** A follower of `gaza` without a library: it can stop reading while it goes on talking. */
async function bareFollower(url: string, since?: string): Promise<{ socket: Socket; received: () => number }> {
  const socket = await openTcp(url);
  whenDone(() => void socket.destroy());
  let received = 0;
  let heard = '';
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (heard.length < 2_000) heard += chunk.toString('latin1', 0, 1_000);
  });
  socket.write(upgrade());
  await waitFor(() => heard.includes('0{"sid"'), 'the handshake');
  socket.write(frame('40'));
  await waitFor(() => heard.includes('40{"sid"'), 'the answer');
  socket.write(frame(`421["follow",{"timeline":"gaza"${since ? `,"since":"${since}"` : ''}}]`));
  if (!since) await waitFor(() => heard.includes('431['), 'the follow');
  return { socket, received: () => received };
}

describe('a reader that takes nothing', () => {
  test('ATK32 is dropped though it goes on answering pings; it comes back complete, and the others got all', async () => {
    const node = await startLive({ queuedPackets: 20, sweepMs: 20, pingIntervalMs: 1_000, pingTimeoutMs: 5_000 });
    const good = await node.connect();
    const heard = record(good);
    await follow(good);
    const { socket } = await bareFollower(node.url);
    const before = node.position();
    socket.pause();
    const forging = setInterval(() => socket.writable && socket.write(frame('3')), 50);
    whenDone(() => clearInterval(forging));
    let posted = 0;
    while (node.gateway.connections > 1 && posted < 300) {
      expectOk(await node.desk.publish(admin, 'gaza', development({ body })));
      posted += 1;
    }
    expect(node.gateway.connections).toBe(1);
    await waitFor(() => heard.changes.length >= posted, 'all changes');
    expect(seqs(heard.changes)).toEqual(range(1, posted));
    expect(seqs(changesOf(await follow(await node.connect(), before)))).toEqual(range(1, posted));
  });
});

describe('a reader on a slow line', () => {
  test('LIVE14, ATK33 is not dropped for as long as it takes something, however long that takes', async () => {
    const node = await startLive({ queuedPackets: 1_000, sweepMs: 20, stuckMs: 15_000 });
    for (const _ of range(1, 120)) expectOk(await node.desk.publish(admin, 'gaza', development({ body })));
    const { socket, received } = await bareFollower(node.url, node.position(0));
    socket.on('data', () => socket.pause());
    // A little at a time; meanwhile many times 15 s pass on the node’s clock.
    const started = node.clock.ms;
    while (received() < 120 * 90_000) {
      const had = received();
      socket.resume();
      await waitFor(() => received() > had, 'a little more', { everyMs: 1 });
      await setImmediate();
      node.clock.ms += 250;
      expect(node.gateway.connections).toBe(1);
    }
    expect(node.clock.ms - started).toBeGreaterThan(30_000);
    expect(node.gateway.connections).toBe(1);
  });
});
