import { describe, expect, test } from '@jest/globals';
import { Search, SearchIsFull } from '../../server/search/search.ts';
import type { NewUpdate, Update } from '../../shared/update.ts';
import { admin, development, expectOk, gaza } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { api, site } from './support.ts';

const the = site();
let timelines = 0;

/** A timeline of its own, with these updates. */
async function timeline(...updates: Partial<NewUpdate>[]) {
  const slug = `searched-${++timelines}`;
  const { desk } = the().spine;
  expectOk(await desk.createTimeline(admin, { ...gaza, slug }));
  const publish = async (more: Partial<NewUpdate>): Promise<Update> =>
    expectOk(await desk.publish(admin, slug, development(more))).update;
  const published: Update[] = [];
  for (const update of updates) published.push(await publish(update));
  const search = async (query: Record<string, string>) =>
    (await the().request.get(`${api}/${slug}/search`).query(query).expect(200)).body;
  const headlines = async (query: Record<string, string>): Promise<string[]> =>
    (await search(query)).hits.map(({ update }: { update: Update }) => update.headline);
  return { slug, published, publish, search, headlines };
}

describe('the search', () => {
  test('SRCH1 finds an update at once after it was acknowledged, and no more after its takedown', async () => {
    const { slug, publish, headlines, search } = await timeline();
    expect(await headlines({ q: 'ceasefire' })).toEqual([]);
    const { body: update } = await the()
      .request.post(`${api}/${slug}/updates`)
      .set(the().admin)
      .send(development({ headline: 'A ceasefire begins' }))
      .expect(201);
    expect(await search({ q: 'ceasefire' })).toMatchObject({ total: 1, hits: [{ update }] });
    await publish({ headline: 'Another ceasefire' });
    await the()
      .request.delete(`${api}/${slug}/updates/${update.id}`)
      .set(the().admin)
      .send({ reason: 'legal' })
      .expect(204);
    expect(await headlines({ q: 'ceasefire' })).toEqual(['Another ceasefire']);
    expect(await search({ q: 'begins' })).toEqual({ hits: [], total: 0, more: null });
  });

  test('SRCH1 finds the present wording alone, also of a draft once it is published', async () => {
    const { slug, published, publish, headlines } = await timeline({ headline: 'Four killed', key: true });
    const [first] = published;
    const { desk } = the().spine;
    expectOk(
      await desk.revise(admin, slug, first?.id ?? '', 1, { headline: 'Five wounded', correction: 'Miscounted.' }),
    );
    expect([await headlines({ q: 'killed' }), await headlines({ q: 'wounded', key: '1' })]).toEqual([
      [],
      ['Five wounded'],
    ]);
    const draft = await publish({ headline: 'Talks resume', status: 'draft' });
    expect(await headlines({ q: 'talks' })).toEqual([]);
    expectOk(await desk.revise(admin, slug, draft.id, 1, { status: 'published' }));
    expect(await headlines({ q: 'talks' })).toEqual(['Talks resume']);
    expectOk(await desk.revise(admin, slug, draft.id, 2, { status: 'retracted', reason: 'Untrue.' }));
    expect(await headlines({ q: 'talks' })).toEqual(['Talks resume']);
  });

  test('SRCH2 narrows down by the dates of the event, inclusive, by key and by tag; with or without words', async () => {
    const { headlines, search } = await timeline(
      { headline: 'Strike one', occurredAt: '2024-02-05', tags: ['Rafah'] },
      { headline: 'Strike two', occurredAt: '2024-02-06T23:30:00+02:00', key: true },
      { headline: 'Strike three', occurredAt: '2024-02-07', key: true, tags: ['rafah', 'Aid'] },
    );
    expect(await headlines({ q: 'strike' })).toEqual(['Strike three', 'Strike two', 'Strike one']);
    expect(await headlines({ q: 'strike', from: '2024-02-06' })).toEqual(['Strike three', 'Strike two']);
    expect(await headlines({ q: 'strike', to: '2024-02-06' })).toEqual(['Strike two', 'Strike one']);
    expect(await headlines({ q: 'strike', from: '2024-02-06', to: '2024-02-06' })).toEqual(['Strike two']);
    expect(await headlines({ q: 'strike', key: '1' })).toEqual(['Strike three', 'Strike two']);
    expect(await headlines({ tag: 'RAFAH' })).toEqual(['Strike three', 'Strike one']);
    expect(await headlines({ q: 'strike', tag: 'rafah', key: '1', from: '', to: '', after: '' })).toEqual([
      'Strike three',
    ]);
    expect(await headlines({ q: '', key: '1' })).toEqual(['Strike three', 'Strike two']);
    expect(await headlines({ from: '2022-01-01', to: '2023-10-01' })).toEqual([]);
    expect(await search({ q: '' })).toEqual({ hits: [], total: 0, more: null });
    expect(await search({ q: '?!' })).toEqual({ hits: [], total: 0, more: null });
  });

  test('SRCH5 all words must be there, quoted ones side by side, and the last may be unfinished', async () => {
    const { headlines } = await timeline(
      { headline: 'Hospital in Khan Younis', body: '' },
      { headline: 'Younis Khan visits a hospital', body: '' },
      { headline: 'A clinic', body: '<p>In Khan</p><p>Younis</p>' },
    );
    expect(await headlines({ q: 'hospital khan' })).toHaveLength(2);
    expect(await headlines({ q: '"khan younis"' })).toEqual(['A clinic', 'Hospital in Khan Younis']);
    expect(await headlines({ q: '“khan younis” hosp' })).toEqual(['Hospital in Khan Younis']);
    expect(await headlines({ q: 'cli' })).toEqual(['A clinic']);
    expect(await headlines({ q: 'cli "khan"' })).toEqual([]);
  });

  test('SRCH6 says where it was found, as plain text with places in it', async () => {
    const { search } = await timeline({
      headline: '<b>Strike</b> & strike',
      body: `<p>${'Before. '.repeat(40)}The <em>strikes</em> went on.${' After.'.repeat(60)}</p>`,
      sources: [{ name: 'Strike Monitor', url: null }],
    });
    const { hits } = await search({ q: 'strike' });
    const [title, body, source] = hits[0].highlights;
    const marked = ({ text, marks }: { text: string; marks: [number, number][] }) =>
      marks.map(([start, end]) => text.slice(start, end));
    expect(title).toMatchObject({ field: 'headline', text: '<b>Strike</b> & strike' });
    expect(marked(title)).toEqual(['Strike', 'strike']);
    expect(body.text).toMatch(/^… .*The strikes went on\. .* …$/);
    expect(body.text.length).toBeLessThan(340);
    expect(marked(body)).toEqual(['strikes']);
    expect([source.field, marked(source)]).toEqual(['sources', ['Strike']]);
  });

  test('SRCH7 is read in pages, newest event first, each hit once; the total is that of all', async () => {
    const minutes = Array.from({ length: 7 }, (_, i) => `2024-02-07T10:0${i % 4}:00Z`);
    const { search } = await timeline(...minutes.map((occurredAt, i) => ({ occurredAt, headline: `Paged ${i}` })));
    const seen: Update[] = [];
    for (let after = ''; ; ) {
      const { hits, total, more } = await search({ q: 'paged', limit: '3', after });
      expect(total).toBe(7);
      seen.push(...hits.map(({ update }: { update: Update }) => update));
      if (more === null) break;
      after = more;
    }
    expect(seen.map(({ headline }) => headline)).toEqual([3, 6, 2, 5, 1, 4, 0].map((i) => `Paged ${i}`));
    const quoted = await search({ q: '"paged 3"', limit: '1' });
    expect(quoted).toMatchObject({ total: 1, more: null });
  });

  test('SRCH8 faults of the question are told', async () => {
    const { slug } = await timeline();
    const faults = async (query: Record<string, string>): Promise<unknown> => {
      const { body } = await the().request.get(`${api}/${slug}/search`).query(query).expect(422);
      return body.errors.map(({ path }: { path: string }) => path);
    };
    expect(await faults({})).toEqual(['/q']);
    expect(await faults({ q: 'x'.repeat(201) })).toEqual(['/q']);
    expect(await faults({ q: 'x', from: '2024-02-30', to: 'today' })).toEqual(['/from', '/to']);
    expect(await faults({ q: 'x', from: '2024-02-02', to: '2024-02-01' })).toEqual(['/from']);
    expect(await faults({ q: 'x', key: 'yes', limit: '101' })).toEqual(['/key', '/limit']);
    expect(await faults({ q: 'x', after: 'nowhere' })).toEqual(['/after']);
    await the().request.get(`${api}/nowhere/search?q=x`).expect(404);
  });

  test('SRCH9 of too many who search at once the last are told to come back', async () => {
    const waiting: (() => void)[] = [];
    const search = new Search({
      find: () => new Promise((resolve) => waiting.push(() => resolve({ hits: [], total: 0 }))),
      publicUpdates: async () => new Map(),
    });
    const asked = { text: 'x', also: [], firstDay: 1, lastDay: 2, keyOnly: false, after: null, limit: 1 };
    const under = Array.from({ length: 204 }, () => search.find('gaza', asked));
    await waitFor(() => waiting.length === 4);
    await expect(search.find('gaza', asked)).rejects.toThrow(SearchIsFull);
    let answered = false;
    const all = Promise.all(under).finally(() => {
      answered = true;
    });
    await waitFor(() => {
      for (const answer of waiting.splice(0)) answer();
      return answered;
    });
    await expect(all).resolves.toHaveLength(204);
  });
});
