import { describe, expect, test } from '@jest/globals';
import type { Audited } from '../../shared/audit.ts';
import { development } from '../support/spine.ts';
import { Browser } from './people/support.ts';
import { api, site } from './support.ts';

const the = site();
const browser = () => new Browser(the());
const updates = `${api}/gaza/updates`;

async function audit(headers: Record<string, string>, query = ''): Promise<Audited[]> {
  const { body } = await the().request.get(`/api/v1/audit${query}`).set(headers).expect(200);
  return body.entries;
}
const actions = (entries: Audited[]): string[] => entries.map(({ action }) => action);

describe('the audit log', () => {
  test('AUD1 says who did what to what, when, from where, and why something was taken down', async () => {
    const { request, admin, spine } = the();
    const editor = await the().as({ role: 'editor', name: 'Wire' });
    const publish = async (body: object) =>
      (await request.post(updates).set(editor).send(development(body)).expect(201)).body.id;
    const revise = (id: string, revision: number, body: object) =>
      request.patch(`${updates}/${id}`).set(editor).set('If-Match', `"${revision}"`).send(body).expect(200);
    const first = await publish({ headline: 'Of the first' });
    await revise(first, 1, { headline: 'Of the first, better' });
    await revise(first, 2, { headline: 'Of the first, right', correction: 'A name was wrong.' });
    await revise(first, 3, { status: 'retracted', reason: 'It did not happen.' });
    const draft = await publish({ status: 'draft', headline: 'A draft' });
    for (let revision = 1; revision < 4; revision++)
      await revise(draft, revision, { headline: `A draft, saved ${revision} times` });
    await revise(draft, 4, { publishAt: '2026-11-24T00:00:00Z' });
    spine.clock.ms += 1;
    await request.delete(`${updates}/${first}`).set(editor).send({ reason: 'A court said so.' }).expect(204);
    spine.clock.ms += 1;
    await request.patch(`${api}/gaza/settings`).set(admin).set('If-Match', '"0"').send({ approval: true }).expect(200);
    const entries = await audit(admin, '?timeline=gaza');
    expect(actions(entries)).toEqual([
      'settings.revise',
      'update.remove',
      'update.schedule',
      'update.draft',
      'update.retract',
      'update.correct',
      'update.revise',
      'update.publish',
      'timeline.create',
    ]);
    expect(entries[0]).toMatchObject({ actor: 'admin', actorName: 'Administrator', reason: 'approval on' });
    expect(entries[1]).toEqual({
      at: new Date(spine.clock.ms - 1).toISOString(),
      actor: expect.any(String),
      actorName: 'Wire',
      address: '127.0.0.1',
      action: 'update.remove',
      timeline: 'gaza',
      target: first,
      targetName: null,
      reason: 'A court said so.',
    });
  });

  test('AUD1, BACK7 each of many that are changed at once, a summary and a hold are in it', async () => {
    const { request, admin } = the();
    const editor = await the().as({ role: 'editor', name: 'Desk editor' });
    const ids: string[] = [];
    for (const headline of ['One', 'Two'])
      ids.push((await request.post(updates).set(editor).send(development({ headline })).expect(201)).body.id);
    const change = (kind: object, revision: number) =>
      request
        .post(`${api}/gaza/staff/updates`)
        .set(editor)
        .send({ change: kind, updates: ids.map((id) => ({ id, revision })) })
        .expect(200);
    await change({ kind: 'tag', tag: 'floods' }, 1);
    await change({ kind: 'flag' }, 2);
    await change({ kind: 'retract', reason: 'Both were wrong.' }, 3);
    const sections = [{ heading: null, points: [{ text: 'A point', updates: [] }] }];
    const summary = request.put(`${api}/gaza/days/123/summary`).set(editor).set('If-Match', '"0"');
    await summary.send({ sections }).expect(200);
    const { body: settings } = await request.get(`${api}/gaza/settings`).set(admin).expect(200);
    const hold = request.patch(`${api}/gaza/settings`).set(editor).set('If-Match', `"${settings.revision}"`);
    await hold.send({ hold: true }).expect(200);
    await request
      .patch(`${api}/gaza/settings`)
      .set(editor)
      .set('If-Match', `"${settings.revision + 1}"`)
      .send({ hold: false })
      .expect(200);
    const entries = await audit(admin, '?timeline=gaza&limit=9');
    const told = entries.map(({ action, target, reason }) => [action, target, reason]);
    expect(told.slice(0, 3)).toEqual([
      ['settings.revise', 'settings', 'hold off'],
      ['settings.revise', 'settings', 'hold on'],
      ['summary.revise', '2024-02-06', null],
    ]);
    // Some of many are under way at once, in no order.
    const ofBoth = (action: string) => ids.map((id) => [action, id, null]);
    for (const [at, action] of ['update.retract', 'update.revise', 'update.revise'].entries())
      expect(told.slice(3 + 2 * at, 5 + 2 * at)).toEqual(expect.arrayContaining(ofBoth(action)));
    expect(new Set(entries.map(({ actorName }) => actorName))).toEqual(new Set(['Desk editor']));
  });

  test('RPL18 what is decided on replies is in it, without a word or an address of a reader', async () => {
    const { request, admin, spine } = the();
    const { revision } = (await request.get(`${api}/gaza`).expect(200)).body;
    await request
      .patch(`${api}/gaza`)
      .set(admin)
      .set('If-Match', `"${revision}"`)
      .send({ replies: 'moderated' })
      .expect(200);
    const { body: update } = await request.post(updates).set(admin).send(development()).expect(201);
    const sent: string[] = [];
    for (const text of ['First words', 'Second words', 'Third words']) {
      const reply = { name: 'A reader', email: 'reader@example.org', text };
      sent.push((await request.post(`${updates}/${update.id}/replies`).send(reply).expect(202)).body.id);
    }
    const report = { category: 'fact', text: 'A report' };
    sent.push((await request.post(`${updates}/${update.id}/reports`).send(report).expect(202)).body.id);
    const decide = (at: number, decision: object) =>
      request.patch(`${api}/gaza/replies/${sent[at]}`).set(admin).send(decision).expect(200);
    for (const [at, decision] of [
      [0, { status: 'approved' }],
      [0, { status: 'approved' }],
      [1, { status: 'rejected' }],
      [2, { status: 'spam' }],
      [2, { status: 'spam', ban: true }],
      [3, { status: 'closed' }],
    ] as const) {
      spine.clock.ms += 1;
      await decide(at, decision);
    }
    spine.clock.ms += 1;
    await request.delete(`${api}/gaza/replies/${sent[0]}`).set(admin).expect(204);
    const entries = await audit(admin, '?timeline=gaza&area=reply');
    expect(entries.map(({ action, target }) => [action, sent.indexOf(target)])).toEqual([
      ['reply.delete', 0],
      ['reply.close', 3],
      ['reply.ban', 2],
      ['reply.spam', 2],
      ['reply.reject', 1],
      ['reply.approve', 0],
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/words|reader|A report/);
  });

  test('AUD4 no text of an update is in it, and an import is one entry', async () => {
    const { request, admin } = the();
    const { body } = await request
      .post(updates)
      .set(admin)
      .send(development({ headline: 'A word to be gone' }))
      .expect(201);
    await request
      .patch(`${updates}/${body.id}`)
      .set(admin)
      .set('If-Match', '"1"')
      .send({ correction: 'That word' })
      .expect(200);
    const rows = ['one', 'two', 'three'].map((headline) => JSON.stringify(development({ headline }))).join('\n');
    await request
      .post(`${api}/gaza/import`)
      .set(admin)
      .set('Content-Type', 'application/x-ndjson')
      .send(`${rows}\nnot a row\n`)
      .expect(200);
    const entries = await audit(admin, '?timeline=gaza&limit=3');
    expect(actions(entries)).toEqual(['timeline.import', 'update.correct', 'update.publish']);
    expect(entries[0]?.reason).toBe('3 imported, 1 refused, 0 known');
    expect(JSON.stringify(await audit(admin, '?timeline=gaza'))).not.toMatch(/word|three/);
  });

  test('AUD5 knows sign-ins, failed ones, roles, links and tokens; no address that nobody has is kept whole', async () => {
    const boss = browser();
    const { email } = await boss.join('boss');
    const { id } = await browser().join('nina', { role: 'reporter' });
    await browser().signIn(email, { password: 'not this one' }).expect(401);
    await browser().signIn('stranger@example.net').expect(401);
    await boss.ask('patch', `/people/${id}`, { role: 'editor' }, { 'If-Match': '"1"' }).expect(200);
    const { body: token } = await boss.ask('post', '/tokens', { name: 'wire', role: 'reporter' }).expect(201);
    await boss.ask('delete', `/tokens/${token.id}`).expect(204);
    const { body } = await boss.ask('get', '/audit').expect(200);
    const entries = (body.entries as Audited[]).filter(({ timeline }) => timeline === null);
    expect(actions(entries).slice(0, 3).sort()).toEqual(['person.role', 'token.create', 'token.delete']);
    const refused = entries.filter(({ action }) => action === 'session.refuse');
    expect(refused.map(({ actorName, targetName }) => [actorName, targetName]).sort()).toEqual([
      [email, 'boss'],
      ['s…@example.net', null],
    ]);
    expect(entries.find(({ action }) => action === 'person.role')).toMatchObject({
      actorName: 'boss',
      targetName: 'nina',
      reason: 'reporter → editor',
    });
    expect(JSON.stringify(entries)).not.toContain('stranger');
    expect((await boss.ask('get', '/audit?area=token').expect(200)).body.entries).toHaveLength(2);
    expect(
      (await boss.ask('get', `/audit?actor=${entries[0]?.actor}`).expect(200)).body.entries.length,
    ).toBeGreaterThan(3);
  });

  test('AUD2 an editor sees the own timelines, page by page, each entry once', async () => {
    const { request, admin, spine } = the();
    await request
      .post(api)
      .set(admin)
      .send({ slug: 'kyiv', title: 'K', subject: 'k', dayOne: '2022-02-24', timeZone: 'Europe/Kyiv' })
      .expect(201);
    const editor = await the().as({ role: 'editor', timelines: ['kyiv'] });
    for (let i = 0; i < 7; i++) {
      if (i % 3 === 0) spine.clock.ms += 1_000;
      await request.post(`${api}/kyiv/updates`).set(editor).send(development()).expect(201);
    }
    const all = await audit(editor);
    expect(new Set(all.map(({ timeline }) => timeline))).toEqual(new Set(['kyiv']));
    expect(all).toHaveLength(8);
    await request.get('/api/v1/audit?timeline=gaza').set(editor).expect(403);
    const seen: Audited[] = [];
    let before = '';
    for (let page = 0; page < 4; page++) {
      const { body } = await request.get(`/api/v1/audit?limit=3${before}`).set(editor).expect(200);
      seen.push(...body.entries);
      if (body.more === null) break;
      before = `&before=${body.more}`;
    }
    expect(seen).toEqual(all);
    await request.get('/api/v1/audit?before=nowhere').set(editor).expect(422);
    await request.get('/api/v1/audit?limit=0').set(editor).expect(422);
  });
});
