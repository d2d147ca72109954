import { afterEach, describe, expect, test } from '@jest/globals';
import { io } from 'socket.io-client';
import { call, type DaymarkProcess, daymarks } from '../support/daymark-process.ts';
import { waitFor } from '../support/wait-for.ts';

const suite = daymarks();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await suite.end();
});

/** Opens so many sockets, and tells when each was sent away. */
async function followers({ url }: DaymarkProcess, count: number): Promise<number[]> {
  const left: number[] = [];
  const sockets = Array.from({ length: count }, () =>
    io(url, { transports: ['websocket'], reconnection: false, forceNew: true }),
  );
  ends.push(() => {
    for (const socket of sockets) socket.close();
  });
  for (const socket of sockets) socket.on('disconnect', () => left.push(performance.now()));
  await waitFor(() => sockets.every(({ connected }) => connected), 'all sockets');
  return left;
}

describe('draining', () => {
  test.each(['1', '2'])(
    'START46 with %s workers: not ready first, still serving; then followers go little by little',
    async (workers) => {
      const env = { WORKERS: workers, DRAIN_SECONDS: '2', CONNECTIONS_PER_ADDRESS: '5000' };
      const daymark = await suite.start({ env });
      const left = await followers(daymark, 600);
      const stopped = daymark.stop();
      const ready = () => fetch(`${daymark.url}/readyz`, { headers: { connection: 'close' } });
      await waitFor(async () => (await ready()).status === 503, 'it to say that it stops');
      expect((await call(daymark, 'GET', '/api/v1/timelines')).status).toBe(200);
      expect(left).toEqual([]);
      expect(await stopped).toBe(0);
      await waitFor(() => left.length === 600, 'all to be told');
      const [first = 0, last = 0] = [Math.min(...left), Math.max(...left)];
      expect(last - first).toBeGreaterThan(100);
    },
  );

  test('START46 a request under way is answered', async () => {
    const daymark = await suite.start();
    let body: ReadableStreamDefaultController<Uint8Array> | null = null;
    const rows = new ReadableStream<Uint8Array>({
      start: (controller) => {
        body = controller;
      },
    });
    const row = (headline: string) =>
      new TextEncoder().encode(`${JSON.stringify({ occurredAt: '2024-02-07', headline })}\n`);
    body = body as ReadableStreamDefaultController<Uint8Array> | null;
    body?.enqueue(row('before'));
    const answer = fetch(`${daymark.url}/api/v1/timelines/gaza-sample/import`, {
      method: 'POST',
      headers: { authorization: 'Bearer admin-token-of-the-tests-only', 'content-type': 'application/x-ndjson' },
      body: rows,
      duplex: 'half',
    } as RequestInit);
    const head = async () => (await call(daymark, 'GET', '/api/v1/timelines/gaza-sample')).body.position;
    const before = await head();
    await waitFor(async () => (await head()) !== before, 'the first row');
    const stopped = daymark.stop();
    body?.enqueue(row('after'));
    body?.close();
    expect(await (await answer).text()).toMatch(/"imported":2/);
    expect(await stopped).toBe(0);
  });
});
