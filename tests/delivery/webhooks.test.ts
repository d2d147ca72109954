import { describe, expect, test } from '@jest/globals';
import { parseMetrics } from '../ops/support.ts';
import { editor, expectOk } from '../support/spine.ts';
import { delivering, webhooks } from './delivery-support.ts';
import { answers, receivers } from './receiver.ts';
import { verifierOfTheDocs } from './verifier.ts';

const start = delivering();
const receiver = receivers();

describe('webhooks', () => {
  test('HOOK1 each change comes as it is in the log, in order, with an id and a position', async () => {
    const it = await start();
    const partner = await receiver();
    await it.publish({ headline: 'Before there was a webhook' });
    const hook = await it.webhook({ url: partner.url });
    const id = await it.publish({ headline: 'First' });
    expectOk(await it.site.spine.desk.revise(editor, 'gaza', id, 1, { correction: 'It was otherwise.' }));
    const sections = [{ heading: null, points: [{ text: 'A point', updates: [id] }] }];
    expectOk(await it.site.spine.desk.summarise(editor, 'gaza', 124, 0, { sections }));
    await it.deliver();
    const { epoch } = it.site.spine.live.timeline('gaza')?.position ?? {};
    const since = `${epoch}:1`;
    const { body } = await it.site.request.get(`/api/v1/timelines/gaza/changes?since=${since}`).expect(200);
    expect(partner.messages).toEqual(
      body.changes.map((change: { type: string; at: string; seq: number }) => ({
        type: change.type,
        timestamp: change.at,
        position: `${epoch}:${change.seq}`,
        data: change,
      })),
    );
    expect(partner.got.map(({ headers }) => headers['webhook-id'])).toEqual(
      [2, 3, 4].map((seq) => `msg_${hook.id}_${epoch}_${seq}`),
    );
    expect(partner.got[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Daymark' });
    await it.deliver();
    expect(partner.got).toHaveLength(3);
    expect(await it.read(hook)).toMatchObject({ position: `${epoch}:4`, failures: 0, failingSince: null });
  });

  test('HOOK1 a webhook hears of what it asked for, and of every takedown', async () => {
    const it = await start();
    const [keys, summaries] = [await receiver(), await receiver()];
    await it.webhook({ url: keys.url, keyOnly: true });
    await it.webhook({ url: summaries.url, events: ['summary.revised'] });
    const plain = await it.publish({ headline: 'Plain' });
    await it.publish({ headline: 'Key', key: true });
    expectOk(await it.site.spine.desk.summarise(editor, 'gaza', 124, 0, { sections: [] }));
    await it.deliver();
    expectOk(await it.site.spine.desk.remove(editor, 'gaza', plain, 'x'));
    await it.deliver();
    expect(keys.seqs).toEqual([2, 3, 4]);
    expect(keys.messages.map(({ type }) => type)).toEqual(['update.published', 'summary.revised', 'update.removed']);
    expect(summaries.messages.map(({ type }) => type)).toEqual(['summary.revised']);
  });

  test('OPS17 what was told and what was taken is counted, by kind', async () => {
    const it = await start();
    const [good, bad] = [await receiver(), await receiver(answers(500))];
    for (const { url } of [good, bad]) await it.webhook({ url });
    await it.publish();
    await it.publish();
    await it.deliver();
    const { text } = await it.site.request.get('/metrics').expect(200);
    const counted = (kind: string, outcome: string): number | undefined =>
      parseMetrics(text).get(`daymark_deliveries_total{kind="${kind}",outcome="${outcome}"}`);
    expect([counted('webhook', 'taken'), counted('webhook', 'failed'), counted('push', 'taken')]).toEqual([2, 1, 0]);
  });

  test('HOOK2 a receiver proves with the code of our page that a message is ours, new, and as it was sent', async () => {
    const it = await start();
    it.site.spine.clock.ms = Date.now();
    const verify = await verifierOfTheDocs();
    const partner = await receiver();
    const hook = await it.webhook({ url: partner.url });
    await it.publish({ headline: 'Signed – “Gaza”' });
    await it.deliver();
    const { headers, body } = partner.first;
    expect(verify(hook.secret, headers, body)).toBe(true);
    expect(verify(hook.secret, headers, body.replace('Signed', 'Forged'))).toBe(false);
    expect(verify(hook.secret, { ...headers, 'webhook-id': 'msg_other' }, body)).toBe(false);
    const stale = String(Number(headers['webhook-timestamp']) - 301);
    expect(verify(hook.secret, { ...headers, 'webhook-timestamp': stale }, body)).toBe(false);
    expect(verify('whsec_AAAA', headers, body)).toBe(false);
  });

  test('HOOK2 after a change of secrets both the old and the new one prove it, and the one before no more', async () => {
    const it = await start();
    it.site.spine.clock.ms = Date.now();
    const verify = await verifierOfTheDocs();
    const partner = await receiver();
    const hook = await it.webhook({ url: partner.url });
    const secrets = [hook.secret];
    for (let times = 0; times < 2; times++) {
      const { body } = await it.site.request.post(`${webhooks}/${hook.id}/rotate`).set(it.editor).expect(200);
      secrets.push(body.secret);
    }
    expect(new Set(secrets).size).toBe(3);
    await it.publish();
    await it.deliver();
    const { headers, body } = partner.first;
    expect(secrets.map((secret) => verify(secret, headers, body))).toEqual([false, true, true]);
  });

  test('HOOK6 the log of deliveries says what was sent and what came of it; anything in it can be sent again', async () => {
    const it = await start();
    const partner = await receiver((res, nth) => void res.writeHead(nth === 1 ? 500 : 200).end());
    const hook = await it.webhook({ url: partner.url });
    await it.publish();
    await it.deliver();
    it.wait(2_000);
    await it.deliver();
    const resend = (seq: number) => it.site.request.post(`${webhooks}/${hook.id}/resend`).set(it.editor).send({ seq });
    await resend(1).expect(202);
    await it.deliver();
    const { deliveries } = await it.read(hook);
    expect(deliveries.map(({ at: _at, ...rest }) => rest)).toEqual([
      { seq: 1, event: 'update.published', attempt: 1, status: 200, fault: null, delivered: true },
      { seq: 1, event: 'update.published', attempt: 2, status: 200, fault: null, delivered: true },
      { seq: 1, event: 'update.published', attempt: 1, status: 500, fault: 'answered 500', delivered: false },
    ]);
    expect(new Set(partner.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    for (const seq of [2, 1_000_000]) await resend(seq).expect(422);
  });

  test('HOOK6 a test is sent at once, also to a webhook that is disabled, and says what came of it', async () => {
    const it = await start();
    const partner = await receiver((res, nth) => void res.writeHead(nth === 1 ? 204 : 503).end());
    const hook = await it.webhook({ url: partner.url });
    const send = () => it.site.request.post(`${webhooks}/${hook.id}/test`).set(it.editor).expect(200);
    expect((await send()).body.deliveries[0]).toMatchObject({ event: 'webhook.test', seq: null, delivered: true });
    await it.site.request.patch(`${webhooks}/${hook.id}`).set(it.editor).send({ enabled: false }).expect(200);
    const { body } = await send();
    expect(body.deliveries[0]).toMatchObject({ status: 503, fault: 'answered 503', delivered: false });
    expect(body).toMatchObject({ failures: 0, disabled: { reason: 'By editor.' } });
    expect(partner.messages).toEqual([
      { type: 'webhook.test', timestamp: expect.any(String), position: hook.position, data: null },
      { type: 'webhook.test', timestamp: expect.any(String), position: hook.position, data: null },
    ]);
  });

  test('HOOK7 a takedown leaves no word of its update to be delivered, delivered again, or read in the log', async () => {
    const it = await start();
    const partner = await receiver(answers(500));
    const hook = await it.webhook({ url: partner.url });
    const id = await it.publish({ headline: 'The name is zq12345x' });
    await it.deliver();
    expect(partner.got[0]?.body).toContain('zq12345x');
    expectOk(await it.site.spine.desk.remove(editor, 'gaza', id, 'A court said so.'));
    partner.got.splice(0);
    partner.behave = answers(200);
    it.wait(2_000);
    await it.deliver();
    await it.site.request.post(`${webhooks}/${hook.id}/resend`).set(it.editor).send({ seq: 1 }).expect(202);
    await it.deliver();
    expect(partner.messages.map(({ type, data }) => [type, data?.type])).toEqual(
      Array(3).fill(['update.removed', 'update.removed']),
    );
    const stored = JSON.stringify(await it.site.spine.hooks.hooks('gaza'));
    expect(JSON.stringify(partner.got) + JSON.stringify(await it.read(hook)) + stored).not.toMatch(/zq12345x|court/);
  });

  test('HOOK11 secrets and tokens are shown to nobody, but for a new secret once; what cannot be is refused', async () => {
    const it = await start();
    const partner = await receiver();
    const hook = await it.webhook({ url: partner.url });
    expect(hook.secret).toMatch(/^whsec_/);
    const slack = await it.webhook({ url: `${partner.url}/T0/secret`, format: 'slack' });
    const mastodon = await it.webhook({ url: partner.url, format: 'mastodon', token: 'a-token-of-mastodon' });
    expect([slack.secret, mastodon.secret]).toEqual([null, null]);
    const { text } = await it.site.request.get(webhooks).set(it.editor).expect(200);
    const { text: audited } = await it.site.request.get('/api/v1/audit').set(it.site.admin).expect(200);
    for (const word of [hook.secret ?? '', 'T0/secret', 'a-token-of-mastodon'])
      expect(text + audited).not.toContain(word);
    await it.site.request.post(`${webhooks}/${slack.id}/rotate`).set(it.editor).expect(422);
    const refused: [object, string][] = [
      [{ url: 'ftp://example.org/' }, '/url'],
      [{ url: 'http://user:password@example.org/' }, '/url'],
      [{ url: 'javascript:alert(1)' }, '/url'],
      [{ url: partner.url, events: [] }, '/events'],
      [{ url: partner.url, events: ['update.drafted'] }, '/events/0'],
      [{ url: partner.url, format: 'telegram', token: 'x' }, '/recipient'],
      [{ url: partner.url, format: 'mastodon' }, '/token'],
      [{ url: partner.url, secret: 'mine' }, '/secret'],
    ];
    for (const [input, path] of refused) {
      const { body } = await it.site.request
        .post(webhooks)
        .set(it.editor)
        .send({ name: 'x', ...input })
        .expect(422);
      expect(body.errors.map((error: { path: string }) => error.path)).toEqual([path]);
    }
  });

  test('HOOK11 a timeline has 20 webhooks at the most, and takes them with it', async () => {
    const it = await start();
    const partner = await receiver();
    for (let n = 0; n < 20; n++) await it.webhook({ url: partner.url });
    const { body } = await it.site.request
      .post(webhooks)
      .set(it.editor)
      .send({ name: 'x', url: partner.url })
      .expect(409);
    expect(body.type).toMatch(/limit-reached$/);
    const { store, hooks, live } = it.site.spine;
    await store.deleteTimeline('gaza', { at: '', actor: '', action: 'timeline.delete', target: 'gaza', reason: null });
    await live.refresh('gaza');
    expect(await hooks.hooks('gaza')).toEqual([]);
    await it.deliver();
    expect(partner.got).toEqual([]);
  });

  test('HOOK12 a log that begins anew is told of as such, and then what comes', async () => {
    const it = await start();
    const partner = await receiver();
    const hook = await it.webhook({ url: partner.url });
    const { store, live } = it.site.spine;
    const { position, hash } = live.timeline('gaza') ?? { position: { epoch: '', seq: 0 }, hash: '' };
    await it.site.request.patch(`${webhooks}/${hook.id}`).set(it.editor).send({ enabled: false }).expect(200);
    await store.renewEpoch('gaza', { position: { ...position, seq: position.seq + 1 }, hash });
    await live.refresh('gaza');
    await it.site.request.patch(`${webhooks}/${hook.id}`).set(it.editor).send({ enabled: true }).expect(200);
    await it.deliver();
    await it.publish();
    await it.deliver();
    const { epoch } = live.timeline('gaza')?.position ?? {};
    expect(epoch).not.toBe(position.epoch);
    expect(partner.messages.map(({ type, position: at, data }) => [type, at, data?.seq ?? null])).toEqual([
      ['timeline.reset', `${epoch}:0`, null],
      ['update.published', `${epoch}:1`, 1],
    ]);
  });
});
