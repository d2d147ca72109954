import { describe, expect, test } from '@jest/globals';
import type { NewWebhook } from '../../shared/webhook.ts';
import { editor, expectOk } from '../support/spine.ts';
import { type Delivering, delivering } from './delivery-support.ts';
import { type Receiver, receivers } from './receiver.ts';

const start = delivering();
const receiver = receivers();

/** One of each kind of change, told to a webhook of this format. */
async function told(it: Delivering, partner: Receiver, input: Partial<NewWebhook>): Promise<string> {
  await it.webhook({ url: partner.url, ...input });
  const { desk } = it.site.spine;
  const id = await it.publish({ headline: 'Talks <began> & went on' });
  expectOk(await desk.revise(editor, 'gaza', id, 1, { headline: 'Talks began' }));
  expectOk(await desk.revise(editor, 'gaza', id, 2, { correction: 'It was in Cairo.' }));
  expectOk(await desk.revise(editor, 'gaza', id, 3, { status: 'retracted', reason: 'It was not so.' }));
  expectOk(await desk.remove(editor, 'gaza', id, 'x'));
  expectOk(await desk.summarise(editor, 'gaza', 124, 0, { sections: [] }));
  await it.deliver();
  return `${it.site.url}/gaza/updates/${id}`;
}

const bodies = (partner: Receiver) => partner.got.map(({ body }) => JSON.parse(body));

describe('words for people', () => {
  test('HOOK10 Slack gets a sentence and a link, with nothing in it that Slack would take for more', async () => {
    const it = await start();
    const partner = await receiver();
    await it.webhook({ url: `${partner.url}/T0/B0/secret`, format: 'slack' });
    const id = await it.publish({ headline: 'Talks <!channel> & <http://x.example|went on>' });
    const link = `${it.site.url}/gaza/updates/${id}`;
    await it.deliver();
    expect(partner.got[0]).toMatchObject({ method: 'POST', path: '/hook/T0/B0/secret' });
    expect(bodies(partner)).toEqual([
      { text: `124th day: Talks &lt;!channel&gt; &amp; &lt;http://x.example|went on&gt;\n${link}` },
    ]);
  });

  test('HOOK10 what was taken down before it was told is told without its words', async () => {
    const it = await start();
    const partner = await receiver();
    const link = await told(it, partner, { format: 'slack' });
    const removed = { text: `An update was removed\n${link}` };
    const summary = 'Most important developments of the 124th day of the war on the Gaza Strip';
    expect(bodies(partner)).toEqual([...Array(5).fill(removed), { text: `${summary}\n${it.site.url}/gaza/day/124` }]);
  });

  test('HOOK10 Telegram gets it for a chat, by its bot; edits, corrections and retractions are called so', async () => {
    const it = await start();
    const partner = await receiver();
    const hook = {
      url: partner.url.replace('/hook', '/'),
      format: 'telegram',
      token: '1:A',
      recipient: '@gaza',
    } as const;
    await it.webhook(hook);
    const { desk } = it.site.spine;
    const id = await it.publish({ headline: 'Talks began' });
    const link = `${it.site.url}/gaza/updates/${id}`;
    await it.deliver();
    const patches = [
      { headline: 'Talks have begun' },
      { correction: 'It was in Cairo.' },
      { tags: ['Diplomacy'] },
      { status: 'retracted', reason: 'It was not so.' },
    ] as const;
    for (const [at, patch] of patches.entries()) {
      it.wait(1_000);
      expectOk(await desk.revise(editor, 'gaza', id, at + 1, { ...patch } as never));
      await it.deliver();
    }
    expect(partner.got.map(({ path }) => path)).toEqual(Array(5).fill('/bot1:A/sendMessage'));
    expect(bodies(partner)).toEqual(
      [
        '124th day: Talks began',
        'An update was edited: Talks have begun',
        'An update was corrected: Talks have begun',
        'An update was edited: Talks have begun',
        'An update was retracted: Talks have begun',
      ].map((text) => ({ chat_id: '@gaza', text: `${text}\n${link}` })),
    );
  });

  test('HOOK10 Mastodon gets a status in the timeline’s language, once however often it is sent', async () => {
    const it = await start();
    const { desk } = it.site.spine;
    expectOk(
      await desk.reviseTimeline({ ...editor, role: 'admin' }, 'gaza', 1, { language: 'ar', subject: 'الحرب على غزة' }),
    );
    const partner = await receiver((res, nth) => void res.writeHead(nth === 1 ? 502 : 200).end());
    const url = partner.url.replace('/hook', '');
    await it.webhook({ url, format: 'mastodon', token: 'a-token', events: ['update.published'] });
    const id = await it.publish({ headline: `بدأت المحادثات ${'ط'.repeat(450)}` });
    await it.deliver();
    it.wait(2_000);
    await it.deliver();
    const [first, second] = partner.got;
    expect(first).toMatchObject({ path: '/api/v1/statuses', headers: { authorization: 'Bearer a-token' } });
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    const { status } = JSON.parse(second?.body ?? '');
    expect(status).toMatch(/^اليوم الـ124: بدأت المحادثات ط+…\nhttp:/);
    expect(status.replace(/http\S+/, 'x'.repeat(23)).length).toBeLessThanOrEqual(500);
    expect(status).toContain(`/gaza/updates/${id}`);
  });
});
