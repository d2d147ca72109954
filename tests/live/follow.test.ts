import { afterEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { admin, development, expectOk, gaza } from '../support/spine.ts';
import { freshPrefix, sharedRedisUrl } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';
import { changesOf, endAll, follow, range, record, seqs, startLive, whenDone } from './support.ts';

afterEach(endAll);

/** Makes a follower of gaza that stands at the head. */
async function follower(node: Awaited<ReturnType<typeof startLive>>) {
  const socket = await node.connect();
  const heard = record(socket);
  await follow(socket);
  return { socket, heard };
}

describe('follow', () => {
  test('LIVE1 without a position it starts now', async () => {
    const node = await startLive();
    await node.post(3);
    const socket = await node.connect();
    expect(await follow(socket)).toEqual({ ok: true, position: node.position(3), changes: [] });
  });

  test('LIVE2 a resume from every position gives exactly the rest', async () => {
    const node = await startLive();
    await node.post(40);
    const socket = await node.connect();
    for (const seq of range(0, 40)) {
      const reply = await follow(socket, node.position(seq));
      expect(seqs(changesOf(reply))).toEqual(range(seq + 1, 40));
      expect(reply).toMatchObject({ position: node.position(40) });
    }
  });

  test('LIVE2 a node that has just started, with nothing in memory, gives the same', async () => {
    const prefix = freshPrefix();
    const first = await startLive({}, { prefix });
    await first.post(40);
    const second = await startLive({}, { prefix });
    const socket = await second.connect();
    for (const seq of range(0, 40)) {
      expect(seqs(changesOf(await follow(socket, first.position(seq))))).toEqual(range(seq + 1, 40));
    }
  });

  test('LIVE3 after it every change arrives once and in order, at every follower', async () => {
    const node = await startLive();
    const followers = await Promise.all(range(1, 5).map(() => follower(node)));
    await node.post(50);
    await waitFor(() => followers.every(({ heard }) => heard.changes.length >= 50), 'the changes');
    for (const { heard } of followers) expect(seqs(heard.changes)).toEqual(range(1, 50));
  });

  test('LIVE3 a change arrives whole, as the log has it', async () => {
    const node = await startLive();
    const { heard } = await follower(node);
    const { update } = expectOk(await node.desk.publish(admin, 'gaza', development({ headline: 'Talks resume' })));
    await waitFor(() => heard.changes.length > 0, 'the change');
    expect(heard.changes).toEqual([
      expect.objectContaining({
        timeline: 'gaza',
        seq: 1,
        type: 'update.published',
        day: 124,
        date: '2024-02-07',
        update,
      }),
    ]);
  });

  test.each([
    ['of another epoch', 'otherlog:1'],
    ['with a seq ahead of the head', null],
  ])('LIVE4 a position %s is told to start over, and follows from where the server stands', async (_, since) => {
    const node = await startLive();
    await node.post(2);
    const socket = await node.connect();
    const heard = record(socket);
    const reply = await follow(socket, since ?? node.position(3));
    expect(reply).toEqual({ ok: true, position: node.position(2), reset: true });
    await node.post(1);
    await waitFor(() => heard.changes.length > 0, 'the next change');
    expect(seqs(heard.changes)).toEqual([3]);
  });

  test('LIVE4 a position older than the log kept is told to start over', async () => {
    const prefix = freshPrefix();
    const first = await startLive({}, { prefix, keep: 10 });
    await first.post(15);
    const fresh = await startLive({}, { prefix, keep: 10 });
    const socket = await fresh.connect();
    expect(await follow(socket, first.position(4))).toEqual({ ok: true, position: first.position(15), reset: true });
    expect(seqs(changesOf(await follow(socket, first.position(5))))).toEqual(range(6, 15));
  });

  test('LIVE5 1,000 changes are caught up, 1,001 are told to start over', async () => {
    const node = await startLive();
    await Promise.all(range(1, 8).map(() => node.post(126)));
    const socket = await node.connect();
    expect(seqs(changesOf(await follow(socket, node.position(8))))).toEqual(range(9, 1_008));
    expect(await follow(socket, node.position(7))).toEqual({ ok: true, position: node.position(1_008), reset: true });
  });

  test.each(['', 'x', 'abc:', 'abcdef:-1', 'abcdef:01', 'abcdef:1:2', 'ABC DEF:1', 7, null, {}, ['abcdef:1']])(
    'LIVE6 %j is no position',
    async (since) => {
      const node = await startLive();
      const socket = await node.connect();
      const reply = await follow(socket, since as string);
      expect(reply).toMatchObject({ ok: false, error: { code: 'malformed-position', status: 422 } });
    },
  );

  test('LIVE6 a refusal leaves what is followed already as it is', async () => {
    const node = await startLive();
    const { socket, heard } = await follower(node);
    expect(await follow(socket, undefined, 'nowhere')).toMatchObject({
      ok: false,
      error: { code: 'not-found', status: 404 },
    });
    expect(await follow(socket, 'x')).toMatchObject({ ok: false });
    expect(await follow(socket, undefined, 5 as unknown as string)).toMatchObject({
      ok: false,
      error: { status: 422 },
    });
    await node.post(1);
    await waitFor(() => heard.changes.length > 0, 'the change');
    expect(seqs(heard.changes)).toEqual([1]);
  });

  test('LIVE9 unfollow ends it, and follow begins it again', async () => {
    const node = await startLive();
    const { socket, heard } = await follower(node);
    socket.emit('unfollow', { timeline: 'gaza' });
    expect(seqs(changesOf(await follow(socket, node.position(0))))).toEqual([]);
    socket.emit('unfollow', { timeline: 'gaza' });
    await follow(socket, undefined, 'nowhere'); // answered after the unfollow was handled
    await node.post(1);
    await follow(socket, undefined, 'nowhere');
    expect(heard.changes).toEqual([]);
    expect(seqs(changesOf(await follow(socket, node.position(0))))).toEqual([1]);
  });

  test('LIVE3 one socket follows several timelines, and each has its own order', async () => {
    const node = await startLive();
    expectOk(await node.desk.createTimeline(admin, { ...gaza, slug: 'ukraine', dayOne: '2022-02-24' }));
    const { socket, heard } = await follower(node);
    await follow(socket, undefined, 'ukraine');
    for (const slug of ['gaza', 'ukraine', 'ukraine', 'gaza']) {
      expectOk(await node.desk.publish(admin, slug, development()));
    }
    await waitFor(() => heard.changes.length >= 4, 'the changes');
    expect(heard.changes.map(({ timeline, seq }) => `${timeline}:${seq}`).sort()).toEqual([
      'gaza:1',
      'gaza:2',
      'ukraine:1',
      'ukraine:2',
    ]);
  });
});

describe('head', () => {
  test('LIVE10 comes to every follower in silence, with the position it stands at', async () => {
    const node = await startLive({ headMs: 30 });
    const followers = await Promise.all([follower(node), follower(node)]);
    await waitFor(() => followers.every(({ heard }) => heard.heads.length > 1), 'two heads');
    await node.post(1);
    await waitFor(() => followers.every(({ heard }) => heard.heads.at(-1) === node.position(1)), 'the next position');
  });

  test('LIVE10 a log that was replaced is told at once, and who follows again starts over', async () => {
    const prefix = freshPrefix();
    const node = await startLive({ headMs: 60_000 }, { prefix });
    await node.post(3);
    const { socket, heard } = await follower(node);
    const before = node.position();
    await replaceLog(prefix, 'restored1', 1);
    await waitFor(() => heard.heads.length > 0, 'the head of the new log');
    expect(heard.heads).toEqual(['restored1:1']);
    expect(await follow(socket, before)).toEqual({ ok: true, position: 'restored1:1', reset: true });
  });
});

describe('takedown', () => {
  test('LIVE11 an earlier change of a removed update is replayed without its text, from memory and from the store', async () => {
    const prefix = freshPrefix();
    const node = await startLive({}, { prefix });
    await node.post(1);
    const { update } = expectOk(await node.desk.publish(admin, 'gaza', development({ headline: 'Name of a source' })));
    await node.post(1);
    const { heard } = await follower(node);
    expectOk(await node.desk.remove(admin, 'gaza', update.id, 'It names a source'));
    await waitFor(() => heard.changes.length > 0, 'the removal');
    expect(heard.changes).toEqual([expect.objectContaining({ type: 'update.removed', seq: 4, id: update.id })]);

    for (const at of [node, await startLive({}, { prefix })]) {
      const changes = changesOf(await follow(await at.connect(), node.position(0)));
      expect(changes.map(({ seq, type }) => `${seq} ${type}`)).toEqual([
        '1 update.published',
        '2 update.removed',
        '3 update.published',
        '4 update.removed',
      ]);
      expect(changes[1]).toMatchObject({ id: update.id, day: 124, date: '2024-02-07' });
      expect(JSON.stringify([changes, heard.changes])).not.toMatch(/Name of a source|names a source/);
    }
  });
});

/** What a restored backup looks like: the same timeline under another epoch. */
async function replaceLog(prefix: string, epoch: string, seq: number): Promise<void> {
  const redis = new Redis({ path: sharedRedisUrl().replace('unix://', '') });
  whenDone(() => redis.disconnect());
  await redis.hset(`${prefix}:{gaza}:timeline`, { epoch, seq: String(seq) });
}
