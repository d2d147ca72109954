import { afterEach, describe, expect, test } from '@jest/globals';
import { catchUp, withoutRemoved } from '../../server/live/catch-up.ts';
import type { LiveLog } from '../../server/live/live-log.ts';
import type { Change } from '../../shared/change.ts';
import type { FollowReply } from '../../shared/protocol.ts';
import { randomFrom } from '../support/random.ts';
import { admin, development, expectOk } from '../support/spine.ts';
import { freshPrefix } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';
import { changesOf, endAll, follow, range, record, seqs, startLive, type TestSocket } from './support.ts';

afterEach(endAll);

/** What a follower has seen, in the order in which it was told: each answer, and each change between them. */
type Told = { answer: FollowReply; since: number } | { change: Change };

function tellAll(socket: TestSocket): {
  told: Told[];
  follow: (since: number, position: string) => Promise<FollowReply>;
} {
  const told: Told[] = [];
  socket.on('change', (change) => told.push({ change }));
  const ask = (since: number, position: string): Promise<FollowReply> =>
    new Promise((resolve) =>
      socket.emit('follow', { timeline: 'gaza', since: position }, (answer) => {
        told.push({ answer, since });
        resolve(answer);
      }),
    );
  return { told, follow: ask };
}

/** Each answer has all after what was asked for; from it on every change follows, once, without a hole. */
function expectWhole(told: readonly Told[], upTo: number): void {
  let at: number | null = null;
  for (const one of told) {
    if ('answer' in one) {
      const seqsOfAnswer = seqs(changesOf(one.answer));
      const head: number = seqsOfAnswer.at(-1) ?? one.since;
      expect(seqsOfAnswer).toEqual(range(one.since + 1, head));
      // What was told before the answer is not told after it, and the answer reaches at least as far.
      if (at !== null) expect(head).toBeGreaterThanOrEqual(at);
      at = head;
    } else if (at !== null) {
      expect(one.change.seq).toBe(at + 1);
      at = one.change.seq;
    }
  }
  expect(at).toBe(upTo);
}

describe('following during a burst of writes', () => {
  test.each([11, 12, 13])(
    'LIVE7 has no hole and no duplicate, from memory or from the store (seed %i)',
    async (seed) => {
      const random = randomFrom(seed);
      const prefix = freshPrefix();
      const writer = await startLive({}, { prefix });
      await writer.post(60);
      // A node that has just started: what came before is in the store, what comes now in its memory.
      const node = await startLive({}, { prefix });
      const sockets = await Promise.all(range(1, 6).map(async () => tellAll(await node.connect())));
      const posting = Promise.all(range(1, 4).map(() => writer.post(40)));
      const following = sockets.map(async (socket) => {
        for (const _ of range(1, 12)) {
          const head = node.live.timeline('gaza')?.position.seq ?? 0;
          const since = Math.floor(random() * (head + 1));
          await socket.follow(since, node.position(since));
        }
      });
      await Promise.all([posting, ...following]);
      await waitFor(() => node.live.timeline('gaza')?.position.seq === 220, 'all changes');
      for (const socket of sockets) await socket.follow(220, node.position(220));
      for (const { told } of sockets) expectWhole(told, 220);
    },
  );

  test('LIVE8 many follows at once on one socket are answered in order, each whole', async () => {
    const prefix = freshPrefix();
    const writer = await startLive({}, { prefix });
    await writer.post(30);
    const node = await startLive({}, { prefix });
    const socket = await node.connect();
    const { told, follow: ask } = tellAll(socket);
    const posting = writer.post(30);
    const answers = await Promise.all([20, 0, 30, 5, 29].map((since) => ask(since, node.position(since))));
    await posting;
    await waitFor(() => node.live.timeline('gaza')?.position.seq === 60, 'all changes');
    await ask(60, node.position(60));
    expect(answers).toHaveLength(5);
    expectWhole(told, 60);
  });

  test('LIVE24 after a restart, all who come back at once cost the store one read', async () => {
    const prefix = freshPrefix();
    const before = await startLive({}, { prefix });
    await before.post(30);
    const { update } = expectOk(await before.desk.publish(admin, 'gaza', development()));
    await before.post(20);
    const node = await startLive({}, { prefix });
    const sockets = await Promise.all(range(1, 30).map(() => node.connect()));
    const read = node.store.changes.bind(node.store);
    let reads = 0;
    node.store.changes = async (...asked) => {
      reads += 1;
      const found = await read(...asked);
      // A takedown while what went before it is being read.
      if (reads === 1) expectOk(await before.desk.remove(admin, 'gaza', update.id, 'It names a source'));
      return found;
    };
    const answers = await Promise.all(sockets.map((socket, i) => follow(socket, node.position(i))));
    answers.forEach((answer, i) => {
      expect(seqs(changesOf(answer)).slice(0, 51 - i)).toEqual(range(i + 1, 51));
    });
    // One for those who came back; the others are this node’s looks at what is new.
    expect(reads).toBeLessThan(10);
    const all = changesOf(await follow(await node.connect(), node.position(0)));
    await waitFor(() => node.live.timeline('gaza')?.position.seq === 52, 'the removal');
    expect(changesOf(await follow(await node.connect(), node.position(0)))[30]).toMatchObject({
      type: 'update.removed',
      seq: 31,
    });
    expect(all.length).toBeGreaterThanOrEqual(51);
  });

  test('LIVE22 a position that this node has not reached yet is caught up, not told to start over', async () => {
    const prefix = freshPrefix();
    const ahead = await startLive({}, { prefix });
    const behind = await startLive({}, { prefix });
    const socket = await behind.connect();
    for (const seq of range(1, 20)) {
      await ahead.post(1);
      const found = await behind.live.since('gaza', { epoch: ahead.epoch(), seq: 2 * seq - 1 }, 10);
      expect(found).toMatchObject({ reset: false, changes: [] });
      await ahead.post(1);
      const reply = await follow(socket, ahead.position());
      expect(reply).toEqual({ ok: true, position: ahead.position(2 * seq), changes: [] });
    }
  });
});

describe('catching up', () => {
  const change = (seq: number, id: string): Change => ({
    ...{ timeline: 'gaza', seq, hash: '', at: '', day: 1, date: '2023-10-07' },
    type: 'update.removed',
    id,
  });

  test('LIVE8 while the store is read, nothing of an earlier follow comes before the answer', async () => {
    const prefix = freshPrefix();
    const writer = await startLive({}, { prefix });
    await writer.post(10);
    const node = await startLive({}, { prefix });
    const socket = await node.connect();
    const heard = record(socket);
    await follow(socket);

    // The store answers only after another change has been broadcast.
    const read = node.live.since.bind(node.live);
    node.live.since = async (...asked) => {
      await writer.post(1);
      await node.live.reach('gaza', { epoch: node.epoch(), seq: 11 });
      return read(...asked);
    };
    const reply = await follow(socket, node.position(2));
    expect(seqs(changesOf(reply))).toEqual(range(3, 11));
    await writer.post(1);
    await waitFor(() => heard.changes.some(({ seq }) => seq === 12), 'the next change');
    expect(seqs(heard.changes)).toEqual([12]);
  });

  test('LIVE23 without the store, memory still serves, and the rest is refused as unavailable', async () => {
    const prefix = freshPrefix();
    const writer = await startLive({}, { prefix });
    await writer.post(5);
    const node = await startLive({}, { prefix });
    await writer.post(5);
    await waitFor(() => node.live.timeline('gaza')?.position.seq === 10, 'all changes');
    await node.store.close();
    const socket = await node.connect();
    expect(seqs(changesOf(await follow(socket, node.position(5))))).toEqual(range(6, 10));
    const reply = await follow(socket, node.position(4));
    expect(reply).toMatchObject({ ok: false, error: { code: 'store-unavailable', status: 503 } });
  });

  test('LIVE4 a log that is replaced while the store is read is told to start over', async () => {
    const position = { epoch: 'second', seq: 4 };
    let head = { epoch: 'first', seq: 9 };
    const live: Pick<LiveLog, 'timeline' | 'tail' | 'since' | 'reach'> = {
      timeline: () => ({ record: {} as never, position: head, hash: '' }),
      tail: () => (head.epoch === 'first' ? 'not-in-memory' : 'reset'),
      since: async () => {
        head = position;
        return { reset: false, changes: [change(3, 'a')], position: { epoch: 'first', seq: 3 } };
      },
      reach: async () => undefined,
    };
    const told: unknown[] = [];
    await catchUp(
      live,
      'gaza',
      { epoch: 'first', seq: 2 },
      { most: 1_000, page: 1_000 },
      {
        hold: () => undefined,
        history: () => undefined,
        join: () => told.push('joined'),
        reset: (at) => told.push(at),
      },
    );
    expect(told).toEqual([position]);
  });

  test('LIVE11 an update that is taken down between two steps of a catch-up leaves the earlier step too', () => {
    const published = {
      ...change(1, 'a'),
      type: 'update.published',
      update: { id: 'a', headline: 'secret' },
    } as unknown as Change;
    const whole = withoutRemoved([published, change(2, 'b'), change(3, 'a')]);
    expect(seqs(whole)).toEqual([1, 2, 3]);
    expect(JSON.stringify(whole)).not.toContain('secret');
  });
});
