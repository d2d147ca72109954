import { beforeAll, describe, expect, test } from '@jest/globals';
import { operations } from '../../server/http/operations.ts';
import type { Update } from '../../shared/update.ts';
import { admin, development, editor, expectOk } from '../support/spine.ts';
import { api, site } from './support.ts';

const the = site();
const gaza = `${api}/gaza`;
const made: Update[] = [];
let draft: Update;

beforeAll(async () => {
  const { desk } = the().spine;
  for (let i = 0; i < 5; i++) {
    const input = development({ occurredAt: `2024-02-07T1${i}:00:00+02:00`, headline: `At 1${i}`, key: i === 2 });
    made.push(expectOk(await desk.publish(editor, 'gaza', input)).update);
  }
  expectOk(
    await desk.publish(editor, 'gaza', development({ occurredAt: '2023-10-07T08:00:00+03:00', headline: 'First' })),
  );
  draft = expectOk(await desk.publish(editor, 'gaza', development({ status: 'draft', headline: 'Not yet' }))).update;
  expectOk(await desk.createTimeline(admin, { ...timeline, slug: 'empty' }));
});

const timeline = { title: 'Empty', subject: 'nothing', dayOne: '2026-11-20', timeZone: 'Europe/Kyiv' };
const idAt = (i: number): string => made[i]?.id ?? '';

describe('public reads', () => {
  test.each([
    ['GET /api/v1/timelines', () => api],
    ['GET /api/v1/timelines/:slug', () => gaza],
    ['GET /api/v1/timelines/:slug/head', () => `${gaza}/head`],
    ['GET /api/v1/timelines/:slug/days', () => `${gaza}/days`],
    ['GET /api/v1/timelines/:slug/days/:day', () => `${gaza}/days/124`],
    ['GET /api/v1/timelines/:slug/updates/:id', () => `${gaza}/updates/${idAt(0)}`],
    ['GET /api/v1/timelines/:slug/updates/:id/revisions', () => `${gaza}/updates/${idAt(0)}/revisions`],
    ['GET /api/v1/timelines/:slug/changes', () => `${gaza}/changes?since=${epoch()}:0`],
    ['GET /api/v1/timelines/:slug/changes', () => `${gaza}/changes?since=other:0`],
  ])('HTTP1 %s says what is written of it, field by field', async (route, path) => {
    const { body, headers } = await the().request.get(path()).expect(200);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(operations[route]?.answers[200]?.schema?.parse(body)).toEqual(body);
  });

  test('CHAIN6 every page of a timeline shows the head that its address and its last change have', async () => {
    const { body } = await the().request.get(`${gaza}/head`).expect(200);
    const { body: last } = await the().request.get(`${gaza}/changes?since=${epoch()}:5`);
    expect(body).toEqual({ position: `${epoch()}:6`, hash: last.changes[0].hash });
    for (const path of ['/gaza', '/gaza/day/124', '/gaza/days', `/gaza/updates/${idAt(0)}`]) {
      expect((await the().request.get(path)).text).toContain(`data-head="${body.position}@${body.hash}"`);
    }
  });

  test('HTTP1 all timelines are listed with what each of them says itself', async () => {
    const { body } = await the().request.get(api).expect(200);
    const each = await Promise.all(['empty', 'gaza'].map((slug) => the().request.get(`${api}/${slug}`)));
    expect(body).toEqual({ timelines: each.map((answer) => answer.body) });
    expect(each[1]?.body).toMatchObject({
      today: { day: 1144, date: '2026-11-23' },
      position: `${epoch()}:6`,
      revision: 1,
    });
  });

  test('HTTP2 the list of days has only days that have something, newest first', async () => {
    const { body } = await the().request.get(`${gaza}/days`).expect(200);
    expect(body.days.map(({ day, updates, key }: Record<string, unknown>) => [day, updates, key])).toEqual([
      [124, 5, 1],
      [1, 1, 0],
    ]);
    expect((await the().request.get(`${api}/empty/days`).expect(200)).body).toEqual({ days: [] });
  });

  test('HTTP3 a day is read in pages, each update once, newest event first', async () => {
    const seen: string[] = [];
    let after = '';
    for (;;) {
      const { body } = await the().request.get(`${gaza}/days/124?limit=2${after}`).expect(200);
      expect(body).toMatchObject({
        timeline: 'gaza',
        day: 124,
        date: '2024-02-07',
        label: '124th day',
        previous: 1,
        next: null,
      });
      expect(body.summary).toMatchObject({ automatic: true, sections: [{ points: [{ updates: [idAt(2)] }] }] });
      seen.push(...body.updates.map((update: Update) => update.headline));
      if (body.more === null) break;
      after = `&after=${body.more}`;
    }
    expect(seen).toEqual(['At 14', 'At 13', 'At 12', 'At 11', 'At 10']);
  });

  test('HTTP3 a day with nothing is an empty list; before day 1 and after today there is none', async () => {
    const { body } = await the().request.get(`${gaza}/days/125`).expect(200);
    expect(body).toMatchObject({ day: 125, summary: null, updates: [], more: null, previous: 124, next: null });
    await the().request.get(`${gaza}/days/1144`).expect(200);
    for (const day of ['0', '-1', '1145', '99999999', '1.5', 'x', '01', '1e2'])
      await the().request.get(`${gaza}/days/${day}`).expect(404);
  });

  test.each(['limit=0', 'limit=1001', 'limit=x', 'limit=1.5', 'limit=', 'after=x', 'after=WzFd'])(
    'HTTP8 a day asked for with %s is refused',
    async (query) => {
      const { body } = await the().request.get(`${gaza}/days/124?${query}`).expect(422);
      expect(body).toMatchObject({ code: 'validation-failed', errors: [{ path: `/${query.split('=')[0]}` }] });
    },
  );

  test('HTTP8 parameters that an address doesn’t know change nothing', async () => {
    const plain = await the().request.get(`${gaza}/days/124`);
    const tracked = await the().request.get(`${gaza}/days/124?utm_source=x&_=1`).expect(200);
    expect(tracked.headers['etag']).toBe(plain.headers['etag']);
  });

  test('HTTP4 an update is there for all once it is public', async () => {
    const { body } = await the()
      .request.get(`${gaza}/updates/${idAt(1)}`)
      .expect(200);
    expect(body).toEqual(made[1]);
    for (const id of [draft.id, 'unknown', 'x'.repeat(300)])
      await the().request.get(`${gaza}/updates/${id}`).expect(404);
    await the()
      .request.get(`${api}/empty/updates/${idAt(1)}`)
      .expect(404);
    await the().request.get(`/gaza/updates/${draft.id}`).expect(404);
  });

  test('HTTP6 changes come in order, with the position that they lead to', async () => {
    const first = await the().request.get(`${gaza}/changes?since=${epoch()}:0&limit=4`).expect(200);
    expect(first.body.changes.map(({ seq }: { seq: number }) => seq)).toEqual([1, 2, 3, 4]);
    expect(first.body.position).toBe(`${epoch()}:4`);
    const rest = await the().request.get(`${gaza}/changes?since=${first.body.position}`).expect(200);
    expect(rest.body.changes.map(({ seq }: { seq: number }) => seq)).toEqual([5, 6]);
    const none = await the().request.get(`${gaza}/changes?since=${rest.body.position}`).expect(200);
    expect(none.body).toEqual({ changes: [], position: `${epoch()}:6` });
  });

  test('HTTP6 what can’t be continued is a reset, what is no position a refusal', async () => {
    for (const since of ['other:3', 'x:1', 'Another_log-2:0', `${epoch()}:7`]) {
      const { body } = await the().request.get(`${gaza}/changes?since=${since}`).expect(200);
      expect(body).toEqual({ reset: true, position: `${epoch()}:6` });
    }
    for (const query of ['', 'since=', 'since=x', `since=${epoch()}`, `since=${epoch()}:-1`, `since=${epoch()}:01`]) {
      const { body } = await the().request.get(`${gaza}/changes?${query}`).expect(422);
      expect(body.code).toBe('malformed-position');
    }
    await the().request.get(`${gaza}/changes?since=${epoch()}:0&limit=1001`).expect(422);
  });

  test.each([
    '',
    '/days',
    '/days/1',
    '/updates/x',
    '/updates/x/revisions',
    '/changes?since=abcd:1',
    '/stream',
    '/export.ndjson',
  ])('HTTP34 %s of an unknown timeline is 404', async (path) => {
    const { body, headers } = await the().request.get(`${api}/nowhere${path}`).expect(404);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(body).toMatchObject({ status: 404, code: 'not-found', type: '/docs/problems#not-found' });
  });

  test('HTTP7 a slash too many leads to the address without it, and never away', async () => {
    const { headers } = await the().request.get('/gaza/?x=1').expect(308);
    expect(headers['location']).toBe('/gaza?x=1');
    for (const path of ['//evil.example/', '/\\evil.example/', '///evil.example//']) {
      const answer = await the().request.get(path).redirects(0);
      expect(answer.headers['location'] ?? '/').toMatch(/^\/(?![/\\])/);
    }
  });
});

const epoch = (): string => the().spine.live.timeline('gaza')?.position.epoch ?? '';
