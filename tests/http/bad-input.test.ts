import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { problemTable } from '../../shared/problems.ts';
import { development } from '../support/spine.ts';
import { get } from './raw.ts';
import { api, site } from './support.ts';

const the = site();
const updates = `${api}/gaza/updates`;

const send = (body: string, type = 'application/json') =>
  the().request.post(updates).set(the().admin).set('Content-Type', type).send(body);
/** Bytes as they are; superagent would make JSON of them. */
async function sendBytes(body: Buffer, encoding = 'identity'): Promise<{ status: number; code: string }> {
  const headers = { ...the().admin, 'Content-Type': 'application/json', 'Content-Encoding': encoding };
  const answer = await get(the().url, updates, headers, 'POST', body);
  return { status: answer.status, code: JSON.parse(answer.body.toString()).code };
}

const publish = (body: unknown) => send(JSON.stringify(body));

const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

/** Bodies of a new update, with the status, the code and the places of the faults that they are refused with. */
const refused: [string, () => unknown, number, string, string[]][] = [
  ['nothing in it', () => ({}), 422, 'validation-failed', ['/occurredAt']],
  ['a list', () => [], 422, 'validation-failed', ['']],
  ['null', () => null, 422, 'validation-failed', ['']],
  ['neither headline nor body', () => ({ occurredAt: '2024-02-07' }), 422, 'validation-failed', ['/headline']],
  [
    'a local time without offset',
    () => development({ occurredAt: '2024-02-07T10:00:00' }),
    422,
    'validation-failed',
    ['/occurredAt'],
  ],
  [
    'a date that no calendar has',
    () => development({ occurredAt: '2024-02-30' }),
    422,
    'validation-failed',
    ['/occurredAt'],
  ],
  ['an event before day one', () => development({ occurredAt: '2023-10-06' }), 422, 'before-day-one', []],
  ['an event that is to come', () => development({ occurredAt: '2026-11-23T09:06:00Z' }), 422, 'in-the-future', []],
  ['a date that is to come', () => development({ occurredAt: '2026-11-24' }), 422, 'in-the-future', []],
  [
    'unknown fields',
    () => ({ ...development(), id: 'mine', 'a/b~c': 1 }),
    422,
    'validation-failed',
    ['/id', '/a~1b~0c'],
  ],
  [
    'a field of the prototype',
    () => JSON.parse(`{"__proto__": {"x": 1}, "constructor": 1, ${JSON.stringify(development()).slice(1)}`),
    422,
    'validation-failed',
    ['/__proto__', '/constructor'],
  ],
  ['a headline too long', () => development({ headline: 'x'.repeat(301) }), 422, 'validation-failed', ['/headline']],
  ['a body too long', () => development({ body: 'x'.repeat(100_001) }), 422, 'validation-failed', ['/body']],
  [
    'numbers for texts',
    () => ({ ...development(), headline: 1, tags: [1] }),
    422,
    'validation-failed',
    ['/headline', '/tags/0'],
  ],
  [
    'a source that runs',
    () => development({ sources: [{ name: 'x', url: 'javascript:alert(1)' }] }),
    422,
    'validation-failed',
    ['/sources/0/url'],
  ],
  ['a source of nothing', () => ({ ...development(), sources: [{}] }), 422, 'validation-failed', ['/sources/0']],
  [
    'a place off the globe',
    () => development({ place: { name: 'x', latitude: 91, longitude: 0 } }),
    422,
    'validation-failed',
    ['/place/latitude'],
  ],
  [
    'a publication in the past',
    () => development({ publishAt: '2026-11-23T08:00:00Z' }),
    422,
    'validation-failed',
    ['/publishAt'],
  ],
  [
    'an image that nobody uploaded',
    () => development({ images: [{ id: 'x', alt: 'x' }] }),
    422,
    'validation-failed',
    ['/images/0/id'],
  ],
  [
    'nothing once it is sanitised',
    () => development({ headline: '', body: '<script>x</script>' }),
    422,
    'validation-failed',
    ['/body'],
  ],
];

describe('bad input', () => {
  test.each(refused)('HTTP30 an update with %s is refused', async (_what, body, status, code, paths) => {
    const { headers, body: problem } = await publish(body()).expect(status);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(problem).toMatchObject({
      status,
      code,
      type: `/docs/problems#${code}`,
      title: expect.any(String),
      detail: expect.any(String),
    });
    expect((problem.errors ?? []).map((fault: { path: string }) => fault.path)).toEqual(paths);
  });

  test('HTTP30 every fault is listed at once', async () => {
    const { body } = await publish({ occurredAt: 'x', headline: 1, key: 'yes', tags: ['', 'ok'], more: 1 }).expect(422);
    expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      '/headline',
      '/key',
      '/more',
      '/occurredAt',
      '/tags/0',
    ]);
  });

  test.each([
    ['no JSON', '{"a":', 400],
    ['nothing', '', 400],
    ['two values', '{} {}', 400],
    ['brackets without end', deep, 422],
  ])('HTTP30 a body of %s is refused', async (_what, body, status) => {
    const answer = await send(body).expect(status);
    expect(answer.body.code).toBe(status === 400 ? 'malformed-json' : 'validation-failed');
  });

  test('HTTP30 a body that is no UTF-8 is refused', async () => {
    expect(await sendBytes(Buffer.from([0x22, 0xff, 0x22]))).toEqual({ status: 400, code: 'malformed-json' });
  });

  test('HTTP30 a body over 256 kB is refused, also where it is smaller on the wire', async () => {
    const large = JSON.stringify(development({ body: 'x'.repeat(300_000) }));
    expect((await send(large).expect(413)).body.code).toBe('too-large');
    expect(await sendBytes(gzipSync(large), 'gzip')).toEqual({ status: 413, code: 'too-large' });
    expect((await sendBytes(gzipSync(JSON.stringify(development())), 'gzip')).status).toBe(201);
    expect(await sendBytes(Buffer.from('no gzip'), 'gzip')).toEqual({ status: 400, code: 'malformed-json' });
    expect(await sendBytes(Buffer.from('{}'), 'compress')).toEqual({ status: 415, code: 'unsupported-media-type' });
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    'multipart/form-data',
    'nonsense',
  ])('HTTP30 %s is another media type', async (type) => {
    expect((await send(JSON.stringify(development()), type).expect(415)).body.code).toBe('unsupported-media-type');
  });

  test('HTTP30 JSON may say that it is UTF-8', async () => {
    await send(JSON.stringify(development()), 'Application/JSON; charset="UTF-8"').expect(201);
  });

  test('HTTP31 nothing of a refused request is stored', async () => {
    const before = (await the().request.get(`${api}/gaza/days`)).body;
    const position = the().spine.live.timeline('gaza')?.position;
    for (const [, body] of refused) await publish(body());
    expect((await the().request.get(`${api}/gaza/days`)).body).toEqual(before);
    expect((await the().spine.store.timeline('gaza'))?.position).toEqual(position);
  });

  test('HTTP32 every refusal has a code of the table, and its status', async () => {
    const answers = await Promise.all([
      the().request.get('/api/nothing'),
      the().request.put(api),
      the().request.post(updates).send({}),
      the().request.post(updates).set(the().admin).send({}),
      the().request.get(`${api}/gaza/updates/%E0%A4%A`),
    ]);
    for (const { body, status, headers } of answers) {
      expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(problemTable[body.code as keyof typeof problemTable].status).toBe(status);
      expect(body.status).toBe(status);
    }
  });
});
