import { afterEach, describe, expect, test } from '@jest/globals';
import { admin, development, expectOk } from '../support/spine.ts';
import { freshPrefix } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';
import { readStream, type StreamReader } from './stream-reader.ts';
import { endAll, type LiveNode, range, startLive } from './support.ts';

afterEach(endAll);

const changes = (node: LiveNode, first: number, last: number): string[] =>
  range(first, last).map((seq) => `change ${node.position(seq)}`);

const has = (reader: StreamReader, count: number): Promise<boolean> =>
  waitFor(() => reader.events.length >= count, `${count} events`);

describe('the stream', () => {
  test('LIVE18 begins with the head, and then carries each change with its position as id', async () => {
    const node = await startLive();
    await node.post(3);
    const reader = await readStream(node.url);
    await has(reader, 1);
    const { update } = expectOk(
      await node.desk.publish(admin, 'gaza', development({ headline: 'Two\nlines'.replace('\n', ' ') })),
    );
    await node.post(20);
    await has(reader, 22);
    expect(reader.told()).toEqual([`head ${node.position(3)}`, ...changes(node, 4, 24)]);
    expect(JSON.parse(reader.events[0]?.data ?? '')).toEqual({ timeline: 'gaza', position: node.position(3) });
    expect(JSON.parse(reader.events[1]?.data ?? '')).toMatchObject({ seq: 4, type: 'update.published', update });
  });

  test('LIVE18 nothing on the way may hold it back, and readers come back at different times', async () => {
    const node = await startLive();
    const { response, retryMs, events } = await readStream(node.url);
    await waitFor(() => events.length > 0, 'the head');
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'access-control-allow-origin': '*',
    });
    expect(response.headers).not.toHaveProperty('content-encoding');
    expect(retryMs()).toBeGreaterThanOrEqual(1_000);
    expect(retryMs()).toBeLessThan(5_000);
  });

  test('LIVE19 resumes from every position with exactly the rest, the head after it', async () => {
    const prefix = freshPrefix();
    const first = await startLive({}, { prefix });
    await first.post(12);
    for (const node of [first, await startLive({}, { prefix })]) {
      for (const seq of range(0, 12)) {
        const reader = await readStream(node.url, `?since=${node.position(seq)}`);
        await has(reader, 13 - seq);
        expect(reader.told()).toEqual([...changes(node, seq + 1, 12), `head ${node.position(12)}`]);
        reader.leave();
      }
    }
  });

  test('LIVE19 Last-Event-ID wins over since: an EventSource that comes back still has the old address', async () => {
    const node = await startLive();
    await node.post(5);
    const reader = await readStream(node.url, `?since=${node.position(1)}`, { 'Last-Event-ID': node.position(4) });
    await has(reader, 2);
    expect(reader.told()).toEqual([...changes(node, 5, 5), `head ${node.position(5)}`]);
  });

  test('LIVE19 more than one answer can hold is resumed too, while more is written', async () => {
    const prefix = freshPrefix();
    const writer = await startLive({}, { prefix });
    await Promise.all(range(1, 8).map(() => writer.post(150)));
    const node = await startLive({}, { prefix });
    const reader = await readStream(node.url, `?since=${node.position(0)}`);
    await writer.post(100);
    await waitFor(() => reader.events.filter(({ event }) => event === 'change').length === 1_300, 'all changes');
    expect(reader.told().filter((told) => told.startsWith('change'))).toEqual(changes(node, 1, 1_300));
  });

  test.each([
    ['another epoch', 'otherlog:1'],
    ['a seq ahead of the head', null],
  ])('LIVE20 %s is told to start over, and then carries what comes', async (_, since) => {
    const node = await startLive();
    await node.post(2);
    const reader = await readStream(node.url, `?since=${since ?? node.position(3)}`);
    await has(reader, 1);
    await node.post(1);
    await has(reader, 2);
    expect(reader.told()).toEqual([`reset ${node.position(2)}`, ...changes(node, 3, 3)]);
    expect(JSON.parse(reader.events[0]?.data ?? '')).toEqual({ position: node.position(2) });
  });

  test('LIVE20 a malformed position and an unknown timeline are refused before anything is written', async () => {
    const node = await startLive();
    const stream = async (slug: string, query: string, id?: string): Promise<unknown[]> => {
      const answer = await fetch(`${node.url}/api/v1/timelines/${slug}/stream${query}`, {
        headers: id === undefined ? {} : { 'Last-Event-ID': id },
      });
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    expect(await stream('gaza', '?since=')).toEqual([422, 'malformed-position']);
    expect(await stream('gaza', '?since=x')).toEqual([422, 'malformed-position']);
    expect(await stream('gaza', `?since=${node.position(0)}`, 'x')).toEqual([422, 'malformed-position']);
    expect(await stream('nowhere', '')).toEqual([404, 'not-found']);
  });

  test('LIVE21 heads come in silence', async () => {
    const node = await startLive({ headMs: 30 });
    const reader = await readStream(node.url);
    await has(reader, 3);
    expect(new Set(reader.told())).toEqual(new Set([`head ${node.position(0)}`]));
  });

  test('LIVE21 one that does not read is dropped, and the others get every change', async () => {
    const node = await startLive({ sweepMs: 20, queuedStreamBytes: 200_000 });
    const good = await readStream(node.url);
    const stopped = await readStream(node.url);
    await has(stopped, 1);
    stopped.response.pause();
    const body = `<p>${'x'.repeat(90_000)}</p>`;
    let posted = 0;
    while (node.gateway.connections > 1 && posted < 300) {
      expectOk(await node.desk.publish(admin, 'gaza', development({ body })));
      posted += 1;
    }
    expect(node.gateway.connections).toBe(1);
    await has(good, posted + 1);
    expect(good.told().slice(1)).toEqual(changes(node, 1, posted));
  });

  test('LIVE21 one that stops in the middle of catching up is dropped when it has taken nothing for 15 s', async () => {
    const node = await startLive({ sweepMs: 20 });
    const body = `<p>${'x'.repeat(90_000)}</p>`;
    for (const _ of range(1, 120)) expectOk(await node.desk.publish(admin, 'gaza', development({ body })));
    const stopped = await readStream(node.url, `?since=${node.position(0)}`);
    stopped.response.pause();
    await waitFor(() => {
      node.clock.ms += 500;
      return node.gateway.connections === 0;
    }, 'it to be dropped');
  });

  test('LIVE17 at the end all streams end', async () => {
    const node = await startLive();
    const reader = await readStream(node.url);
    await has(reader, 1);
    await node.end();
    await reader.ended;
  });
});
