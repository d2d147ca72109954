import { describe, expect, test } from '@jest/globals';
import { readFile, rss, rssItem, wxr } from './foreign-support.ts';

const jsonLd = (times: string[]) =>
  JSON.stringify({
    '@context': 'https://schema.org',
    '@graph': [
      {
        '@type': 'LiveBlogPosting',
        headline: 'The page',
        author: [{ name: 'A' }, { name: 'B' }],
        publisher: { name: 'Paper' },
        liveBlogUpdate: times.map((datePublished, i) => ({
          '@id': `u${i}`,
          headline: i === 0 ? 'The page' : `Own ${i}`,
          author: [{ name: 'A' }, { name: 'B' }],
          datePublished,
          articleBody: `Said ${i}`,
        })),
      },
    ],
  });

describe('what an entry of another system becomes', () => {
  test('MOVE2 WordPress: posts and the entries of its live blogs, with names, topics and times', async () => {
    const { format, rows } = await readFile(wxr);
    expect(format).toBe('wxr');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      occurredAt: '2024-02-07T08:00:00.000Z',
      headline: 'Aid trucks & crews wait',
      byline: 'Sami R.',
      tags: ['aid'],
      language: 'en-US',
      externalId: 'https://desk.example/?p=1#post-1',
      sources: [{ name: 'Desk', url: 'https://desk.example/1' }],
    });
    expect(rows[0]?.body).toMatch(/^<p>First\.<\/p><p>Second/);
    expect(rows[1]).toMatchObject({
      occurredAt: '2024-02-07T09:00:00.000Z',
      body: '<p>One truck went in</p>',
      byline: 'Lina',
    });
  });

  test('MOVE2 RSS 2.0, Atom with XHTML, RSS 1.0 and JSON Feed', async () => {
    expect((await readFile(rss(rssItem(1)))).rows).toMatchObject([
      { occurredAt: '2024-02-07T16:20:00.000Z', headline: 'Item 1', body: 'Text 1', externalId: 'g1' },
    ]);
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>F</title><entry><id>urn:1</id><title>غزة</title>
      <published>2024-02-07T18:20:00+02:00</published><link rel="self" href="https://f.example/self"/><link href="https://f.example/1"/>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>1 &lt; 2 <em>so</em></p></div></content></entry></feed>`;
    expect(await readFile(atom, { size: 7 })).toMatchObject({
      format: 'atom',
      rows: [
        {
          headline: 'غزة',
          body: '<div><p>1 &lt; 2 <em>so</em></p></div>',
          sources: [{ name: 'F', url: 'https://f.example/1' }],
        },
      ],
    });
    const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel><title>R</title></channel><item rdf:about="https://r.example/1"><title>T</title><dc:date>2024-02-07T18:20:00+02:00</dc:date></item></rdf:RDF>`;
    expect(await readFile(rdf)).toMatchObject({
      format: 'rdf',
      rows: [{ externalId: 'https://r.example/1', sources: [{ name: 'R', url: 'https://r.example/1' }] }],
    });
    const feed = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'J',
      items: [{ id: 5, content_text: 'Plain', date_published: '2024-02-07T16:20:00Z', tags: ['x'] }],
    });
    expect(await readFile(feed)).toMatchObject({
      format: 'jsonfeed',
      rows: [{ body: 'Plain', bodyFormat: 'text', externalId: '5', tags: ['x'] }],
    });
  });

  test('MOVE2 live blogs: Automattic, Sourcefabric, the Guardian', async () => {
    const entry = {
      type: 'new',
      render: '<p>In /key</p>',
      entry_time: '1707322800',
      authors: [{ name: 'L' }],
      key_event: true,
    };
    const automattic = JSON.stringify({
      entries: [
        { id: 3, ...entry },
        { id: '4', ...entry, type: 'delete' },
      ],
    });
    expect(await readFile(automattic)).toMatchObject({
      format: 'liveblog',
      rows: [{ occurredAt: '2024-02-07T16:20:00.000Z', body: '<p>In </p>', key: true, externalId: 'liveblog-3' }],
      refused: [{ line: 2, code: 'not-for-publication' }],
    });
    const groups = [
      { refs: [{ idRef: 'main' }] },
      { refs: [{ item: { item_type: 'text', text: 'One' } }, { item: { item_type: 'image', text: '<p>Shown</p>' } }] },
    ];
    const post = {
      _id: 'urn:1',
      post_status: 'open',
      published_date: '2024-02-07T16:20:00+00:00',
      lb_highlight: true,
      groups,
    };
    const sourcefabric = JSON.stringify({
      _items: [post, { ...post, deleted: true }, { ...post, post_status: 'draft' }],
    });
    expect(await readFile(sourcefabric)).toMatchObject({
      format: 'sourcefabric',
      rows: [{ body: 'One\n<p>Shown</p>', key: true, externalId: 'urn:1' }],
      refused: [
        { line: 2, code: 'not-for-publication' },
        { line: 3, code: 'not-for-publication' },
      ],
    });
    const block = {
      id: 'b1',
      attributes: { keyEvent: true },
      blockFirstPublished: 1707322800000,
      title: 'T',
      elements: [{ _type: 'TextBlockElement', html: '<p>x</p>' }],
    };
    const guardian = JSON.stringify({
      webURL: 'https://g.example/live',
      lang: 'en',
      blocks: [block],
      keyEvents: [block],
    });
    expect(await readFile(guardian)).toMatchObject({
      format: 'guardian',
      rows: [
        {
          occurredAt: '2024-02-07T16:20:00.000Z',
          headline: 'T',
          key: true,
          sources: [{ url: 'https://g.example/live#block-b1' }],
        },
      ],
    });
  });

  test('MOVE9 JSON-LD: the page’s own times count; one time for all is taken as the date alone, and that is told', async () => {
    const times = ['2024-02-07T10:00:00Z', '2024-02-07T11:00:00Z'];
    const apart = await readFile(jsonLd(times));
    expect(apart).toMatchObject({ format: 'jsonld', notices: [] });
    expect(apart.rows).toMatchObject([
      { occurredAt: '2024-02-07T10:00:00.000Z', headline: '', body: 'Said 0', bodyFormat: 'text' },
      { occurredAt: '2024-02-07T11:00:00.000Z', headline: 'Own 1' },
    ]);
    // 23:00 in London is the next day in Gaza: the date is that of the conflict’s zone.
    const same = ['2024-02-07T23:00:00Z', '2024-02-07T23:00:00Z'];
    const alike = await readFile(jsonLd(same));
    expect(alike.rows.map(({ occurredAt }) => occurredAt)).toEqual(['2024-02-08', '2024-02-08']);
    expect(alike.notices).toHaveLength(2);
    const page = `<!doctype html><html><head><script type="application/ld+json">${jsonLd(same)}</script></head>
      <body><article id="block-u0"><time datetime="2024-02-07T09:00:00Z"></time></article><div id="u1"><p><time datetime="2024-02-07T09:30:00Z"></time></p></div></body></html>`;
    const read = await readFile(page, { size: 50 });
    expect(read.format).toBe('html');
    expect(read.rows.map(({ occurredAt }) => occurredAt)).toEqual([
      '2024-02-07T09:00:00.000Z',
      '2024-02-07T09:30:00.000Z',
    ]);
  });

  test('MOVE6 CSV: columns by the map or by their usual names, times in the conflict’s zone, a row of another length alone refused', async () => {
    const csv = 'Start;Region;Note\n2024-02-07 10:00:00;North;"a; ""b"""\n2024-02-07;South\n2024-02-07;East;=1+1\n';
    const map = { occurredAt: 'Start', headline: 'Alert in {Region}', body: 'Note' };
    expect(await readFile(csv, { map })).toMatchObject({
      format: 'csv',
      rows: [
        { occurredAt: '2024-02-07T08:00:00.000Z', headline: 'Alert in North', body: 'a; "b"' },
        { occurredAt: '2024-02-07', headline: 'Alert in East' },
      ],
      refused: [{ line: 3, code: 'validation-failed' }],
    });
    const usual = '\ufeffdate,title,source url\n07.02.2024 18:20,Title,https://s.example/\n';
    expect((await readFile(usual, { timeFormat: 'dd.MM.yyyy HH:mm' })).rows).toMatchObject([
      { occurredAt: '2024-02-07T16:20:00.000Z', headline: 'Title', sources: [{ url: 'https://s.example/' }] },
    ]);
    await expect(readFile('a,b\n1,2\n')).rejects.toThrow('No column is mapped to occurredAt and headline');
    await expect(readFile(csv, { map: { ...map, body: 'Nota' } })).rejects.toThrow('There is no column Nota');
  });

  test('MOVE3 what its source does not show to everybody is refused, entry by entry', async () => {
    const { refused } = await readFile(wxr);
    expect(refused.map(({ line, code }) => [line, code])).toEqual([
      [3, 'not-for-publication'],
      [4, 'not-for-publication'],
      [5, 'not-for-publication'],
    ]);
  });

  test('MOVE10 images and what else is not taken are told with the row', async () => {
    expect((await readFile(wxr)).notices).toEqual(['was sticky; it is not pinned']);
  });

  test('MOVE1 the format is told from the file; one that is none is refused with a list', async () => {
    const row = '{"occurredAt":"2024-02-07","headline":"x"}\n';
    expect((await readFile(row)).format).toBe('ndjson');
    expect((await readFile(`\ufeff\n${rss(rssItem(1))}`.replace('\n<?xml version="1.0"?>', ''))).format).toBe('rss');
    for (const none of ['', 'hello', '{"a":1}', '[1,2]', '<svg></svg>', '\u0000\u0001,\u0002'])
      await expect(readFile(none)).rejects.toThrow('no format that can be imported');
  });
});
