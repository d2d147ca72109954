import { describe, expect, test } from '@jest/globals';
import { operations } from '../../server/http/operations.ts';
import type { Revision } from '../../shared/update.ts';
import { development } from '../support/spine.ts';
import { api, type Site, site } from './support.ts';

const the = site();
const updates = `${api}/gaza/updates`;

const publish = async (more: object = {}) =>
  (await the().request.post(updates).set(the().admin).send(development(more)).expect(201)).body;
const seqOf = ({ spine }: Site): number => spine.live.timeline('gaza')?.position.seq ?? -1;

describe('publishing', () => {
  test('HTTP20 a new update answers with its address and its revision', async () => {
    const { body, headers } = await the().request.post(updates).set(the().admin).send(development()).expect(201);
    expect(headers).toMatchObject({
      location: `${updates}/${body.id}`,
      etag: '"1"',
      'cache-control': 'private, no-store',
    });
    expect(operations['POST /api/v1/timelines/:slug/updates']?.answers[201]?.schema?.parse(body)).toEqual(body);
    expect(
      (
        await the()
          .request.get(headers['location'] ?? '')
          .expect(200)
      ).body,
    ).toEqual(body);
  });

  test('HTTP21 the same key answers the first result again, and writes nothing', async () => {
    const first = await keyed('k1', development({ headline: 'Once' })).expect(201);
    expect(first.headers['idempotent-replay']).toBeUndefined();
    const seq = seqOf(the());
    const again = await keyed('k1', development({ headline: 'Once' })).expect(200);
    expect(again.body).toEqual(first.body);
    expect(again.headers).toMatchObject({
      'idempotent-replay': 'true',
      location: first.headers['location'],
      etag: '"1"',
    });
    const { occurredAt, headline, body } = development({ headline: 'Once' });
    const otherwise = `{ "headline": ${JSON.stringify(headline)},\n "body": ${JSON.stringify(body)}, "occurredAt": "${occurredAt}" }`;
    await keyed('k1', otherwise).expect(200);
    expect(seqOf(the())).toBe(seq);
  });

  test('HTTP21 two at once with one key are one update', async () => {
    const seq = seqOf(the());
    const both = await Promise.all(Array.from({ length: 8 }, () => keyed('k2', development({ headline: 'Twice' }))));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    expect(new Set(both.map(({ body }) => body.id)).size).toBe(1);
    expect(seqOf(the())).toBe(seq + 1);
  });

  test('HTTP21 the same key with another body is refused', async () => {
    await keyed('k3', development({ headline: 'This' })).expect(201);
    const { body } = await keyed('k3', development({ headline: 'That' })).expect(422);
    expect(body.code).toBe('idempotency-key-reused');
  });

  test('HTTP21 a refused request does not burn its key', async () => {
    await keyed('k4', { headline: 'No time' }).expect(422);
    await keyed('k4', development({ occurredAt: '2001-01-01' })).expect(422);
    await keyed('k4', development()).expect(201);
  });

  test('HTTP21 a key belongs to its sender and its timeline', async () => {
    const mine = await keyed('k5', development()).expect(201);
    const other = await the().as({ role: 'reporter' });
    const theirs = await the()
      .request.post(updates)
      .set(other)
      .set('Idempotency-Key', 'k5')
      .send(development())
      .expect(201);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  test('HTTP21 after a takedown the replay says so', async () => {
    const { body } = await keyed('k6', development()).expect(201);
    await the().request.delete(`${updates}/${body.id}`).set(the().admin).send({ reason: 'Wrong' }).expect(204);
    expect((await keyed('k6', development()).expect(410)).body.code).toBe('removed');
  });

  test('HTTP21 a key has 1–200 visible characters', async () => {
    await keyed('k'.repeat(200), development()).expect(201);
    for (const key of ['k'.repeat(201), '', 'é']) {
      const { body } = await keyed(key, development()).expect(422);
      expect(body).toMatchObject({ code: 'validation-failed', errors: [{ path: '/Idempotency-Key' }] });
    }
  });
});

describe('revising', () => {
  test('HTTP22 a revision is written over the one that it is based on', async () => {
    const { id } = await publish();
    const { body, headers } = await patch(id, '"1"', {
      headline: 'Better',
      correction: 'The headline was wrong.',
    }).expect(200);
    expect(body).toMatchObject({ headline: 'Better', revision: 2, correction: { note: 'The headline was wrong.' } });
    expect(headers['etag']).toBe('"2"');
  });

  test('HTTP5 the public wordings of an update, with the note of the correction that made each', async () => {
    const { id } = await publish({ headline: 'One' });
    await patch(id, '"1"', { headline: 'Two', correction: 'It was two.' }).expect(200);
    await patch(id, '"2"', { headline: 'Three' }).expect(200);
    const { body } = await the().request.get(`${updates}/${id}/revisions`).expect(200);
    expect(body.revisions.map(({ revision, note, update }: Revision) => [revision, note, update.headline])).toEqual([
      [1, null, 'One'],
      [2, 'It was two.', 'Two'],
      [3, null, 'Three'],
    ]);
  });

  test('HTTP22 without If-Match nothing is written, nor with one that says nothing', async () => {
    const { id } = await publish();
    expect(
      (await the().request.patch(`${updates}/${id}`).set(the().admin).send({ key: true }).expect(428)).body.code,
    ).toBe('if-match-required');
    await patch(id, '*', { key: true }).expect(428);
    for (const header of ['1', '"1', '"1", "2"', 'W/1']) {
      expect((await patch(id, header, { key: true }).expect(422)).body.errors[0].path).toBe('/If-Match');
    }
    expect((await the().request.get(`${updates}/${id}`)).body.revision).toBe(1);
  });

  test('HTTP22 a stale revision is answered with the whole object as it stands', async () => {
    const { id } = await publish();
    const { body: second } = await patch(id, '"1"', { headline: 'Second' }).expect(200);
    for (const tag of ['"1"', '"3"', '"other"']) {
      const { body } = await patch(id, tag, { headline: 'Third' }).expect(412);
      expect(body).toMatchObject({ code: 'stale-revision', status: 412, current: second });
    }
  });

  test.each(['identity', 'gzip', 'br'])(
    'HTTP22 the ETag of a GET in %s does for If-Match, also weakened',
    async (encoding) => {
      const { id } = await publish({ body: `<p>${'Long enough to be compressed. '.repeat(20)}</p>` });
      const { headers } = await the().request.get(`${updates}/${id}`).set('Accept-Encoding', encoding).expect(200);
      await patch(id, headers['etag'] ?? '', { headline: 'Second' }).expect(200);
      await patch(id, headers['etag'] ?? '', { headline: 'Third' }).expect(412);
      await patch(id, 'W/"2"', { headline: 'Third' }).expect(200);
    },
  );

  test('HTTP4 a retracted update answers with its text and its retraction', async () => {
    const { id } = await publish({ headline: 'Wrong' });
    await patch(id, '"1"', { status: 'retracted', reason: 'It did not happen.' }).expect(200);
    const { body } = await the().request.get(`${updates}/${id}`).expect(200);
    expect(body).toMatchObject({
      headline: 'Wrong',
      status: 'retracted',
      retraction: { reason: 'It did not happen.' },
    });
  });

  test('AUTH15 staff read a draft at its address, and nobody keeps the answer', async () => {
    const draft = await publish({ status: 'draft', headline: 'Secret' });
    expect(draft).toMatchObject({ status: 'draft', publishedAt: null });
    await the().request.get(`${updates}/${draft.id}`).expect(404);
    const { body, headers } = await the().request.get(`${updates}/${draft.id}`).set(the().admin).expect(200);
    expect(body).toEqual(draft);
    expect(headers).toMatchObject({ 'cache-control': 'private, no-store', etag: '"1"' });
    await the().request.get(`${updates}/${draft.id}`).set('Authorization', 'Bearer wrong').expect(401);
    await the().request.get(`${updates}/${draft.id}`).expect(404);
    await patch(draft.id, '"1"', { status: 'published' }).expect(200);
    await the().request.get(`${updates}/${draft.id}`).expect(200);
  });
});

describe('a takedown', () => {
  test('HTTP23 leaves no trace of the text in any answer', async () => {
    const { id } = await publish({ headline: 'Unspeakable-one', key: true });
    await patch(id, '"1"', { headline: 'Unspeakable-two' }).expect(200);
    const before = (await the().request.get(`${api}/gaza`)).body.position.split(':')[0];
    const places = [
      '/',
      '/gaza',
      '/gaza/day/124',
      '/gaza/days',
      `${api}/gaza`,
      `${api}/gaza/days/124`,
      `${api}/gaza/changes?since=${before}:0`,
      `${api}/gaza/export.ndjson`,
      `/gaza/updates/${id}`,
      `${updates}/${id}`,
      `${updates}/${id}/revisions`,
    ];
    for (const place of places) await the().request.get(place).expect(200);
    await the().request.delete(`${updates}/${id}`).set(the().admin).send({ reason: 'Unspeakable-reason' }).expect(204);
    for (const place of places) {
      const { status, text } = await the().request.get(place);
      expect([place, status]).toEqual([place, place.includes(id) ? 410 : 200]);
      expect(text).not.toContain('Unspeakable');
    }
    await patch(id, '"2"', { headline: 'Back' }).expect(410);
    await the().request.delete(`${updates}/${id}`).set(the().admin).send({ reason: 'Again' }).expect(410);
  });

  test('HTTP23 takes its reason', async () => {
    const { id } = await publish();
    for (const body of [undefined, {}, { reason: '' }, { reason: 'x', other: 1 }]) {
      await the().request.delete(`${updates}/${id}`).set(the().admin).send(body).expect(422);
    }
    await the().request.get(`${updates}/${id}`).expect(200);
  });
});

describe('timelines and summaries', () => {
  const kyiv = { slug: 'kyiv', title: 'Kyiv', subject: 'the war', dayOne: '2022-02-24', timeZone: 'Europe/Kyiv' };

  test('HTTP24 a timeline is begun once, and revised over its revision', async () => {
    const made = await the().request.post(api).set(the().admin).send(kyiv).expect(201);
    expect(made.headers).toMatchObject({ location: `${api}/kyiv`, etag: '"1"' });
    expect(made.body).toMatchObject({
      ...kyiv,
      status: 'live',
      replies: 'off',
      language: 'en',
      endedOn: null,
      revision: 1,
    });
    expect(made.body.position).toMatch(/:0$/);
    expect((await the().request.post(api).set(the().admin).send(kyiv).expect(409)).body.code).toBe('slug-taken');
    const address = `${api}/kyiv`;
    await the().request.patch(address).set(the().admin).send({ title: 'Ukraine' }).expect(428);
    const revised = await the()
      .request.patch(address)
      .set(the().admin)
      .set('If-Match', '"1"')
      .send({ title: 'Ukraine' })
      .expect(200);
    expect(revised.body).toMatchObject({ title: 'Ukraine', revision: 2 });
    expect((await the().request.get(address)).body).toEqual(revised.body);
    const stale = await the()
      .request.patch(address)
      .set(the().admin)
      .set('If-Match', '"1"')
      .send({ title: 'Other' })
      .expect(412);
    expect(stale.body.current).toEqual(revised.body);
    expect((await the().request.get('/kyiv')).text).toContain('Ukraine');
  });

  test('HTTP24 what stands fast and what is reserved is refused', async () => {
    await publish();
    const patch = (body: object) =>
      the().request.patch(`${api}/gaza`).set(the().admin).set('If-Match', '"1"').send(body);
    expect((await patch({ dayOne: '2023-10-08' }).expect(409)).body.code).toBe('timeline-has-updates');
    await patch({ slug: 'other' }).expect(422);
    for (const slug of ['api', 'newsroom', 'Gaza', '-a', 'a-', '', 'a'.repeat(65)]) {
      expect(
        (
          await the()
            .request.post(api)
            .set(the().admin)
            .send({ ...kyiv, slug })
            .expect(422)
        ).body.errors[0].path,
      ).toBe('/slug');
    }
  });

  test('HTTP25 the first summary is written over "0", the next over its revision', async () => {
    const { id } = await publish({ occurredAt: '2024-02-05T10:00:00+02:00' });
    const address = `${api}/gaza/days/122/summary`;
    const sections = [{ heading: null, points: [{ text: 'It happened.', updates: [id] }] }];
    const put = (tag: string, body: object = { sections }) =>
      the().request.put(address).set(the().admin).set('If-Match', tag).send(body);
    await the().request.put(address).set(the().admin).send({ sections }).expect(428);
    await put('"1"').expect(412);
    const { body, headers } = await put('"0"').expect(200);
    expect(body).toMatchObject({ day: 122, automatic: false, sections, outdated: [], revision: 1 });
    expect(headers['etag']).toBe('"1"');
    expect((await put('"0"').expect(412)).body.current).toEqual(body);
    const unknown = [{ points: [{ text: 'No.', updates: ['nothing'] }] }];
    expect((await put('"1"', { sections: unknown }).expect(422)).body.errors[0].path).toBe(
      '/sections/0/points/0/updates/0',
    );
    await patch(id, '"1"', { headline: 'Revised' }).expect(200);
    expect((await the().request.get(`${api}/gaza/days/122`)).body.summary.outdated).toEqual([id]);
    for (const day of ['0', '1145', 'x']) {
      await the()
        .request.put(`${api}/gaza/days/${day}/summary`)
        .set(the().admin)
        .set('If-Match', '"0"')
        .send({ sections: [] })
        .expect(404);
    }
  });
});

function keyed(key: string, body: object | string) {
  return the()
    .request.post(updates)
    .set(the().admin)
    .set('Idempotency-Key', key)
    .set('Content-Type', 'application/json')
    .send(body);
}

function patch(id: string, tag: string, body: object) {
  return the().request.patch(`${updates}/${id}`).set(the().admin).set('If-Match', tag).send(body);
}
