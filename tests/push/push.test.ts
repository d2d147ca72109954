import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Sender } from '../../server/delivery/sender.ts';
import { ownKeys } from '../../server/push/own-keys.ts';
import { PushCourier } from '../../server/push/push-courier.ts';
import { PushSender } from '../../server/push/push-sender.ts';
import type { StoredSubscription } from '../../server/store/push-store.ts';
import { formatPosition } from '../../shared/position.ts';
import type { NewUpdate, Update } from '../../shared/update.ts';
import { admin, development, editor, expectOk, gaza, type Spine, silent, startSpine } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { PushService } from './push-service.ts';

let spine: Spine;
/** Of the node that has the lease. */
let usual: PushSender;
const services: PushService[] = [];
let timelines = 0;
beforeAll(async () => {
  spine = await startSpine();
  usual = await sending();
});
afterAll(() => spine.end());
afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
});

async function sending(push = spine.push): Promise<PushSender> {
  const sender = new Sender({ allowsPrivate: true, deadlineMs: 2_000 });
  const courier = new PushCourier({
    keys: await ownKeys(push),
    sender,
    contact: 'https://live.example.org',
    random: () => -0.5,
  });
  const { store, live, clock } = spine;
  return new PushSender({ store, push, live, courier, icon: '/icon.png', clock: clock.now, log: silent });
}

async function tell(sender = usual): Promise<void> {
  await sender.look();
  await sender.settled();
}

/** A timeline of its own with browsers that have asked for its key developments. */
async function asked(...wishes: Partial<StoredSubscription>[]) {
  const slug = `push-${++timelines}`;
  expectOk(await spine.desk.createTimeline(admin, { ...gaza, slug }));
  const browsers = await Promise.all(
    (wishes.length > 0 ? wishes : [{}]).map((wish, n) => browser(slug, String(n), wish)),
  );
  const publish = async (more: Partial<NewUpdate> = {}): Promise<Update> => {
    const occurredAt = new Date(spine.clock.ms - 3_600_000).toISOString();
    return expectOk(await spine.desk.publish(editor, slug, development({ occurredAt, key: true, ...more }))).update;
  };
  return { slug, browsers, browser: browsers[0] as PushService, publish };
}

async function browser(slug: string, id: string, wish: Partial<StoredSubscription> = {}): Promise<PushService> {
  const service = await new PushService().open();
  services.push(service);
  const position = spine.live.timeline(slug)?.position ?? { epoch: '', seq: 0 };
  await spine.push.subscribe(slug, id, {
    endpoint: `${service.origin}/${id}`,
    keys: service.keys,
    language: 'en',
    timeZone: 'Asia/Gaza',
    quiet: null,
    since: formatPosition(position),
    ...wish,
  });
  return service;
}

describe('a key development', () => {
  test('PUSH3 is told to each browser that asked, so that it alone can read it, signed with our key', async () => {
    const { browsers, publish } = await asked({}, { language: 'ar' });
    const update = await publish({ headline: 'Ceasefire' });
    await publish({ key: false });
    await tell();
    const { publicKey } = await ownKeys(spine.push);
    for (const { got, origin } of browsers) {
      expect(got).toHaveLength(1);
      expect(got[0]?.signer).toBe(publicKey);
      expect(got[0]?.claims).toMatchObject({ aud: origin, sub: 'https://live.example.org' });
      expect(got[0]?.headers).toMatchObject({
        ttl: '14400',
        urgency: 'high',
        topic: update.id,
        'content-encoding': 'aes128gcm',
      });
    }
    expect(browsers.map(({ got }) => got[0]?.note)).toEqual([
      {
        kind: 'show',
        tag: update.id,
        title: 'Ceasefire',
        body: 'War on the Gaza Strip · 1144th day',
        url: update.url,
        icon: '/icon.png',
        language: 'en',
        direction: 'ltr',
      },
      expect.objectContaining({ title: 'Ceasefire', body: expect.stringContaining('اليوم الـ1144') }),
    ]);
  });

  test('PUSH3 that was there before a browser asked is not told to it, nor what is no news any more', async () => {
    const { slug, browser: first, publish } = await asked();
    await publish({ headline: 'First' });
    const second = await browser(slug, 'late');
    await publish({ occurredAt: new Date(spine.clock.ms - 13 * 3_600_000).toISOString(), headline: 'Of yesterday' });
    await publish({ headline: 'Second' });
    await tell();
    const titles = ({ got }: PushService) => got.map(({ note }) => 'title' in note && note.title);
    expect([titles(first), titles(second)]).toEqual([['First', 'Second'], ['Second']]);
  });

  test('PUSH4 is replaced by later words and taken away by a takedown; what was not told is not spoken of', async () => {
    const { slug, browser: reader, publish } = await asked();
    const { desk, push } = spine;
    const update = await publish({ headline: 'Ten' });
    const plain = await publish({ headline: 'Plain', key: false });
    expectOk(await desk.revise(editor, slug, update.id, 1, { tags: ['talks'] }));
    expectOk(await desk.revise(editor, slug, update.id, 2, { headline: 'Eleven', correction: 'A number.' }));
    expectOk(await desk.revise(editor, slug, update.id, 3, { status: 'retracted', reason: 'Wrong.' }));
    expectOk(await desk.remove(editor, slug, plain.id, 'legal'));
    await tell();
    const said = () =>
      reader.got.map(({ note }) => (note.kind === 'gone' ? note.kind : [note.kind, note.title, note.body]));
    expect(said()).toEqual([
      ['show', 'Ten', 'War on the Gaza Strip · 1144th day'],
      ['again', 'Eleven', 'War on the Gaza Strip · An update was corrected'],
      ['again', 'Eleven', 'War on the Gaza Strip · An update was retracted'],
    ]);
    expectOk(await desk.remove(editor, slug, update.id, 'legal'));
    await tell();
    expect(reader.got.at(-1)?.note).toEqual({ kind: 'gone', tag: update.id });
    expect(await push.told(slug, update.id)).toBeNull();
  });

  test('PUSH3 is told when an update becomes one', async () => {
    const { slug, browser: reader, publish } = await asked();
    const update = await publish({ key: false });
    expectOk(await spine.desk.revise(editor, slug, update.id, 1, { key: true }));
    await tell();
    expect(reader.got.map(({ note }) => note.kind)).toEqual(['show']);
  });

  test('PUSH5 rings nobody in his quiet hours, by his own clock, and is not sent later', async () => {
    // It is 09:00 UTC: 11:00 in Gaza, 18:00 in Tokyo.
    const quiet = { from: '17:00', to: '08:00' };
    const { browsers, publish } = await asked({ quiet }, { quiet, timeZone: 'Asia/Tokyo' });
    await publish();
    await tell();
    spine.clock.ms += 10 * 3_600_000;
    await tell();
    spine.clock.ms -= 10 * 3_600_000;
    expect(browsers.map(({ got }) => got.length)).toEqual([1, 0]);
  });
});

describe('what sends', () => {
  test('PUSH6 begins again where it was killed: nobody is left out, and what comes twice has the same tag', async () => {
    const { slug, browsers, publish } = await asked({}, {});
    const update = await publish();
    // Killed before it could note how far it had come.
    const dying = new Proxy(spine.push, {
      get: (target, name) =>
        name === 'moveTo' ? () => Promise.reject(new Error('killed')) : Reflect.get(target, name).bind(target),
    });
    const [killed, next] = [await sending(dying), await sending()];
    // Each takes the lease when the one before has not been heard of for a second.
    await waitFor(async () => {
      await tell(killed);
      return browsers[1]?.got.length === 1;
    }, 'the first to send');
    await waitFor(async () => {
      await tell(next);
      return browsers[1]?.got.length === 2;
    }, 'the next one to send');
    usual = next;
    const tags = browsers.map(({ got }) => got.map(({ note }) => `${note.kind} ${note.tag}`));
    expect(tags).toEqual([Array(2).fill(`show ${update.id}`), Array(2).fill(`show ${update.id}`)]);
    expect(await spine.push.position(slug)).toBe(
      formatPosition(spine.live.timeline(slug)?.position ?? { epoch: '', seq: 0 }),
    );
    await tell();
    expect(browsers[0]?.got).toHaveLength(2);
  });

  test('PUSH6 of two nodes one sends', async () => {
    const { browser: reader, publish } = await asked();
    const [one, other] = [usual, await sending()];
    await publish();
    await one.look();
    await other.look();
    await Promise.all([one.settled(), other.settled()]);
    expect(reader.got).toHaveLength(1);
  });

  test('PUSH7 forgets browsers that are gone, tries again what fails in passing, and lets the others not wait', async () => {
    const { slug, browsers, publish } = await asked({}, {}, {}, {});
    const [gone, expired, busy, fine] = browsers as [PushService, PushService, PushService, PushService];
    gone.answers.push(410);
    expired.answers.push(404);
    busy.answers.push(503, 429);
    await publish();
    await tell();
    expect([gone.asked, expired.asked, busy.asked, fine.asked]).toEqual([1, 1, 3, 1]);
    expect([busy.got.length, fine.got.length]).toEqual([1, 1]);
    expect(await spine.push.count(slug)).toBe(2);
  });
});
