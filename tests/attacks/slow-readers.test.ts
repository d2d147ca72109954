import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { changesOf, endAll, follow, range, record, seqs, startLive, whenDone } from '../live/support.ts';
import { admin, development, expectOk } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { type BareFollower, bareFollower } from './bare-follower.ts';
import { frame } from './ws-frames.ts';

afterEach(endAll);

const body = `<p>${'x'.repeat(90_000)}</p>`;

async function follower(url: string, since?: string): Promise<BareFollower> {
  const bare = await bareFollower(url, since);
  whenDone(() => void bare.socket.destroy());
  return bare;
}

describe('a reader that takes nothing', () => {
  test('ATK32 is dropped though it goes on answering pings; it comes back complete, and the others got all', async () => {
    const node = await startLive({ queuedPackets: 20, sweepMs: 20, pingIntervalMs: 1_000, pingTimeoutMs: 5_000 });
    const good = await node.connect();
    const heard = record(good);
    await follow(good);
    const { socket } = await follower(node.url);
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
    const { socket, received } = await follower(node.url, node.position(0));
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
