import { describe, expect, test } from '@jest/globals';
import type { Update } from '../../shared/update.ts';
import { admin, development, expectOk, gaza } from '../support/spine.ts';
import { api, site } from './support.ts';

const the = site({ rates: { repliesPerAddress: 3, readsPerSecond: 100_000 } });
let timelines = 0;

async function timeline(replies: 'moderated' | 'off' = 'moderated') {
  // Each test has turns of its own.
  the().spine.clock.ms += 700_000;
  const slug = `part-${++timelines}`;
  const { desk, clock } = the().spine;
  expectOk(await desk.createTimeline(admin, { ...gaza, slug, replies }));
  const update: Update = expectOk(await desk.publish(admin, slug, development())).update;
  const filled = {
    name: 'Amal',
    email: 'amal@example.org',
    text: 'Thank you.',
    website: '',
    made: String(clock.ms - 60_000),
  };
  const send = (fields: object, what = 'replies', headers: Record<string, string> = {}) =>
    the()
      .request.post(`${update.url}/${what}`)
      .type('form')
      .set({ Accept: 'text/html', ...headers })
      .send({ ...filled, ...fields });
  const page = async (query = '') =>
    (
      await the()
        .request.get(update.url + query)
        .expect(200)
    ).text;
  const queue = async (status = 'pending') =>
    (await the().request.get(`${api}/${slug}/replies?status=${status}`).set(the().admin).expect(200)).body.replies;
  return { slug, update, send, page, queue };
}

describe('the forms below an update', () => {
  test('RPL12 a reply is sent by a plain form, and the page says so', async () => {
    const { update, send, page, queue } = await timeline();
    expect(await page()).toContain('Your e-mail address is never published.');
    const { headers } = await send({ text: 'Two\r\nlines' }).expect(303);
    expect(headers['location']).toBe(`${update.url}?sent=reply#leave-reply`);
    expect(await page('?sent=reply')).toContain('Your reply is with the newsroom');
    expect((await queue())[0]).toMatchObject({ name: 'Amal', text: 'Two\nlines', suspicions: [] });
  });

  test('RPL12 faults are shown beside what was typed, and nothing of it is lost', async () => {
    const { send, queue } = await timeline();
    const { text } = await send({ email: 'nobody', text: 'My <b>words</b>' }).expect(422);
    expect(text).toContain('Please give an e-mail address.');
    expect(text).toContain('My &lt;b&gt;words&lt;/b&gt;');
    expect(text).toMatch(/<input id="reply-email"[^>]* aria-invalid="true"/);
    expect(await queue()).toEqual([]);
  });

  test('RPL12, OWN1 the language that a reader chose stays with the form, its faults and its thanks', async () => {
    const { update, page } = await timeline();
    expect(await page('?lang=de')).toContain(`action="${update.url}/replies?lang=de#leave-reply"`);
    const send = (fields: object) =>
      the().request.post(`${update.url}/replies?lang=de`).type('form').set('Accept', 'text/html').send(fields);
    const { text } = await send({ name: 'Amal', email: 'nobody', text: 'My words' }).expect(422);
    expect(text).toMatch(/<html lang="de"/);
    expect(text).toContain('My words');
    const { headers } = await send({ name: 'Amal', email: 'amal@example.org', text: 'My words' }).expect(303);
    expect(headers['location']).toBe(`${update.url}?sent=reply&lang=de#leave-reply`);
  });

  test('RPL12 the address of a form leads whoever reloads it back to the update', async () => {
    const { update } = await timeline();
    for (const what of ['replies', 'reports']) {
      const { headers } = await the().request.get(`${update.url}/${what}?lang=de`).expect(303);
      expect(headers['location']).toBe(`${update.url}?lang=de`);
    }
  });

  test('RPL12 who has used his turns is told so on the page', async () => {
    const { send } = await timeline();
    for (const text of ['One', 'Two', 'Three']) await send({ text }).expect(303);
    const { text, headers } = await send({ text: 'Four' }).expect(429);
    expect([headers['retry-after'], text.includes('Try again in 10 minutes.')]).toEqual(['600', true]);
  });

  test('RPL11 the hidden field and a form filled at once give programs away', async () => {
    const { send, queue } = await timeline();
    await send({ website: 'http://spam.example', text: 'One' }).expect(303);
    await send({ made: String(the().spine.clock.ms - 500), text: 'Two' }).expect(303);
    expect((await queue('spam')).map(({ suspicions }: { suspicions: string[] }) => suspicions)).toEqual([
      ['hidden-field'],
    ]);
    expect((await queue()).map(({ suspicions }: { suspicions: string[] }) => suspicions)).toEqual([['too-fast']]);
  });

  test('RPL13 an error is reported below every update, also where no replies are taken', async () => {
    const { update, send, page, queue } = await timeline('off');
    expect(await page()).not.toContain('Leave a reply');
    const { headers } = await send({ category: 'name', text: 'It is Younis.', email: '' }, 'reports').expect(303);
    expect(headers['location']).toBe(`${update.url}?sent=report#report`);
    expect((await queue())[0]).toMatchObject({ kind: 'report', category: 'name', email: null });
    await send({ text: 'A reply' }).expect(404);
    expect((await send({ category: 'name', text: '' }, 'reports').expect(422)).text).toMatch(/<details open>/);
  });

  test('RPL12 another site’s page can’t send it', async () => {
    const { send, queue } = await timeline();
    await send({}, 'replies', { 'Sec-Fetch-Site': 'cross-site' }).expect(403);
    await send({}, 'replies', { 'Sec-Fetch-Site': 'same-origin' }).expect(303);
    expect(await queue()).toHaveLength(1);
    await the()
      .request.post(`/part-${timelines}/updates/x/replies`)
      .type('form')
      .send('text='.padEnd(70_000, 'x'))
      .expect(413);
  });

  test('RPL14 an approved reply stands on the page at once, as text, and goes with the decision', async () => {
    const { slug, send, page, queue } = await timeline();
    await page();
    await send({ name: 'A & B', text: '<script>alert(1)</script>' }).expect(303);
    const [{ id }] = await queue();
    expect(await page()).not.toContain('A &amp; B');
    const decide = (status: string) =>
      the().request.patch(`${api}/${slug}/replies/${id}`).set(the().admin).send({ status }).expect(200);
    await decide('approved');
    const shown = await page();
    expect(shown).toContain('A &amp; B');
    expect(shown).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(shown).not.toContain('amal@example.org');
    await decide('rejected');
    expect(await page()).not.toContain('A &amp; B');
  });

  test('POP7 the page of an update names what others read most', async () => {
    const { slug, update, page } = await timeline('off');
    const { desk, clock } = the().spine;
    const other = expectOk(await desk.publish(admin, slug, development({ headline: 'Read by many' }))).update;
    await the().request.get(other.url).expect(200);
    clock.ms += 300_000;
    const shown = await page();
    expect(shown).toMatch(new RegExp(`Most read</a></h2><ol><li><a href="${other.url}">Read by many</a>`));
    expect(/class="most-read".*?<\/section>/.exec(shown)?.[0]).not.toContain(update.url);
  });
});

describe('the page of the search', () => {
  test('SRCH12 shows the form, the hits with what was looked for marked, and the way to the next', async () => {
    const { slug } = await timeline();
    const { desk } = the().spine;
    for (let at = 0; at < 21; at++)
      expectOk(await desk.publish(admin, slug, development({ headline: `<i>Strike</i> ${at}`, key: at === 0 })));
    const page = async (query: string) => (await the().request.get(`/${slug}/search${query}`).expect(200)).text;
    const empty = await page('');
    expect(empty).toMatch(/<input id="search-q" name="q"/);
    expect(empty).not.toContain('role="status"');
    const first = await page('?q=strike');
    expect(first).toContain('21 updates found');
    expect(first).toContain('&lt;i&gt;<mark>Strike</mark>&lt;/i&gt; 20');
    const [, more = ''] = /class="more"><a href="([^"]*)"/.exec(first) ?? [];
    const next = await the().request.get(more.replaceAll('&amp;', '&')).expect(200);
    expect(next.text).toContain('<mark>Strike</mark>&lt;/i&gt; 0');
    expect(await page('?q=strike&key=1')).toContain('1 update found');
    expect(await page('?q=nothingofthekind')).toContain('Nothing was found.');
    expect(await page(`?q=${'e'.repeat(500)}`)).toContain('Nothing was found.');
    expect(await page('?q=x&from=2024-03-01&to=2024-02-01')).toContain('role="alert"');
    expect(await page('?q=%22%3E%3Cscript%3E')).not.toContain('<script>');
  });
});
