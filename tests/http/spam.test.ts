import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import type { StaffReply } from '../../shared/reply.ts';
import type { Update } from '../../shared/update.ts';
import { admin, development, expectOk, gaza } from '../support/spine.ts';
import { api, site } from './support.ts';

const the = site({
  rates: { writesPerSecond: 100_000, readsPerSecond: 100_000, failedAuthPerMinute: 100_000, repliesPerAddress: 10 },
});
let timelines = 0;

interface Sending {
  /** How its address ends: 127.0.0.… */
  from?: number;
  path?: string;
  fields?: object;
  headers?: Record<string, string>;
}
type Send = (sending?: Sending) => Promise<number>;

/** A timeline of its own with an update, and the two ways to send something to it. */
async function begin(more: object = {}) {
  // Turns of earlier rows are over.
  the().spine.clock.ms += 700_000;
  const slug = `spam-${++timelines}`;
  const { desk, clock } = the().spine;
  expectOk(await desk.createTimeline(admin, { ...gaza, slug, replies: 'moderated', ...more }));
  const update: Update = expectOk(await desk.publish(admin, slug, development())).update;
  const plain = { name: 'Amal', email: 'amal@example.org', text: 'Thank you for this.' };
  const form: Send = ({ fields, path, ...rest } = {}) => {
    const made = String(clock.ms - 60_000);
    const sent = new URLSearchParams({ ...plain, website: '', made, ...fields }).toString();
    const type = 'application/x-www-form-urlencoded';
    return post(path ?? `${update.url}/replies`, type, sent, rest);
  };
  const program: Send = ({ fields, path, ...rest } = {}) => {
    const sent = JSON.stringify({ ...plain, ...fields });
    return post(path ?? `${api}/${slug}/updates/${update.id}/replies`, 'application/json', sent, rest);
  };
  const queue = async (status: string): Promise<StaffReply[]> =>
    (await the().request.get(`${api}/${slug}/replies?status=${status}`).set(the().admin).expect(200)).body.replies;
  const decide = (id: string, decision: object) =>
    the().request.patch(`${api}/${slug}/replies/${id}`).set(the().admin).send(decision).expect(200);
  return { slug, update, form, program, queue, decide };
}

function post(path: string, type: string, body: string, { from = 1, headers = {} }: Sending): Promise<number> {
  return new Promise((resolve, reject) => {
    const given = { ...headers, Accept: 'text/html', 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) };
    const options = { method: 'POST', localAddress: `127.0.0.${from}`, headers: given, agent: false };
    const asked = request(new URL(path, the().url), options, (res) => {
      res.resume();
      res.on('end', () => resolve(res.statusCode ?? 0));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

type Begun = Awaited<ReturnType<typeof begin>>;
const links = (count: number): string => Array.from({ length: count }, (_, at) => `https://a.example/${at}`).join(' ');
const bySome =
  (fields: object) =>
  ({ form, program }: Begun, how: string) =>
    (how === 'form' ? form : program)({ fields });

async function banned({ form, queue, decide }: Begun): Promise<void> {
  await form({ fields: { text: 'Buy this' } });
  const [reply] = await queue('pending');
  await decide(reply?.id ?? '', { status: 'spam', ban: true });
}

async function flooded({ form }: Begun): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await form({ fields: { text: `Turn ${turn}` } });
}

interface Case {
  more?: object;
  /** What came before: it is in no column. */
  before?: (begun: Begun) => Promise<unknown>;
  send: (begun: Begun, how: string) => Promise<number>;
}

const cases: Record<string, Case> = {
  'a sentence of thanks, a minute after the page was opened': { send: bySome({}) },
  'the same by a program': { send: bySome({}) },
  'the hidden field filled in': { send: bySome({ website: 'http://spam.example' }) },
  'a field that there isn’t': { send: bySome({ website: 'http://spam.example' }) },
  'sent half a second after the page was made': {
    send: ({ form }) => form({ fields: { made: String(the().spine.clock.ms - 500) } }),
  },
  'one link to a source': { send: bySome({ text: 'See https://www.ochaopt.org/content/report, please.' }) },
  'three links': { send: bySome({ text: links(3) }) },
  'six links': { send: bySome({ text: links(6) }) },
  'an address for a name': { send: bySome({ name: 'www.cheap-watches.example' }) },
  'what a casino writes': { send: bySome({ text: 'The best online casino is here' }) },
  'what a casino writes, with three links': { send: bySome({ text: `The best online casino: ${links(3)}` }) },
  'a casino behind invisible and full-width letters': {
    send: bySome({ text: 'The best cas\u200bin\u00adｏ is here' }),
  },
  'markup of forums': { send: bySome({ text: '[url=spam]here[/url]' }) },
  'a script': { send: bySome({ text: '<script>alert(1)</script>' }) },
  'a picture that runs something': { send: bySome({ text: '"><img src=x onerror=alert(1)>' }) },
  'capitals throughout': { send: bySome({ text: 'WHY DOES NOBODY SAY WHO FIRED THE ROCKET AT THE HOSPITAL' }) },
  'one word again and again': { send: bySome({ text: 'free '.repeat(20) }) },
  'forty accents on one letter': { send: bySome({ text: `Z${'\u0351'.repeat(40)}algo` }) },
  'a text that an override turns around': { send: bySome({ text: 'Pay to \u202enakin.example\u202c today' }) },
  'a name that an override turns around': { send: bySome({ name: '\u202erotide ehT' }) },
  'a name of two lines': { send: bySome({ name: 'Amal\nThe editor' }) },
  'nothing but control characters': { send: bySome({ text: '\u0000\u0007\u001b' }) },
  'no e-mail address': { send: bySome({ email: '' }) },
  '3,001 characters': { send: bySome({ text: 'x'.repeat(3_001) }) },
  '70,000 characters': { send: bySome({ text: 'x'.repeat(70_000) }) },
  'a thousand fields': { send: bySome(Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`f${at}`, 'x']))) },
  'the same text again from the same e-mail address': {
    before: ({ form }) => form(),
    send: bySome({ text: ' thank  you FOR this. ' }),
  },
  'the same text from another e-mail address': {
    before: ({ form }) => form(),
    send: bySome({ email: 'other@example.org' }),
  },
  'a banned sender, from a new e-mail address': { before: banned, send: bySome({ email: 'new@example.org' }) },
  'a banned sender, from another network': { before: banned, send: ({ program }) => program({ from: 2 }) },
  'an eleventh in ten minutes from one address': { before: flooded, send: bySome({}) },
  'a stranger’s, while another address floods': {
    before: flooded,
    send: ({ program }) => program({ from: 2, fields: { email: 'nour@example.org' } }),
  },
  'a form on another site': { send: ({ form }) => form({ headers: { 'Sec-Fetch-Site': 'cross-site' } }) },
  'a reply where the timeline takes none': { more: { replies: 'off' }, send: bySome({}) },
  'a reply to a draft': {
    send: async ({ program, slug }) => {
      const draft = expectOk(await the().spine.desk.publish(admin, slug, development({ status: 'draft' }))).update;
      return program({ path: `${api}/${slug}/updates/${draft.id}/replies` });
    },
  },
  'a reply to what was taken down': {
    before: async ({ slug, update }) => expectOk(await the().spine.desk.remove(admin, slug, update.id, 'x')),
    send: bySome({}),
  },
  'an error report with six links': {
    send: ({ form, update }) => form({ path: `${update.url}/reports`, fields: { category: 'fact', text: links(6) } }),
  },
};

const rows = [
  ...readFileSync('docs/spam.md', 'utf8').matchAll(/^\| ([^|]+) \| (form|program) \| (\d+) \|(.*)\|(.*)\|$/gm),
].map(([, what = '', how = '', status = '', lies = '', marked = '']) => ({
  what,
  how,
  status: Number(status),
  lies: lies.trim(),
  marked: marked.trim(),
}));

describe('the table of spam', () => {
  test('RPL17 has a row for every kind, and no other', () => {
    expect(rows.map(({ what }) => what)).toEqual(Object.keys(cases));
  });

  test.each(rows)('RPL17, RPL11 $what ($how): $status, $lies, $marked', async ({ what, how, status, lies, marked }) => {
    const made = cases[what];
    if (!made) throw new Error(what);
    const begun = await begin(made.more);
    await made.before?.(begun);
    const all = async () => {
      const found: [string, StaffReply][] = [];
      for (const one of ['pending', 'spam', 'approved'])
        found.push(...(await begun.queue(one)).map((reply): [string, StaffReply] => [one, reply]));
      return found;
    };
    const known = new Set((await all()).map(([, { id }]) => id));
    const answered = await made.send(begun, how);
    const came = (await all()).filter(([, { id }]) => !known.has(id));
    const found = came.map(([where, { suspicions }]) => `${where}: ${suspicions.join(', ')}`);
    expect([answered, found]).toEqual([status, lies === 'nowhere' ? [] : [`${lies}: ${marked}`]]);
    // Whatever it is: nobody else has seen it.
    const path = `${api}/${begun.slug}/updates/${begun.update.id}/replies`;
    const { body } = await the().request.get(path);
    expect(body.replies ?? []).toEqual([]);
  });

  test.each(rows.filter(({ lies, what }) => lies === 'pending' && !what.includes('report')))(
    'RPL17 should an editor approve it, it is text: $what',
    async ({ what, how }) => {
      const begun = await begin(cases[what]?.more);
      await cases[what]?.before?.(begun);
      await cases[what]?.send(begun, how);
      const reply = (await begun.queue('pending')).at(-1);
      await begun.decide(reply?.id ?? '', { status: 'approved' });
      const { text } = await the().request.get(begun.update.url).expect(200);
      const [, shown = ''] = new RegExp(`<li id="r-${reply?.id}">(.*?)</ol>`, 's').exec(text) ?? [];
      expect(shown.replace(/<\/?(?:p|b|time|br)(?: class="fine"| dir="auto"| datetime="[^"]*")*>/g, '')).not.toMatch(
        /[<>]/,
      );
      expect(shown).toContain('dir="auto"');
      expect(text).not.toContain('@example.org');
    },
  );
});
