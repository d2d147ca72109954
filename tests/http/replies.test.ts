import { describe, expect, test } from '@jest/globals';
import type { Update } from '../../shared/update.ts';
import { admin, development, expectOk, gaza } from '../support/spine.ts';
import { api, site } from './support.ts';

const the = site({ rates: { repliesPerAddress: 10, readsPerSecond: 100_000 } });
const others = site();
let timelines = 0;

const reply = (more: object = {}) => ({
  name: 'Amal',
  email: 'amal@example.org',
  text: 'Thank you for this.',
  ...more,
});

/** A timeline that takes replies, with an update; `on`: a site whose limit is out of the way. */
async function moderated(on = others(), replies: 'moderated' | 'off' = 'moderated') {
  const slug = `replied-${++timelines}`;
  const { desk } = on.spine;
  expectOk(await desk.createTimeline(admin, { ...gaza, slug, replies }));
  const update: Update = expectOk(await desk.publish(admin, slug, development())).update;
  const path = `${api}/${slug}/updates/${update.id}`;
  const send = (input: object, what = 'replies') => on.request.post(`${path}/${what}`).send(input);
  const queue = async (status = 'pending') =>
    (await on.request.get(`${api}/${slug}/replies?status=${status}`).set(on.admin).expect(200)).body.replies;
  const decide = (id: string, decision: object) =>
    on.request.patch(`${api}/${slug}/replies/${id}`).set(on.admin).send(decision);
  const shown = async () => (await on.request.get(`${path}/replies`).expect(200)).body.replies;
  return { slug, update, path, send, queue, decide, shown, on };
}

describe('replies', () => {
  test('RPL1 a reply is pending until an editor approves it, and then everybody sees it without its address', async () => {
    const { send, queue, decide, shown, update } = await moderated();
    const { body } = await send(reply()).expect(202);
    expect(body).toEqual({ id: expect.any(String), status: 'pending' });
    expect(await shown()).toEqual([]);
    const [pending] = await queue();
    expect(pending).toMatchObject({
      id: body.id,
      kind: 'reply',
      update: update.id,
      headline: update.headline,
      name: 'Amal',
      email: 'amal@example.org',
      text: 'Thank you for this.',
      status: 'pending',
      suspicions: [],
    });
    expect(Object.keys(pending)).not.toContain('sender');
    const { body: decided } = await decide(body.id, { status: 'approved' }).expect(200);
    expect(decided).toMatchObject({ id: body.id, status: 'approved' });
    expect(await shown()).toEqual([{ id: body.id, name: 'Amal', text: 'Thank you for this.', at: pending.at }]);
    expect(await queue()).toEqual([]);
    await decide(body.id, { status: 'rejected' }).expect(200);
    expect(await shown()).toEqual([]);
  });

  test('RPL2 faults of a reply are told; nothing of it is kept', async () => {
    const { send, queue } = await moderated();
    const faults = async (input: object): Promise<unknown> =>
      (await send(input).expect(422)).body.errors.map(({ path }: { path: string }) => path);
    expect(await faults({})).toEqual(['/name', '/email', '/text']);
    expect(await faults(reply({ text: ' \n ' }))).toEqual(['/text']);
    expect(await faults(reply({ text: '\u0000\u0007' }))).toEqual(['/text']);
    expect(await faults(reply({ text: 'x'.repeat(3_001) }))).toEqual(['/text']);
    expect(await faults(reply({ email: 'nobody' }))).toEqual(['/email']);
    expect(await faults(reply({ name: 'A\nB' }))).toEqual(['/name']);
    expect(await faults(reply({ website: 'x' }))).toEqual(['/website']);
    await send(reply({ text: 'x'.repeat(3_000) })).expect(202);
    expect(await queue()).toHaveLength(1);
  });

  test('RPL3 where the timeline takes none, or the update is not there, there is nothing to reply to', async () => {
    const off = await moderated(others(), 'off');
    await off.send(reply()).expect(404);
    expect(await off.shown()).toEqual([]);
    const { slug, path, send, on } = await moderated();
    await on.request.post(`${api}/${slug}/updates/unknown/replies`).send(reply()).expect(404);
    await on.request.post(`${api}/nowhere/updates/x/replies`).send(reply()).expect(404);
    await on.request.delete(path).set(on.admin).send({ reason: 'legal' }).expect(204);
    await send(reply()).expect(410);
    await on.request.get(`${path}/replies`).expect(410);
  });

  test('RPL4 an address has ten turns in ten minutes, refused ones not counted, on all nodes together', async () => {
    const { send, on } = await moderated(the());
    await send(reply({ text: '' })).expect(422);
    for (let turn = 0; turn < 10; turn++)
      await send(reply({ text: `Turn ${turn}` }), turn === 4 ? 'replies' : 'replies').expect(202);
    const { body, headers } = await send(reply({ text: 'One more' })).expect(429);
    expect([body.code, headers['retry-after']]).toEqual(['too-many-requests', '600']);
    await send({ category: 'fact', text: 'A report' }, 'reports').expect(429);
    on.spine.clock.ms += 600_000;
    await send(reply({ text: 'Later' })).expect(202);
  });

  test('RPL5 the same text again is the same reply', async () => {
    const { send, queue } = await moderated();
    const { body: first } = await send(reply()).expect(202);
    const { body: again } = await send(reply({ text: ' Thank  you\nfor THIS. ' })).expect(202);
    expect(again.id).toBe(first.id);
    await send(reply({ email: 'other@example.org' })).expect(202);
    expect(await queue()).toHaveLength(2);
  });

  test('RPL6 the takedown of an update takes its replies along; one reply can be deleted for good', async () => {
    const { slug, send, decide, shown, queue, path, on } = await moderated();
    const { body: one } = await send(reply({ text: 'One' })).expect(202);
    const { body: two } = await send(reply({ text: 'Two' })).expect(202);
    for (const { id } of [one, two]) await decide(id, { status: 'approved' }).expect(200);
    await on.request.delete(`${api}/${slug}/replies/${one.id}`).set(on.admin).expect(204);
    await on.request.delete(`${api}/${slug}/replies/${one.id}`).set(on.admin).expect(404);
    expect((await shown()).map(({ id }: { id: string }) => id)).toEqual([two.id]);
    await send(reply({ text: 'Three' })).expect(202);
    await on.request.delete(path).set(on.admin).send({ reason: 'legal' }).expect(204);
    expect([await queue(), await queue('approved')]).toEqual([[], []]);
    expect(await on.spine.replies.reply(slug, two.id)).toBeNull();
    await decide(two.id, { status: 'rejected' }).expect(404);
  });

  test('RPL7 an error report goes to the same queue and is closed with the correction that came of it', async () => {
    const { slug, update, send, queue, decide, shown, on } = await moderated(others(), 'off');
    const { body } = await send({ category: 'fact', text: 'It was four.', email: null }, 'reports').expect(202);
    expect((await queue())[0]).toMatchObject({
      id: body.id,
      kind: 'report',
      category: 'fact',
      name: null,
      email: null,
    });
    await decide(body.id, { status: 'approved' }).expect(422);
    await decide(body.id, { status: 'closed', revision: 2 }).expect(422);
    expectOk(await on.spine.desk.revise(admin, slug, update.id, 1, { headline: 'Four', correction: 'It was four.' }));
    await decide(body.id, { status: 'closed', revision: 2 }).expect(200);
    expect((await queue('closed'))[0]).toMatchObject({ id: body.id, revision: 2 });
    expect(await shown()).toEqual([]);
    await send({ category: 'mood', text: 'x' }, 'reports').expect(422);
    await send({ category: 'name', text: 'With an address', email: 'a@example.org' }, 'reports').expect(202);
  });

  test('RPL8 who was banned is answered as ever, and is put with the spam until the ban is over', async () => {
    const { send, queue, decide, on } = await moderated();
    const { body } = await send(reply({ text: 'Buy' })).expect(202);
    await decide(body.id, { status: 'rejected', ban: true }).expect(422);
    await decide(body.id, { status: 'spam', ban: true }).expect(200);
    expect((await send(reply({ text: 'Buy more' })).expect(202)).body.status).toBe('pending');
    expect([(await queue()).length, (await queue('spam')).length]).toEqual([0, 2]);
    on.spine.clock.ms += 31 * 86_400_000;
    await send(reply({ text: 'Here again' })).expect(202);
    expect((await queue()).length).toBe(1);
    // What was decided on thirty days ago is of no use any more.
    expect((await queue('spam')).map(({ text }: { text: string }) => text)).not.toContain('Buy');
  });

  test('RPL9 the queue is read in pages, those that came first first, and counted', async () => {
    const { slug, send, on } = await moderated();
    for (const text of ['One', 'Two', 'Three']) {
      on.spine.clock.ms += 1_000;
      await send(reply({ text })).expect(202);
    }
    const page = async (after: string) =>
      (
        await on.request
          .get(`${api}/${slug}/replies?limit=2${after && `&after=${after}`}`)
          .set(on.admin)
          .expect(200)
      ).body;
    const first = await page('');
    const second = await page(first.more);
    const texts = [first, second].map(({ replies }) => replies.map(({ text }: { text: string }) => text));
    expect(texts).toEqual([['One', 'Two'], ['Three']]);
    expect([second.more, second.counts]).toEqual([null, { pending: 3, approved: 0, rejected: 0, spam: 0, closed: 0 }]);
    await on.request.get(`${api}/${slug}/replies?status=none`).set(on.admin).expect(422);
  });

  test('RPL10 no address is kept in clear, and an export has nothing of replies', async () => {
    const { slug, send, decide, on } = await moderated();
    const { body } = await send(reply()).expect(202);
    const kept = await on.spine.replies.reply(slug, body.id);
    expect(kept?.sender).toHaveLength(2);
    expect(JSON.stringify(kept)).not.toMatch(/127\.0\.0\.1|::1/);
    await decide(body.id, { status: 'approved' }).expect(200);
    expect((await on.spine.replies.reply(slug, body.id))?.sender).toEqual([]);
    const { text } = await on.request.get(`${api}/${slug}/export.ndjson`).expect(200);
    expect(text).not.toMatch(/amal|Thank you/i);
  });
});
