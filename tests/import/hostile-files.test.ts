import { describe, expect, test } from '@jest/globals';
import { UnreadableFile } from '../../server/newsroom/importers/importer.ts';
import { readFile, rss, rssItem, wxr } from './foreign-support.ts';

const laughs = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<rss version="2.0"><channel><item><title>&c;</title></item></channel></rss>`;
const outside = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>`;

/** Files that can’t be read to their end, and what whoever imports them is told. */
const refused: [string, string | Uint8Array, RegExp][] = [
  ['a billion laughs', laughs, /undefined entity/],
  ['an entity from outside', outside, /undefined entity/],
  ['XML that is cut off', wxr.slice(0, -200), /unclosed|well-formed/],
  ['XML with a NUL', rss(rssItem(1)).replace('Text 1', 'Te\u0000xt'), /well-formed/],
  ['XML that is not well-formed', rss('<item><title>x</item>'), /well-formed/],
  ['a tag without an end', `<rss version="2.0"><channel><item a="${'x'.repeat(17_000_000)}`, /without an end/],
  ['a depth without an end', rss('<item>'.repeat(20_000)), /nested too deeply/],
  ['JSON that is cut off', '{"entries": [{"id": 1', /not JSON/],
  ['JSON of a depth', `{"entries": ${'['.repeat(50_000)}`, /not JSON/],
  ['Latin-1 that says it is UTF-8', Buffer.from(rss(rssItem(1)).replace('Text', 'Téxt'), 'latin1'), /not utf-8/],
  ['an encoding that nobody knows', rss('').replace('?>', ' encoding="klingon"?>'), /no encoding “klingon”/],
  ['CSV with a quote that never ends', `date,title\n2024-02-07,"${'x'.repeat(2_000_000)}`, /not CSV/],
];

describe('malformed and hostile files', () => {
  test.each(refused)('MOVE4 %s is refused whole, in a sentence', async (_, file, sentence) => {
    const error: unknown = await readFile(file).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnreadableFile);
    expect(String(error)).toMatch(sentence);
  });

  test('MOVE4 an entry that is too long or too deep is refused alone', async () => {
    const long = `<item><title>x</title><description>${'y'.repeat(5_000_000)}</description></item>`;
    const deep = `<item>${'<b>'.repeat(1_000)}${'</b>'.repeat(1_000)}</item>`;
    const { rows, refused } = await readFile(rss(rssItem(1) + long + deep + rssItem(4)));
    expect(rows.map(({ externalId }) => externalId)).toEqual(['g1', 'g4']);
    expect(refused.map(({ line, code }) => [line, code])).toEqual([
      [2, 'too-large'],
      [3, 'too-large'],
    ]);
  });

  test('MOVE4 entries that are no entries are refused one by one', async () => {
    const odd = [null, 5, 'x', [], {}, { id: {}, content_text: {} }, JSON.parse('{"__proto__": {"id": 1}}')];
    const feed = { version: 'https://jsonfeed.org/version/1', items: odd };
    const { rows, refused } = await readFile(JSON.stringify(feed));
    expect(rows).toEqual([]);
    expect(refused).toHaveLength(odd.length);
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['validation-failed']));
  });

  test('MOVE5 a text is read in the encoding that the file says, or whoever imports it', async () => {
    const russian = rss(rssItem(1)).replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="windows-1251"?>');
    const bytes = Buffer.from(russian.replace('Item 1', '\u00c3\u00e0\u00e7\u00e0'), 'latin1');
    expect((await readFile(bytes)).rows[0]?.headline).toBe('Газа');
    const utf16 = Buffer.concat([
      Buffer.of(0xff, 0xfe),
      Buffer.from(rss(rssItem(1)).replace('Item 1', 'غزة'), 'utf16le'),
    ]);
    expect((await readFile(utf16, { size: 3 })).rows[0]?.headline).toBe('غزة');
    const csv = Buffer.from('date,title\n2024-02-07,\u00c3\u00e0\u00e7\u00e0\n', 'latin1');
    expect((await readFile(csv, { encoding: 'windows-1251' })).rows[0]?.headline).toBe('Газа');
  });

  test('MOVE5 a long file costs no memory: not more than an entry is kept', async () => {
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('<rss version="2.0"><channel>');
      for (; sent < 1_000; sent++)
        yield Buffer.from(`<item><title>${sent}</title><description>${'z'.repeat(90_000)}</description></item>`);
      yield Buffer.from('</channel></rss>');
    }
    const { readRss } = await import('../../server/newsroom/importers/feeds.ts');
    let count = 0;
    let ahead = 0;
    for await (const _ of readRss(endless(), { timeZone: 'utc' })) {
      count += 1;
      ahead = Math.max(ahead, sent - count);
    }
    expect(count).toBe(1_000);
    expect(ahead).toBeLessThanOrEqual(1);
  });
});
