import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createInterface, type Interface } from 'node:readline';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { development, editor, expectOk } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { get } from './raw.ts';
import { api, site } from './support.ts';

const the = site();
const address = `${api}/gaza/import`;
const row = (n: number) =>
  `${JSON.stringify({ occurredAt: '2024-02-07', headline: `Row ${n}`, externalId: `r${n}` })}\n`;

const asImport = () => ({ method: 'POST', headers: { ...the().admin, 'Content-Type': 'application/x-ndjson' } });

interface OpenImport {
  asked: ClientRequest;
  answer: IncomingMessage;
  lines: AsyncIterator<string>;
}

/** Begins an import and leaves its end open. */
async function begin(first: string): Promise<OpenImport> {
  const asked = request(`${the().url}${address}`, asImport());
  asked.write(first);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const reader: Interface = createInterface({ input: answer });
  return { asked, answer, lines: reader[Symbol.asyncIterator]() };
}

/** The next record that is no progress. */
async function next({ lines }: OpenImport): Promise<Record<string, unknown>> {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) return { ended: true };
    const record = JSON.parse(value) as Record<string, unknown>;
    if (!('progress' in record)) return record;
  }
}

describe('an import over HTTP', () => {
  test('HTTP60 is answered while rows still arrive', async () => {
    const open = await begin(row(1));
    expect(open.answer.statusCode).toBe(200);
    expect(open.answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    open.asked.write('{"headline": "no time"}\n');
    expect(await next(open)).toMatchObject({ line: 2, problem: { code: 'validation-failed', status: 422 } });
    await waitFor(() => the().spine.live.timeline('gaza')?.position.seq === 1, 'the first row to be public');
    open.asked.end(row(3) + row(1));
    expect(await next(open)).toEqual({ imported: 2, refused: 1, replayed: 1 });
    expect(await next(open)).toEqual({ ended: true });
  });

  test('HTTP60 tells its progress while nothing else happens', async () => {
    const open = await begin(row(10));
    const { value } = await open.lines.next();
    expect(JSON.parse(value)).toMatchObject({ progress: { imported: expect.any(Number) } });
    open.asked.end();
    await next(open);
  });

  test('HTTP60 keeps what came before its sender went away', async () => {
    const seq = the().spine.live.timeline('gaza')?.position.seq ?? 0;
    const open = await begin(row(20) + row(21) + row(22).slice(0, 10));
    open.answer.on('error', () => undefined); // it is cut from this side
    await waitFor(() => the().spine.live.timeline('gaza')?.position.seq === seq + 2, 'two whole rows');
    open.asked.destroy();
    await the().request.get('/healthz').expect(200);
    expect(the().spine.live.timeline('gaza')?.position.seq).toBe(seq + 2);
  });

  test('HTTP60 is held back by a client that does not read', async () => {
    const long = `{"headline": "${'x'.repeat(2_000)}"}\n`;
    const served = once(the().server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
    const asked = request(`${the().url}${address}`, asImport());
    const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
    asked.write(long);
    const [, res] = await served;
    let sent = 1;
    await waitFor(
      () => {
        for (; !asked.writableNeedDrain; sent++) asked.write(long);
        return res.writableNeedDrain;
      },
      'both directions to be full',
      { withinMs: 50_000, everyMs: 1 },
    );
    expect(res.writableLength).toBeLessThan(1_000_000);
    const [answer] = await answered;
    asked.end();
    let last = '';
    for await (const line of createInterface({ input: answer })) last = line;
    expect(JSON.parse(last)).toEqual({ imported: 0, refused: sent, replayed: 0 });
  });

  test.each(['application/json', 'text/plain', 'application/x-ndjson; charset=latin1'])(
    'HTTP60 takes no %s',
    async (type) => {
      const { body } = await the()
        .request.post(address)
        .set(the().admin)
        .set('Content-Type', type)
        .send('{}')
        .expect(415);
      expect(body.code).toBe('unsupported-media-type');
    },
  );
});

describe('an export over HTTP', () => {
  test('HTTP61 is an object a line, compressed where the client takes it', async () => {
    expectOk(await the().spine.desk.publish(editor, 'gaza', development({ headline: 'Exported' })));
    const plain = await get(the().url, `${api}/gaza/export.ndjson`);
    const packed = await get(the().url, `${api}/gaza/export.ndjson`, { 'Accept-Encoding': 'br' });
    expect(plain.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(packed.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(packed.body).equals(plain.body)).toBe(true);
    const kinds = plain.body
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).kind);
    expect(kinds[0]).toBe('timeline');
    expect(new Set(kinds.slice(1))).toEqual(new Set(['update']));
  });
});

describe('the stream', () => {
  test('HTTP62 opens at its address and tells changes', async () => {
    const { epoch = '', seq = 0 } = the().spine.live.timeline('gaza')?.position ?? {};
    const asked = request(`${the().url}${api}/gaza/stream?since=${epoch}:${seq}`, {
      headers: { Accept: 'text/event-stream', 'Accept-Encoding': 'br' },
    }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringMatching(/^text\/event-stream/),
      'access-control-allow-origin': '*',
    });
    expect(answer.headers['content-encoding']).toBeUndefined();
    const { update } = expectOk(await the().spine.desk.publish(editor, 'gaza', development({ headline: 'Streamed' })));
    let told = '';
    answer.setEncoding('utf8').on('data', (text: string) => (told += text));
    answer.on('error', () => undefined); // it is cut from this side
    await waitFor(() => told.includes(update.id), 'the change');
    expect(told).toContain(`id: ${epoch}:${seq + 1}`);
    asked.destroy();
  });

  test('HTTP62 refuses what is no position', async () => {
    const { body } = await the().request.get(`${api}/gaza/stream?since=x`).expect(422);
    expect(body.code).toBe('malformed-position');
  });
});
