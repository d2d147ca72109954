import { describe, expect, test } from '@jest/globals';
import type { Update, UpdatePatch } from '../../shared/update.ts';
import { admin, development, editor, expectOk, gaza } from '../support/spine.ts';
import { site } from './support.ts';

const the = site();
let slugs = 0;

/** A timeline of its own with an update for each event time. */
async function timeline(...times: string[]): Promise<{ slug: string; updates: Update[] }> {
  const slug = `t${++slugs}`;
  const { desk } = the().spine;
  expectOk(await desk.createTimeline(admin, { ...gaza, slug }));
  const updates: Update[] = [];
  for (const occurredAt of times) {
    const input = development({ occurredAt, headline: `At ${occurredAt}` });
    updates.push(expectOk(await desk.publish(editor, slug, input)).update);
  }
  return { slug, updates };
}

const page = async (path: string): Promise<string> => (await the().request.get(path).expect(200)).text;
const link = (text: string, rel: string): string | undefined =>
  new RegExp(`<a rel="${rel}" href="/\\w+/updates/(\\w+)"`).exec(text)?.[1];

async function revise(slug: string, update: Update, patch: UpdatePatch): Promise<Update> {
  the().spine.clock.ms += 60_000;
  return expectOk(await the().spine.desk.revise(editor, slug, update.id, update.revision, patch));
}

describe('the page of an update', () => {
  test('ART1 leads to the updates before and after it, also of the nearest days, and to its day’s summary, if it has one', async () => {
    const { slug, updates } = await timeline(
      '2024-02-05T20:00:00Z',
      '2024-02-07T10:00:00Z',
      '2024-02-07T16:00:00Z',
      '2024-02-09T08:00:00Z',
    );
    const ids = updates.map(({ id }) => id);
    const ways = await Promise.all(
      updates.map(async ({ url }) => {
        const text = await page(url);
        return [link(text, 'prev'), link(text, 'next')];
      }),
    );
    expect(ways).toEqual([
      [undefined, ids[1]],
      [ids[0], ids[2]],
      [ids[1], ids[3]],
      [ids[2], undefined],
    ]);
    const way = `<a href="/${slug}/day/124#summary">Most important developments of the 124th day of the war on the Gaza Strip</a>`;
    expect(await page(updates[1]?.url ?? '')).not.toContain('#summary');
    await revise(slug, updates[2] as Update, { key: true });
    expect(await page(updates[1]?.url ?? '')).toContain(way);
  });

  test('ART2 shows what each correction changed; an update that was never revised has no history', async () => {
    const { slug, updates } = await timeline('2024-02-07T10:00:00Z');
    const [update] = updates as [Update];
    expect(await page(update.url)).not.toContain('id="history"');
    await revise(slug, update, { headline: 'It was noon', correction: 'The hour was wrong.' });
    const text = await page(update.url);
    expect(text).toMatch(/<li><p><b>Corrected [^<]*<\/b> <bdi>The hour was wrong\.<\/bdi><\/p>/);
    expect(text).toMatch(/<summary>What changed<\/summary>.*<ins>was noon<\/ins>/);
  });
});

describe('the corrections of a timeline', () => {
  test('ART3 each correction and retraction stands there once, newest first; plain edits don’t', async () => {
    const { slug, updates } = await timeline('2024-02-07T10:00:00Z', '2024-02-08T10:00:00Z');
    const [first, second] = updates as [Update, Update];
    expect(await page(`/${slug}/corrections`)).toContain('Nothing has been corrected or retracted.');
    const once = await revise(slug, first, { headline: 'A', correction: 'First note.' });
    const edited = await revise(slug, once, { headline: 'B' });
    await revise(slug, edited, { headline: 'C', correction: 'Second note.' });
    await revise(slug, second, { status: 'retracted', reason: 'The source withdrew it.' });
    const notes = [...(await page(`/${slug}/corrections`)).matchAll(/class="note"><b>[^<]*<\/b> <bdi>([^<]*)/g)];
    expect(notes.map(([, note]) => note)).toEqual(['The source withdrew it.', 'Second note.', 'First note.']);
  });

  test('ART4 a takedown strikes out all corrections of its update', async () => {
    const { slug, updates } = await timeline('2024-02-07T10:00:00Z', '2024-02-08T10:00:00Z');
    const [first, second] = updates as [Update, Update];
    const corrected = await revise(slug, first, { headline: 'A', correction: 'Gone soon.' });
    await revise(slug, corrected, { headline: 'B', correction: 'Gone too.' });
    await revise(slug, second, { headline: 'C', correction: 'Stays.' });
    expectOk(await the().spine.desk.remove(editor, slug, first.id, 'legal'));
    const text = await page(`/${slug}/corrections`);
    expect(text).toContain('Stays.');
    expect(text).not.toContain('Gone');
    expect(await the().spine.corrections.corrections(slug, 0, 10)).toHaveLength(1);
  });
});
