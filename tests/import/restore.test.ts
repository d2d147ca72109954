import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { DraftDesk } from '../../server/newsroom/draft-desk.ts';
import { exportTimeline } from '../../server/newsroom/export.ts';
import { BadFile } from '../../server/newsroom/restore/export-file.ts';
import { NotRestorable, restoreTimeline } from '../../server/newsroom/restore/restore-timeline.ts';
import { verify } from '../../server/newsroom/verify.ts';
import type { Store } from '../../server/store/store.ts';
import { limits } from '../../shared/limits.ts';
import type { SettingsPatch } from '../../shared/settings.ts';
import { picture } from '../media/laden-images.ts';
import { admin, development, editor, expectOk, gaza, type Spine, startSpine } from '../support/spine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const path = join(folder.path, 'gaza.ndjson');
let first: Spine;
const others: Spine[] = [];

/** A timeline in which everything happened that can. */
beforeAll(async () => {
  first = await startSpine();
  const { desk, clock } = first;
  const publish = async (more: object) => {
    clock.ms += 60_000;
    return expectOk(await desk.publish(editor, 'gaza', development(more))).update.id;
  };
  const revise = async (id: string, revision: number, patch: object) => {
    clock.ms += 60_000;
    expectOk(await desk.revise(editor, 'gaza', id, revision, patch));
  };
  const summarise = async (revision: number, texts: string[], updates: string[]) => {
    clock.ms += 60_000;
    const points = texts.map((text) => ({ text, updates }));
    expectOk(
      await desk.summarise(editor, 'gaza', 124, revision, {
        sections: points.length ? [{ heading: null, points }] : [],
      }),
    );
  };
  expectOk(await desk.createTimeline(admin, gaza));
  const rich = {
    key: true,
    pinned: true,
    verification: 'disputed',
    tags: ['a', 'b'],
    sources: [{ name: 'X', url: 'https://x.example/?a=1&b=2' }],
  };
  const body =
    '<p>In <em>Gaza</em> &amp; <a href="https://x.example/?a=1&amp;b=2">there</a> 5 &lt; 6 غزة</p><ul><li>x</li></ul>';
  const a = await publish({
    headline: 'corrected',
    body,
    ...rich,
    place: { name: 'Rafah', latitude: 31.3, longitude: 34.2 },
  });
  const b = await publish({ headline: 'moved' });
  const c = await publish({ headline: 'retracted', occurredAt: '2024-02-05', key: true });
  const d = await publish({ headline: 'taken down' });
  const e = await publish({ headline: 'the same time' });
  await publish({ headline: 'a draft', status: 'draft' });
  await summarise(0, ['Early'], [a, d]);
  await revise(a, 1, { headline: 'corrected once', correction: 'It was wrong.' });
  await revise(a, 2, { headline: 'corrected twice' });
  await revise(b, 1, { occurredAt: '2024-02-03T10:00:00Z' });
  await revise(c, 1, { status: 'retracted', reason: 'Not so.' });
  expectOk(await desk.remove(editor, 'gaza', d, 'law'));
  await summarise(1, [], []);
  await summarise(2, ['First', 'Second'], [a, e]);
  await revise(e, 1, { headline: 'revised after the summary' });
  expectOk(await desk.reviseTimeline(admin, 'gaza', 1, { title: 'Another title' }));
  writeFileSync(path, await exported(first));
});
afterEach(async () => {
  for (const spine of others.splice(0)) await spine.end();
});
afterAll(async () => {
  await first.end();
  folder.remove();
});

async function exported({ store, storage, clock }: Spine, slug = 'gaza'): Promise<string> {
  let text = '';
  for await (const line of exportTimeline(store, slug, clock.ms, { revisions: true, storage })) text += line;
  return text;
}

async function empty(): Promise<Spine> {
  const spine = await startSpine();
  spine.clock.ms = first.clock.ms;
  others.push(spine);
  return spine;
}

const restore = (spine: Spine, file = path, as: string | null = null, store: Store = spine.store) =>
  restoreTimeline({ store, library: spine.library, path: file, as, clock: spine.clock.now });

const withoutPosition = (text: string): string => text.replace(/"position":"\w+:\d+"/, '');

function altered(name: string, alter: (lines: string[]) => string[]): string {
  const file = join(folder.path, name);
  writeFileSync(file, `${alter(readFileSync(path, 'utf8').trimEnd().split('\n')).join('\n')}\n`);
  return file;
}

describe('an export with revisions', () => {
  test('EXP1 has the earlier wordings before each update and summary, and the ids of what was taken down', async () => {
    const lines = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const kinds = lines.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'update')).toHaveLength(4);
    expect(kinds.filter((kind) => kind === 'revision')).toHaveLength(5);
    expect(kinds.slice(-4)).toEqual(['summary-revision', 'summary-revision', 'summary', 'removed']);
    expect(lines.at(-1)).toMatchObject({ id: expect.any(String), day: 124, date: '2024-02-07' });
    expect(JSON.stringify(lines)).not.toMatch(/taken down|a draft/);
  });
});

describe('a timeline restored from its export', () => {
  test('EXP2 is the same again, byte for byte but for its position: days, summaries, revisions, what was taken down', async () => {
    const second = await empty();
    expect(await restore(second)).toEqual({ slug: 'gaza', restored: 13, present: 0, notices: [] });
    expect(withoutPosition(await exported(second))).toBe(withoutPosition(readFileSync(path, 'utf8')));
    const byDate = (days: { date: string }[]) => days.sort((x, y) => (x.date < y.date ? -1 : 1));
    expect(byDate(await second.store.days('gaza'))).toEqual(byDate(await first.store.days('gaza')));
    expect(await verify(second.store, 'gaza', null)).toMatchObject({ ok: true, links: 13 });
    const gone = /"kind":"removed","timeline":"gaza","id":"(\w+)"/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
    expect(await second.store.update('gaza', gone)).toBe('removed');
  });

  test('EXP2 has a log of its own: whoever followed the old one starts over', async () => {
    const second = await empty();
    await restore(second);
    const seen = (await first.store.timeline('gaza'))?.position ?? { epoch: '', seq: 0 };
    expect(await second.store.changes('gaza', { ...seen, seq: 5 }, 100)).toMatchObject({ reset: true });
    const head = (await second.store.timeline('gaza'))?.position;
    const log = await second.store.changes('gaza', { epoch: head?.epoch ?? '', seq: 0 }, 100);
    const times = log.reset ? [] : log.changes.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
  });

  test('EXP2 can have another slug', async () => {
    expect(await restore(first, path, 'copy')).toMatchObject({ slug: 'copy', restored: 13 });
    const copied = await exported(first, 'copy');
    expect(withoutPosition(copied.replaceAll('"copy"', '"gaza"').replaceAll('"/copy/', '"/gaza/'))).toBe(
      withoutPosition(readFileSync(path, 'utf8')),
    );
  });

  test('EXP3 again adds nothing, and what broke off in the middle goes on', async () => {
    const second = await empty();
    let left = 6;
    const breaking: Store = Object.create(second.store, {
      commit: {
        value: async (commit: Parameters<Store['commit']>[0]) => {
          if (left-- <= 0) throw new Error('killed');
          return second.store.commit(commit);
        },
      },
      ...Object.fromEntries(
        (['update', 'updates', 'day', 'timeline'] as const).map((name) => [
          name,
          { value: (second.store[name] as (...args: unknown[]) => unknown).bind(second.store) },
        ]),
      ),
    });
    await expect(restore(second, path, null, breaking)).rejects.toThrow('killed');
    const counts = await restore(second);
    expect(counts.present).toBeGreaterThan(0);
    expect(counts.restored + counts.present).toBe(13);
    expect(withoutPosition(await exported(second))).toBe(withoutPosition(readFileSync(path, 'utf8')));
    const { position } = (await second.store.timeline('gaza')) ?? {};
    expect(await restore(second)).toEqual({ slug: 'gaza', restored: 0, present: 13, notices: [] });
    expect((await second.store.timeline('gaza'))?.position).toEqual(position);
  });

  test('EXP4 a file with a fault in it restores nothing, and every faulty line is named', async () => {
    const change = (find: string | RegExp, by: string) => (lines: string[]) =>
      lines.map((line, i) => (i > 0 ? line.replace(find, by) : line));
    const faulty: [string, (lines: string[]) => string[], RegExp][] = [
      ['a script', change('<p>In', '<p onclick=\\"x\\">In'), /line \d+: the body has something in it/],
      ['an address that runs', change('https://x.example/?a=1&b=2', 'javascript:x'), /line \d+: sources/],
      [
        'a picture of elsewhere',
        change(
          '"images":[]',
          '"images":[{"id":"i","alt":"a","caption":null,"credit":null,"width":1,"height":1,"variants":[{"url":"https://spy.example/i.png","width":1,"type":"image/png"}]}]',
        ),
        /images: must lie on this server/,
      ],
      ['another day', change('"day":124', '"day":125'), /date or day/],
      ['an id that is a path', change(/"id":"\w+"/, '"id":"../../x"'), /must be an id/],
      [
        'a cut',
        (lines) => [...lines.slice(0, -1), lines.at(-1)?.slice(0, 20) ?? ''],
        /line 14: the line is not a JSON object/,
      ],
      ['no timeline', (lines) => lines.slice(1), /line 1: an export begins with its timeline/],
    ];
    const second = await empty();
    for (const [name, alter, sentence] of faulty) {
      const error: unknown = await restore(second, altered(name, alter)).catch((reason: unknown) => reason);
      expect([name, error]).toEqual([name, expect.any(BadFile)]);
      expect(String(error)).toMatch(sentence);
    }
    expect(await second.store.timeline('gaza')).toBeNull();
  });

  test('EXP6 looks as it did: name, colour and logos, painted anew, kept, and never over what was set here', async () => {
    const from = await empty();
    const slug = 'looks';
    expectOk(await from.desk.createTimeline(admin, { ...gaza, slug }));
    const sent = async (width: number) =>
      expectOk(await from.library.add(admin, slug, await picture(width, 90).png().toBuffer())).image;
    const [light, dark] = [await sent(360), await sent(180)];
    const accent = { light: '#0b5394', dark: '#9fc5e8' };
    const set = async (spine: Spine, appearance: NonNullable<SettingsPatch['appearance']>) => {
      const { store, live, desk, library } = spine;
      await live.refresh(slug);
      const { revision } = await store.settings(slug);
      const drafts = new DraftDesk({ store, live, writes: desk.writes, images: library });
      return expectOk(await drafts.reviseSettings(admin, slug, revision, { appearance }));
    };
    await set(from, { siteName: 'The Record', accent, logo: { id: light.id, alt: 'Record', dark: dark.id } });
    const file = join(folder.path, 'looks.ndjson');
    writeFileSync(file, await exported(from, slug));

    const to = await empty();
    expect(await restore(to, file)).toEqual({ slug, restored: 1, present: 0, notices: [] });
    const { appearance } = await to.store.settings(slug);
    expect(appearance).toMatchObject({
      siteName: 'The Record',
      accent,
      logo: { alt: 'Record', width: 360, height: 90, dark: { width: 180, height: 90 } },
    });
    expect(appearance.logo?.id).not.toBe(light.id);
    const [variant] = appearance.logo?.dark?.variants ?? [];
    const [, , , id = '', name = ''] = variant?.url.split('/') ?? [];
    expect(await to.storage.get(`${slug}/${id}`, name)).not.toBeNull();
    to.clock.ms += limits.unusedImageHours * 3_600_000 + 1;
    await to.library.sweep(slug);
    expect(await to.storage.get(`${slug}/${id}`, name)).not.toBeNull();
    expect(await verify(to.store, slug, null)).toMatchObject({ ok: true, links: 1 });

    await set(to, { siteName: 'Another', accent: null, logo: null });
    expect(await restore(to, file)).toMatchObject({ restored: 0, present: 1 });
    expect((await to.store.settings(slug)).appearance.siteName).toBe('Another');
  });

  test('EXP6 what is no picture is left out and told; the rest is restored', async () => {
    const [timeline = '', ...rest] = readFileSync(path, 'utf8').trimEnd().split('\n');
    const logo = { alt: 'x', light: Buffer.from('<svg onload="x"/>').toString('base64'), dark: null };
    const look = JSON.stringify({ kind: 'appearance', timeline: 'gaza', siteName: 'R', accent: null, logo });
    const second = await empty();
    const { restored, notices } = await restore(
      second,
      altered('svg', () => [timeline, look, ...rest]),
    );
    expect([restored, notices]).toEqual([14, [expect.stringContaining('a logo was left out')]]);
    expect((await second.store.settings('gaza')).appearance).toEqual({ siteName: 'R', accent: null, logo: null });
    const wrong = look.replace('"accent":null', '"accent":{"light":"red;}","dark":"#ffffff"}');
    await expect(
      restore(
        await empty(),
        altered('css', () => [timeline, wrong, ...rest]),
      ),
    ).rejects.toThrow(BadFile);
  });

  test('EXP5 overwrites nothing: neither another timeline nor what was written since', async () => {
    const second = await empty();
    expectOk(await second.desk.createTimeline(admin, { ...gaza, title: 'Another war' }));
    await expect(restore(second)).rejects.toThrow(NotRestorable);
    const third = await empty();
    await restore(third);
    const [, id = ''] = /"kind":"update","id":"(\w+)"/.exec(readFileSync(path, 'utf8')) ?? [];
    await third.live.refresh('gaza');
    expectOk(await third.desk.remove(editor, 'gaza', id, 'law'));
    expect(await restore(third)).toMatchObject({ restored: 0 });
    expect(await third.store.update('gaza', id)).toBe('removed');
  });
});
