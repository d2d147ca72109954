import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import type { DayView } from '../../shared/day.ts';
import { openBrowser } from '../support/browser.ts';
import { type Cleanup, withCleanup } from '../support/cleanup.ts';
import { rawAnswer } from '../support/raw-answer.ts';
import { type Budget, type Measured, number, type Row } from '../support/row.ts';
import { setStage } from '../support/stage.ts';

/** B5: what a reader’s browser has to fetch for a day. Bytes are bytes: one round, no rival. */
export const pageWeight: Budget = {
  name: 'B5',
  title: 'The reader’s page of a day with 100 updates of about 1 kB',
  measure: () => withCleanup(measure),
};

interface Sizes {
  br: number;
  gzip: number;
}

async function measure(cleanup: Cleanup): Promise<Measured> {
  const { daymark, dayPath, dayJsonPath } = await setStage(cleanup);
  const html = String((await rawAnswer(daymark.origin, dayPath, 'identity')).body);
  const day = JSON.parse(
    String((await rawAnswer(daymark.origin, `${dayJsonPath}?limit=1000`, 'identity')).body),
  ) as DayView;
  const text = day.updates.map(({ headline, body }) => `${headline}\n${plain(body)}\n`).join('\n');
  const css = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, rules]) => rules ?? '').join('');
  const loaded = await inABrowser(daymark.origin, dayPath, cleanup);
  const scripts = await Promise.all(
    loaded.own.filter((path) => path.endsWith('.js')).map((path) => served(daymark.origin, path)),
  );
  const others = await Promise.all(
    loaded.own.filter((path) => path.endsWith('.css')).map((path) => served(daymark.origin, path)),
  );
  const page = await served(daymark.origin, dayPath);
  const parts = {
    page,
    bare: compressed(html.replace(/(<style[^>]*>)[\s\S]*?(<\/style>)/g, '$1$2')),
    css: sum([compressed(css), ...others]),
    js: sum(scripts),
    text: compressed(text),
    all: sum([page, ...scripts, ...others]),
  };
  return { rows: rows(parts, loaded), notes: notes(text, html, day.updates.length, loaded) };
}

function rows(
  { page, bare, css, js, text, all }: Record<'page' | 'bare' | 'css' | 'js' | 'text' | 'all', Sizes>,
  loaded: Loaded,
): Row[] {
  const ratio: Sizes = { br: bare.br / text.br, gzip: bare.gzip / text.gzip };
  return [
    line('bare text of the updates', text),
    {
      ...line('HTML without its style', bare),
      ratio: `${number(ratio.br, 2)} / ${number(ratio.gzip, 2)} × the bare text`,
      asked: '≤ 1.3 ×',
      holds: ratio.br <= 1.3 && ratio.gzip <= 1.3,
    },
    line('CSS, inlined', css),
    line('the page as served, HTML and CSS', page),
    { ...line('JavaScript in all', js), asked: '≤ 20 kB', holds: js.br <= 20_000 },
    { ...line('HTML, CSS and JavaScript', all), asked: '≤ 60 kB', holds: all.br <= 60_000 },
    count('requests to third parties', loaded.foreign.length),
    count('render-blocking requests', loaded.blocking),
    count('cookies', loaded.cookies),
  ];
}

function notes(text: string, html: string, updates: number, { own }: Loaded): string[] {
  return [
    `Sizes as br / gzip in bytes, as the server sends them (Brotli 5, gzip 6; scripts at their best). ${updates} updates, ${number(Buffer.byteLength(text))} bytes of text, ${number(Buffer.byteLength(html))} bytes of HTML. The text comes from a seeded model that compresses like a real record (Brotli 0.30).`,
    `Asked for by Chromium: ${own.join(', ')}.`,
  ];
}

interface Loaded {
  /** Paths of our own beside the page itself. */
  own: string[];
  foreign: string[];
  blocking: number;
  cookies: number;
}

/** Opens the page in an empty browser and waits until it follows. */
async function inABrowser(origin: string, path: string, cleanup: Cleanup): Promise<Loaded> {
  const browser = await openBrowser(cleanup);
  if (!browser) throw new Error('B5 needs Chromium');
  const page = await browser.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(origin + path);
  await page.waitForSelector('[data-connection="live"]', { state: 'attached', timeout: 20_000 });
  const own = asked.filter((url) => url.startsWith(origin)).map((url) => url.slice(origin.length));
  return {
    own: [...new Set(own)].filter((one) => one !== path),
    foreign: asked.filter((url) => !url.startsWith(origin) && !url.startsWith('data:')),
    blocking: await renderBlocking(page),
    cookies: (await page.context().cookies()).length,
  };
}

const renderBlocking = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const entries = performance.getEntriesByType('resource') as unknown as { renderBlockingStatus?: string }[];
    return entries.filter(({ renderBlockingStatus }) => renderBlockingStatus === 'blocking').length;
  });

async function served(origin: string, path: string): Promise<Sizes> {
  const [br, gzip] = await Promise.all(
    ['br', 'gzip'].map(async (encoding) => (await rawAnswer(origin, path, encoding)).body.length),
  );
  return { br: br ?? 0, gzip: gzip ?? 0 };
}

const compressed = (text: string): Sizes => ({
  br: brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length,
  gzip: gzipSync(text, { level: 6 }).length,
});

const sum = (sizes: Sizes[]): Sizes => ({
  br: sizes.reduce((all, { br }) => all + br, 0),
  gzip: sizes.reduce((all, { gzip }) => all + gzip, 0),
});

const plain = (html: string): string => html.replace(/<\/p>/g, '\n').replace(/<[^>]+>/g, '');

const line = (what: string, { br, gzip }: Sizes): Row => ({
  what,
  ours: `${number(br)} / ${number(gzip)}`,
  rivals: '',
  ratio: '',
  asked: '',
  holds: null,
});

const count = (what: string, found: number): Row => ({
  ...line(what, { br: 0, gzip: 0 }),
  ours: String(found),
  asked: '0',
  holds: found === 0,
});
