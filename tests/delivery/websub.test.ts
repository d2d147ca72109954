import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { waitFor } from '../support/wait-for.ts';
import { type Delivering, delivering } from './delivery-support.ts';
import { answers, type Behaviour, type Received, type Receiver, receivers } from './receiver.ts';

const start = delivering();
const receiver = receivers();
const day = 86_400_000;

const asked = ({ path }: Received): URLSearchParams => new URL(path, 'http://x').searchParams;

/** A subscriber as the standard wants it: confirms what it is asked, and takes what comes. */
const confirms: Behaviour = (res, _nth, got) =>
  got.method === 'GET' ? res.end(asked(got).get('hub.challenge')) : res.writeHead(204).end();

const topicOf = (it: Delivering, rest = 'feed.atom'): string => `${it.site.url}/gaza/${rest}`;

const ask = (it: Delivering, form: Record<string, string>) =>
  it.site.request
    .post('/websub')
    .type('form')
    .send({ 'hub.mode': 'subscribe', ...form });

const stored = (it: Delivering) => it.site.spine.hooks.hooks('gaza');

async function subscribed(it: Delivering, reader: Receiver, form: Record<string, string> = {}): Promise<void> {
  const before = await it.site.spine.hooks.version('gaza');
  await ask(it, { 'hub.topic': topicOf(it), 'hub.callback': reader.url, ...form }).expect(202);
  await waitFor(async () => (await it.site.spine.hooks.version('gaza')) !== before, 'the subscription');
}

const posts = (reader: Receiver) => reader.got.filter(({ method }) => method === 'POST');

describe('feeds that tell their readers', () => {
  test('HUB1 a feed names its hub and itself, in a header and within; an archive page names none', async () => {
    const it = await start();
    await it.publish({ key: true });
    const hub = `${it.site.url}/websub`;
    const read = async (rest: string) => {
      const { headers, text, body } = await it.site.request.get(`/gaza/${rest}`).buffer().expect(200);
      return { link: headers['link'], inside: text ?? JSON.stringify(body) };
    };
    const within = {
      'feed.atom': `<link rel="hub" href="${hub}"/>`,
      'feed.rss': `<atom:link rel="hub" href="${hub}"/>`,
      'feed.json': `"hubs":[{"type":"WebSub","url":"${hub}"}]`,
      'feed.json?only=key': `"hubs":[{"type":"WebSub","url":"${hub}"}]`,
    };
    for (const [rest, named] of Object.entries(within)) {
      const { link, inside } = await read(rest);
      expect(link).toBe(`<${hub}>; rel="hub", <${topicOf(it, rest)}>; rel="self"`);
      expect(inside).toContain(named);
      const archive = await read(`${rest}${rest.includes('?') ? '&' : '?'}day=124`);
      expect(archive.link).toBeUndefined();
      expect(archive.inside).not.toContain('websub');
    }
  });

  test('HUB2 nothing is taken before the callback has confirmed it, with its own parameters in place', async () => {
    const it = await start();
    const reader = await receiver(confirms);
    const callback = `${reader.url}?id=a%20b&hub.x=1`;
    await ask(it, { 'hub.topic': topicOf(it), 'hub.callback': callback, 'hub.lease_seconds': '172800' }).expect(202);
    await waitFor(async () => (await stored(it)).length === 1, 'the subscription');
    expect(reader.first).toMatchObject({
      method: 'GET',
      path: expect.stringMatching(/^\/hook\?id=a%20b&hub\.x=1&hub\.mode=/),
    });
    expect(Object.fromEntries(asked(reader.first))).toEqual({
      id: 'a b',
      'hub.x': '1',
      'hub.mode': 'subscribe',
      'hub.topic': topicOf(it),
      'hub.challenge': expect.stringMatching(/^[\w-]{24}$/),
      'hub.lease_seconds': '172800',
    });
    expect(await stored(it)).toMatchObject([{ kind: 'websub', expiresAt: it.site.spine.clock.ms + 2 * day }]);
  });

  test('HUB2 a callback that does not confirm is not subscribed, and nobody is unsubscribed for it', async () => {
    const it = await start();
    const challenge = (got: Received) => asked(got).get('hub.challenge') ?? '';
    const bad: Behaviour[] = [
      (res) => void res.end('yes'),
      answers(404),
      answers(302, { Location: '/confirm' }),
      (res, _, got) => void res.end(`${challenge(got)}x`.padEnd(20_000, 'x')),
      (res, _, got) => void res.writeHead(500).end(challenge(got)),
      () => undefined,
      (res, _, got) => void res.write(challenge(got)),
    ];
    const reader = await receiver(confirms);
    await subscribed(it, reader);
    const others: Receiver[] = [];
    for (const behave of bad) {
      reader.behave = behave;
      const other = await receiver(behave);
      others.push(other);
      await ask(it, { 'hub.topic': topicOf(it), 'hub.callback': other.url }).expect(202);
      await ask(it, { 'hub.mode': 'unsubscribe', 'hub.topic': topicOf(it), 'hub.callback': reader.url }).expect(202);
    }
    await waitFor(
      () => others.every(({ got }) => got.length === 1) && reader.got.length === 1 + bad.length,
      'all to be asked',
    );
    const last = await receiver(confirms);
    await subscribed(it, last);
    expect((await stored(it)).map((hook) => hook.kind === 'websub' && hook.callback).sort()).toEqual(
      [reader.url, last.url].sort(),
    );
  });

  test('HUB3 subscribers get the feed as it is, signed with their secret; many changes at once are one delivery', async () => {
    const it = await start();
    const [plain, signed] = [await receiver(confirms), await receiver(confirms)];
    await subscribed(it, plain);
    await subscribed(it, signed, { 'hub.secret': 'a secret', 'hub.topic': topicOf(it, 'feed.json') });
    await it.publish({ headline: 'First' });
    await it.publish({ headline: 'Second' });
    await it.deliver();
    const [delivery] = posts(plain);
    const { text, headers } = await it.site.request.get('/gaza/feed.atom').buffer().expect(200);
    expect(delivery?.body).toBe(text);
    expect(delivery?.headers).toMatchObject({ 'content-type': headers['content-type'], link: headers['link'] });
    expect(delivery?.headers['x-hub-signature']).toBeUndefined();
    const [json] = posts(signed);
    const digest = createHmac('sha256', 'a secret')
      .update(json?.body ?? '')
      .digest('hex');
    expect(json?.headers['x-hub-signature']).toBe(`sha256=${digest}`);
    expect(JSON.parse(json?.body ?? '').items).toHaveLength(2);
    await it.publish({ headline: 'Third' });
    await it.publish({ headline: 'Fourth' });
    await it.deliver();
    expect([posts(plain).length, posts(signed).length]).toEqual([1, 1]);
    it.wait(5_000);
    await it.deliver();
    expect([posts(plain).length, posts(signed).length]).toEqual([2, 2]);
    expect(posts(plain)[1]?.body).toContain('Fourth');
  });

  test('HUB3 a feed that a change leaves as it was is not sent again', async () => {
    const it = await start();
    const reader = await receiver(confirms);
    await subscribed(it, reader, { 'hub.topic': topicOf(it, 'feed.atom?only=key') });
    await it.publish({ key: true });
    await it.deliver();
    it.wait(10_000);
    await it.publish();
    await it.deliver();
    expect(posts(reader)).toHaveLength(1);
    const [{ position } = { position: '' }] = await stored(it);
    expect(position).toMatch(/:2$/);
  });

  test('HUB3 a subscriber that fails is told again later, with the feed as it is then', async () => {
    const it = await start();
    const reader = await receiver(confirms);
    await subscribed(it, reader);
    reader.behave = answers(503);
    await it.publish({ headline: 'First' });
    await it.deliver();
    await it.publish({ headline: 'Second' });
    reader.behave = confirms;
    it.wait(2_000);
    await it.deliver();
    expect(posts(reader).map(({ body }) => body.includes('Second'))).toEqual([false, true]);
  });

  test('HUB4 a lease ends; renewed it goes on; unsubscribed or gone for good (410) it is over', async () => {
    const it = await start();
    const [ends, renews, leaves, gone] = [
      await receiver(confirms),
      await receiver(confirms),
      await receiver(confirms),
      await receiver(confirms),
    ];
    for (const reader of [ends, renews, leaves, gone]) await subscribed(it, reader, { 'hub.lease_seconds': '60' });
    expect(await stored(it)).toMatchObject(Array(4).fill({ expiresAt: it.site.spine.clock.ms + day }));
    it.wait(day / 2);
    await subscribed(it, renews, { 'hub.lease_seconds': '999999999' });
    await subscribed(it, leaves, { 'hub.mode': 'unsubscribe' });
    expect(Object.fromEntries(asked(leaves.got[1] ?? leaves.first))).not.toHaveProperty('hub.lease_seconds');
    gone.behave = answers(410);
    await it.publish();
    await it.deliver();
    expect([ends, renews, leaves, gone].map((reader) => posts(reader).length)).toEqual([1, 1, 0, 1]);
    it.wait(day);
    await it.publish();
    await it.deliver();
    await it.deliver();
    expect([ends, renews, leaves, gone].map((reader) => posts(reader).length)).toEqual([1, 2, 0, 1]);
    expect(await stored(it)).toHaveLength(1);
    it.wait(30 * day);
    await it.deliver();
    expect(await stored(it)).toEqual([]);
  });

  test('HUB4 a subscriber that fails for about a day is forgotten', async () => {
    const it = await start();
    const reader = await receiver(confirms);
    await subscribed(it, reader, { 'hub.lease_seconds': String(20 * 86_400) });
    reader.behave = answers(500);
    await it.publish();
    let hours = 0;
    for (; (await stored(it)).length > 0; hours++) {
      await it.deliver();
      it.wait(3_600_000);
    }
    expect([posts(reader).length, hours]).toEqual([31, 31]);
  });

  test('HUB5 what is no feed of ours, cannot be called, or is no request is refused', async () => {
    const it = await start();
    const reader = await receiver(confirms);
    const right = { 'hub.topic': topicOf(it), 'hub.callback': reader.url };
    const wrong: [Record<string, string>, string][] = [
      [{ 'hub.topic': 'https://elsewhere.example/gaza/feed.atom' }, 'hub.topic'],
      [{ 'hub.topic': `${it.site.url}/gaza` }, 'hub.topic'],
      [{ 'hub.topic': `${it.site.url}/kyiv/feed.atom` }, 'hub.topic'],
      [{ 'hub.topic': topicOf(it, 'feed.atom?day=124') }, 'hub.topic'],
      [{ 'hub.topic': topicOf(it, 'feed.atom?only=all') }, 'hub.topic'],
      [{ 'hub.topic': topicOf(it, 'feed.atom?utm_source=x') }, 'hub.topic'],
      [{ 'hub.topic': 'feed.atom' }, '/hub.topic'],
      [{ 'hub.callback': 'ftp://reader.example/' }, '/hub.callback'],
      [{ 'hub.callback': `${reader.url}#x` }, '/hub.callback'],
      [{ 'hub.mode': 'publish' }, '/hub.mode'],
      [{ 'hub.lease_seconds': 'soon' }, '/hub.lease_seconds'],
      [{ 'hub.secret': 'ط'.repeat(100) }, '/hub.secret'],
    ];
    for (const [form, path] of wrong) {
      const { body } = await ask(it, { ...right, ...form }).expect(422);
      expect(body.errors[0].path).toBe(path);
    }
    await it.site.request.post('/websub').send(right).expect(422);
    expect([reader.got, await stored(it)]).toEqual([[], []]);
  });

  test('HUB5 a callback in a private network is refused; a host has room for 50, and each address for 60 a minute', async () => {
    const it = await start({ allowsPrivate: false });
    await ask(it, { 'hub.topic': topicOf(it), 'hub.callback': 'http://127.0.0.1/' }).expect(422);
    const { hooks } = it.site.spine;
    const subscription = (n: number) => ({
      kind: 'websub' as const,
      id: `${n}`,
      topic: topicOf(it),
      callback: `http://9.9.9.9/${n}`,
      secret: null,
      expiresAt: it.site.spine.clock.ms + day,
      position: 'e:0',
      sent: null,
      failures: 0,
      failingSince: null,
      nextAt: 0,
    });
    for (let n = 0; n < 50; n++) await hooks.saveHook('gaza', null, subscription(n));
    await ask(it, { 'hub.topic': topicOf(it), 'hub.callback': 'http://9.9.9.9/new' }).expect(409);
    const statuses: number[] = [];
    for (let n = 0; n < 60; n++) statuses.push((await ask(it, { 'hub.topic': 'x' })).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([422, 429]);
  });
});
