import { afterEach, describe, expect, test } from '@jest/globals';
import { type FollowOptions, follow, type Surroundings } from '../../client/feed/follow.ts';
import { pollingWith } from '../../client/feed/polling-channel.ts';
import { streamsWith } from '../../client/feed/stream-channel.ts';
import { TestEventSource } from '../support/event-source.ts';
import { randomFrom } from '../support/random.ts';
import { readerSocket } from '../support/reader-socket.ts';
import { admin, development, expectOk } from '../support/spine.ts';
import { freshPrefix } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';
import { Wire } from '../support/wire.ts';
import { endAll, type LiveNode, range, startLive, whenDone } from './support.ts';

afterEach(endAll);

const stream = streamsWith(TestEventSource as unknown as typeof EventSource);
const polling = (random: () => number) => pollingWith({ fetch, random, everyMs: 50, answerMs: 400 });

/** The three ways, each alone: a follower that has only this one. */
const ways: Record<string, (random: () => number) => Partial<Surroundings>> = {
  socket: () => ({}),
  stream: () => ({ socket: stream, stream }),
  polling: (random) => ({ socket: polling(random), stream: polling(random), polling: polling(random) }),
};

/** A follower in quick motion: what takes seconds in a page takes a hundredth of it here. */
function follows(
  url: string,
  since: string | null,
  around: Partial<Surroundings> = {},
  more: Partial<FollowOptions> = {},
) {
  const seen: number[] = [];
  const states: string[] = [];
  const resets: string[] = [];
  const { stop } = follow({
    url,
    timeline: 'gaza',
    since,
    onChange: ({ seq }) => seen.push(seq),
    onReset: (position) => {
      resets.push(position);
      return undefined;
    },
    onState: (state) => states.push(state),
    ...more,
    with: { random: () => 0.01, silenceMs: 400, socket: readerSocket, stream, polling: polling(() => 0.5), ...around },
  });
  whenDone(stop);
  return { seen, states, resets, stop };
}

/** A wire to whatever `url` says when a client connects. */
async function wireTo(url: () => string): Promise<Wire> {
  const wire = new Wire(() => ({ port: Number(new URL(url()).port) }));
  await wire.listen({ port: 0 });
  whenDone(() => wire.close());
  return wire;
}

async function behindWire(): Promise<{ node: LiveNode; wire: Wire }> {
  const node = await startLive({ headMs: 100 });
  return { node, wire: await wireTo(() => node.url) };
}

describe.each(Object.keys(ways))('a client over %s', (way) => {
  const around = ways[way]?.(() => 0.5) ?? {};

  test('LIVE30 sees all after its position, and then each change as it comes', async () => {
    const { node } = await behindWire();
    await node.post(10);
    const { seen, states } = follows(node.url, node.position(4), around);
    await waitFor(() => states.includes('live'), 'it to be live');
    await node.post(10);
    await waitFor(() => seen.length >= 16, 'all changes');
    expect(seen).toEqual(range(5, 20));
  });

  test('LIVE30 without a position it sees what comes from now on', async () => {
    const { node } = await behindWire();
    await node.post(3);
    const { seen, states } = follows(node.url, null, around);
    await waitFor(() => states.includes('live'), 'it to be live');
    await node.post(2);
    await waitFor(() => seen.length >= 2, 'both');
    expect(seen).toEqual([4, 5]);
  });

  test('LIVE35 of another log is told to start over, and goes on', async () => {
    const { node } = await behindWire();
    await node.post(3);
    const { seen, resets, states } = follows(node.url, 'otherlog:9', around);
    await waitFor(() => states.includes('live'), 'it to be live');
    expect(resets).toEqual([node.position(3)]);
    await node.post(1);
    await waitFor(() => seen.length > 0, 'the change');
    expect(seen).toEqual([4]);
  });

  test.each([21, 22, 23])('LIVE32 through cuts, resets and dead connections misses nothing (seed %i)', async (seed) => {
    const random = randomFrom(seed);
    const { node, wire } = await behindWire();
    const followers = range(1, 5).map(() =>
      follows(wire.url, node.position(0), { ...ways[way]?.(random), random: () => random() * 0.02 }),
    );
    for (const _ of range(1, 25)) {
      await node.post(Math.floor(random() * 8));
      const fault = random();
      if (fault < 0.3) wire.cut('end');
      else if (fault < 0.6) wire.cut('reset');
      else if (fault < 0.8) wire.forget();
      // Time for some to come back, never for all: faults meet them in every state.
      await waitFor(() => followers.some(({ states }) => states.at(-1) === 'live'), 'one to be live');
    }
    // At last all of them hear nothing any more, and are not told.
    await waitFor(() => followers.every(({ states }) => states.at(-1) === 'live'), 'all to be live');
    wire.forget();
    await node.post(1);
    const { seq = 0 } = node.live.timeline('gaza')?.position ?? {};
    await waitFor(() => followers.every(({ seen }) => seen.at(-1) === seq), 'all changes');
    for (const { seen, resets } of followers) {
      expect(seen).toEqual(range(1, seq));
      expect(resets).toEqual([]);
    }
  });
});

describe('a client', () => {
  test('LIVE34 whose WebSocket is blocked follows over a stream, and over the socket once it gets through', async () => {
    const { node, wire } = await behindWire();
    wire.blocksWebSocket = true;
    const { seen, states } = follows(wire.url, node.position(0), { retrySocketMs: 200 });
    await waitFor(() => states.includes('live'), 'it to be live');
    await node.post(5);
    await waitFor(() => seen.length >= 5, 'what came over the stream');
    wire.blocksWebSocket = false;
    await waitFor(() => wire.webSockets > 0 && node.gateway.connections === 1, 'the socket to take over');
    await node.post(5);
    await waitFor(() => seen.length >= 10, 'the rest');
    expect(seen).toEqual(range(1, 10));
    expect(states).toEqual(['catching-up', 'offline', 'live']);
  });

  test('LIVE36 says since when it is offline, and is live again when the server is back', async () => {
    const { node, wire } = await behindWire();
    const told: (Date | undefined)[] = [];
    const before = Date.now();
    const { seen, states } = follows(wire.url, node.position(0), {}, { onState: (_, since) => told.push(since) });
    expect(states).toEqual([]);
    await waitFor(() => told.length === 2, 'it to be live');
    wire.weather = 'refusing';
    await node.post(3);
    const since = await waitFor(() => told.at(-1), 'it to be offline');
    expect(since.getTime()).toBeGreaterThanOrEqual(before);
    wire.weather = 'fair';
    await waitFor(() => seen.length === 3, 'what it missed');
    expect(seen).toEqual([1, 2, 3]);
    expect(told.at(-1)).toBeUndefined();
  });

  test('LIVE32 comes back to another node where the first has gone, and misses nothing', async () => {
    const prefix = freshPrefix();
    const first = await startLive({}, { prefix });
    const second = await startLive({}, { prefix });
    let there = first.url;
    const wire = await wireTo(() => there);
    const { seen, resets } = follows(wire.url, first.position(0));
    await first.post(5);
    await waitFor(() => seen.length === 5, 'the first five');
    there = second.url;
    await first.end();
    await second.post(5);
    await waitFor(() => seen.length === 10, 'the rest');
    expect(seen).toEqual(range(1, 10));
    expect(resets).toEqual([]);
  });

  test('LIVE35 that slept through more than can be caught up is told to start over', async () => {
    const { node, wire } = await behindWire();
    const { seen, resets, states } = follows(wire.url, node.position(0), { stream: undefined, polling: readerSocket });
    await waitFor(() => states.includes('live'), 'it to be live');
    wire.weather = 'refusing';
    await Promise.all(range(1, 7).map(() => node.post(150)));
    wire.weather = 'fair';
    await waitFor(() => resets.length > 0, 'the reset');
    expect(resets).toEqual([node.position(1_050)]);
    expectOk(await node.desk.publish(admin, 'gaza', development()));
    await waitFor(() => seen.length > 0, 'the next change');
    expect(seen).toEqual([1_051]);
  });
});
