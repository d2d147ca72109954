import { dateOfDay } from '../../shared/conflict-day.ts';
import type { Update } from '../../shared/update.ts';
import { isLive, type Stage } from '../e2e/support.ts';
import { picture } from '../media/laden-images.ts';
import { upload } from '../media/upload.ts';
import { gaza } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { lacedImage, lacedNote, lacedRow, lacedSections, lacedTimeline, lacedUpdate } from './laced.ts';
import { Newsroom } from './newsroom.ts';
import { inspectFetched, type Watched, watch } from './page-watch.ts';

/** Updates of one day: each payload in three formats has to fit on one page. */
const payloadsPerDay = 60;
const formats = ['html', 'markdown', 'text'] as const;
const api = '/api/v1/timelines';

/** Browsers, one that keeps the policy and one that doesn’t, so that escaping alone has to hold. */
export interface Attack {
  stage: Stage;
  guarded: Watched;
  unguarded: Watched;
  newsroom: Newsroom;
  /** Id of an image of `gaza`. */
  image: string;
}

export async function beginAttack(stage: Stage): Promise<Attack> {
  const { site } = stage;
  const uploaded = await upload(site, await picture().jpeg().toBuffer());
  return {
    stage,
    guarded: await watch(stage),
    unguarded: await watch(stage, { bypassCSP: true }),
    newsroom: new Newsroom(site.url, site.admin),
    image: uploaded.body.id,
  };
}

/** Some hundred of one kind say no more than twenty. */
export const findingsOf = ({ guarded, unguarded }: Attack): string[] =>
  [...new Set([...guarded.findings, ...unguarded.findings])].slice(0, 20);

export function* daysOf(payloads: readonly string[]): Generator<readonly [day: number, payloads: readonly string[]]> {
  for (let at = 0; at < payloads.length; at += payloadsPerDay) {
    yield [2 + at / payloadsPerDay, payloads.slice(at, at + payloadsPerDay)] as const;
  }
}

/**
 * One day of payloads: they come into an open page while it is read, in every text of an update, a correction, a
 * retraction and a summary; then the page is loaded anew, with and without the page’s policy. Resolves with the number
 * of updates.
 */
export async function attackDay(attack: Attack, day: number, payloads: readonly string[]): Promise<number> {
  const { guarded, unguarded } = attack;
  const path = `/gaza/day/${day}`;
  await guarded.visit(path);
  await isLive(guarded.page);
  const updates = await writeDay(attack, day, payloads);
  await arrived(attack);
  await guarded.inspect();
  await unguarded.visit(path);
  await guarded.visit(path);
  const shown = await guarded.page.locator('article').count();
  if (shown !== updates.length) throw new Error(`${path} shows ${shown} of ${updates.length} updates`);
  const own = updates.filter((_, at) => at % formats.length === 0).map(({ url }) => url);
  await inspectFetched(guarded, own);
  for (const { url } of updates.slice(0, 3)) {
    await guarded.visit(url);
    await unguarded.visit(url);
  }
  return updates.length;
}

async function writeDay({ newsroom, image }: Attack, day: number, payloads: readonly string[]): Promise<Update[]> {
  const date = dateOfDay(gaza.dayOne, day);
  const inputs = payloads.flatMap((payload) => formats.map((format) => ({ payload, format })));
  const updates = await Promise.all(
    inputs.map(({ payload, format }) =>
      newsroom.write<Update>('POST', `${api}/gaza/updates`, {
        ...lacedUpdate(payload, format, date),
        images: [lacedImage(payload, image)],
      }),
    ),
  );
  await Promise.all(
    updates.map(({ id }, at) => {
      const note = lacedNote(inputs[at]?.payload ?? '');
      const patch = at % 3 === 0 ? { correction: note } : { status: 'retracted', reason: note };
      return at % 3 === 2 ? null : newsroom.write('PATCH', `${api}/gaza/updates/${id}`, patch, { 'If-Match': '"1"' });
    }),
  );
  const sections = lacedSections(payloads, [updates[0]?.id ?? '']);
  await newsroom.write('PUT', `${api}/gaza/days/${day}/summary`, { sections }, { 'If-Match': '"0"' });
  return updates;
}

/** Waits until the open page stands where the log stands, and lets it show what it holds back. */
async function arrived({ guarded: { page }, stage }: Attack): Promise<void> {
  const { epoch, seq } = stage.spine.live.timeline('gaza')?.position ?? {};
  await waitFor(
    async () => {
      const notice = page.locator('[data-new-updates]');
      if (await notice.isVisible()) await notice.locator('button, a').or(notice).first().click();
      return (await page.locator(`[data-position="${epoch}:${seq}"]`).count()) > 0;
    },
    'all of it to be in the open page',
    { withinMs: 30_000, everyMs: 100 },
  );
}

/** The same by the import, into a timeline of its own. */
export async function attackByImport(attack: Attack, payloads: readonly string[]): Promise<void> {
  const { newsroom, guarded, unguarded } = attack;
  await newsroom.write('POST', api, { ...gaza, slug: 'imported' });
  const days = [...daysOf(payloads)];
  const rows = days.flatMap(([day, some]) =>
    some.map((payload, at) => lacedRow(payload, day * 1_000 + at, dateOfDay(gaza.dayOne, day))),
  );
  const type = { 'Content-Type': 'application/x-ndjson' };
  const lines = await newsroom.write<string>(
    'POST',
    `${api}/imported/import`,
    rows.map((row) => JSON.stringify(row)).join('\n'),
    type,
  );
  const told = JSON.parse(lines.trimEnd().split('\n').at(-1) ?? '');
  if (told.imported + told.replayed !== rows.length) throw new Error(`imported ${lines.slice(0, 2_000)}`);
  for (const [day] of days) {
    await guarded.visit(`/imported/day/${day}`);
    await unguarded.visit(`/imported/day/${day}`);
  }
}

/** Each payload as the name of a timeline: the home page has them all, and each page of its own has it in its head. */
export async function attackByTimelines(attack: Attack, payloads: readonly string[]): Promise<void> {
  const { newsroom, guarded, unguarded } = attack;
  const dayOne = dateOfDay(gaza.dayOne, 1_000);
  const slugs = payloads.map((_, at) => `named-${at}`);
  for (let at = 0; at < payloads.length; at += 100) {
    await Promise.all(
      payloads
        .slice(at, at + 100)
        .map((payload, n) =>
          newsroom.write('POST', api, { ...gaza, ...lacedTimeline(payload), slug: slugs[at + n], dayOne }),
        ),
    );
  }
  for (const one of [guarded, unguarded]) await one.visit('/');
  await inspectFetched(
    guarded,
    slugs.flatMap((slug) => [`/${slug}`, `/${slug}/days`]),
  );
  for (const slug of slugs.slice(0, 5)) {
    await unguarded.visit(`/${slug}`);
    await guarded.visit(`/${slug}/days`);
  }
}

/** In the address itself: pages that aren’t there, and parameters. */
export async function attackByAddresses(attack: Attack, payloads: readonly string[], shown: number): Promise<void> {
  const { guarded, unguarded, newsroom } = attack;
  const texts = payloads.map((payload) => encodeURIComponent(Buffer.from(payload).toString()));
  const all = texts.flatMap((text, at) => {
    const raw = (payloads[at] ?? '').replace(/[#?%\s\\]/g, '');
    return [
      `/${text}`,
      `/gaza/${text}`,
      `/gaza/day/${text}`,
      `/gaza/updates/${text}`,
      `/gaza/day/2?after=${text}&${text}=${text}`,
      `/docs/api?q=${text}`,
      `/docs/problems?${text}`,
      `/${raw.startsWith('/') || raw === '' ? 'x' : raw}`,
    ];
  });
  // Longer ones are refused before anything of ours sees them (431, without a body).
  const paths = all.filter((path) => path.length < 8_000);
  await guarded.visit('/gaza/days');
  await inspectFetched(guarded, paths);
  // The server runs in this process, which has looked through all those answers: it has to come to its breath again.
  await waitFor(async () => (await newsroom.ask('GET', '/readyz')).status === 200, 'the server to be ready again');
  for (const path of paths.slice(0, shown * 8)) {
    if (/^\/(?:\.|%2e)/i.test(path)) continue;
    await guarded.visit(path);
    await unguarded.visit(path);
  }
}
