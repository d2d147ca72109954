import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { readAssets } from '../../server/http/built-assets.ts';
import { readNewsroomAssets } from '../../server/http/newsroom/newsroom-assets.ts';
import { Admission } from '../../server/live/admission.ts';
import { openGateway } from '../../server/live/gateway.ts';
import { defaultGatewayLimits } from '../../server/live/gateway-limits.ts';
import type { NewTimeline } from '../../shared/timeline.ts';
import type { NewUpdate, Update } from '../../shared/update.ts';
import { openSite, type Site } from '../http/support.ts';
import { admin, expectOk, gaza, type Spine, silent, startSpine } from '../support/spine.ts';

const args = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  // No test draws in three dimensions, and a browser of fewer processes takes less processor time.
  '--disable-software-rasterizer',
  '--in-process-gpu',
  '--enable-features=NetworkServiceInProcess2',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A document that a test has altered on its way counts as foreign, and may not connect to this machine.
  '--disable-features=LocalNetworkAccessChecks',
  // Not in releases yet; it asks for nothing unless a test says so.
  '--enable-blink-features=PrefersReducedData',
];
/** Half a megabyte for each page that is looked at: in ASCII the browser takes it over in half the time. */
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8').replace(
  /[^\0-\x7f]/g,
  (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
);
const publicFolder = 'dist/public';

export interface Stage {
  site: Site;
  spine: Spine;
  /** Publishes on `gaza` unless told otherwise. */
  publish(input?: Partial<NewUpdate>, slug?: string): Promise<Update>;
  timeline(more: Partial<NewTimeline>): Promise<void>;
  /** Opens an address, of the site where it is a path, in a browser of its own. */
  open(address: string, options?: BrowserContextOptions): Promise<Page>;
  /** Errors and refused loads of all pages of this test, and what they asked of other hosts. */
  complaints: string[];
}

/** As `scripts/system-packages.mjs` looks for them. */
const shell = 'chromium-headless-shell';
const withWindows = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function pathOf(programs: string[]): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const paths = programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  const found = process.env['CHROMIUM_PATH'] ?? paths.find((path) => existsSync(path));
  if (!found) throw new Error('There is no Chromium on PATH; `npm test` installs one');
  return found;
}

/** The one without windows opens a page four times as fast, and knows no notifications: `whole` for tests that need them. */
export const launchChromium = ({ whole = false } = {}): Promise<Browser> =>
  chromium.launch({
    executablePath: pathOf(whole ? withWindows : [shell, ...withWindows]),
    args,
    ignoreDefaultArgs: ['--enable-unsafe-swiftshader'],
  });

/** What Playwright’s own runner knows of a browser: to empty a window for the next test costs a third of opening another. */
interface Emptying extends Browser {
  _newContextForReuse(options: BrowserContextOptions): Promise<BrowserContext>;
  _disconnectFromReusedContext(reason: string): Promise<void>;
}

/** What a window that was emptied is given anew; whatever else a test asks for comes with a window of its own. */
const givenAnew = ['viewport', 'colorScheme', 'reducedMotion', 'storageState'];

/** The windows of a suite. Each is private: nothing of another is in it. */
class Windows {
  readonly #browser: Emptying;
  readonly #open: BrowserContext[] = [];
  /** The one that is emptied for the next test. It may be taken. */
  #kept: BrowserContext | undefined;

  constructor(browser: Browser) {
    this.#browser = browser as Emptying;
  }

  get count(): number {
    return this.#open.length;
  }

  async open(options: BrowserContextOptions): Promise<Page> {
    const isPlain = Object.keys(options).every((name) => givenAnew.includes(name));
    const all = { viewport: { width: 1280, height: 900 }, ...options };
    const context = isPlain && !this.#kept ? await this.#emptied(all) : await this.#browser.newContext(opened(all));
    this.#open.push(context);
    return context.pages()[0] ?? context.newPage();
  }

  /** Closes those that were opened after the first `count`. */
  async close(count: number): Promise<void> {
    for (const context of this.#open.splice(count)) {
      if (context === this.#kept) {
        this.#kept = undefined;
        await this.#browser._disconnectFromReusedContext('its test has ended');
      } else await context.close();
    }
  }

  async #emptied({ storageState, ...options }: BrowserContextOptions): Promise<BrowserContext> {
    const context = await this.#browser._newContextForReuse(opened(options));
    this.#kept = context;
    await context.setOffline(false);
    if (typeof storageState === 'object') await context.addCookies(storageState.cookies);
    return context;
  }
}

/** Requests that a worker answers can’t be altered by a test. */
const opened = (options: BrowserContextOptions): BrowserContextOptions => ({ serviceWorkers: 'block', ...options });

/** A node with the built assets, its sockets, and a browser. One for each suite; pages are closed with their test. */
export function stage(which: { whole?: boolean } = {}): () => Stage {
  let browser: Browser | undefined;
  let site: Site | undefined;
  let gateway: ReturnType<typeof openGateway> | undefined;
  let windows: Windows | undefined;
  let made: Stage | undefined;
  let before = 0;
  beforeAll(async () => {
    browser = await launchChromium(which);
    const spine = await startSpine();
    expectOk(await spine.desk.createTimeline(admin, gaza));
    site = await openSite(spine, {
      assets: readAssets(publicFolder),
      publicFolder,
      newsroom: readNewsroomAssets('dist/newsroom'),
    });
    const { live, clock } = spine;
    const admission = new Admission(defaultGatewayLimits);
    gateway = openGateway({
      live,
      clock: clock.now,
      log: silent,
      limits: defaultGatewayLimits,
      admission,
      server: site.server,
      newsroom: {
        channel: spine.newsroomChannel,
        identify: site.app.identify,
        hasTimeline: (slug) => live.timeline(slug) !== null,
      },
    });
    windows = new Windows(browser);
    made = stageOn(site, windows);
  });
  // An open page goes on following: a hundred of them would leave the last no processor to run on.
  beforeEach(() => {
    before = windows?.count ?? 0;
  });
  afterEach(async () => {
    await windows?.close(before);
  });
  afterAll(async () => {
    await browser?.close();
    gateway?.close();
    await site?.end();
    browser = site = gateway = windows = made = undefined;
  });
  return () => {
    if (!made) throw new Error('the stage is there once the tests run');
    return made;
  };
}

function stageOn(site: Site, windows: Windows): Stage {
  const { spine } = site;
  const complaints: string[] = [];
  return {
    site,
    spine,
    complaints,
    publish: async (input = {}, slug = 'gaza') => {
      const update = {
        occurredAt: '2024-02-07T18:20:00+02:00',
        headline: 'Something happened',
        body: '<p>In Gaza.</p>',
      };
      return expectOk(await spine.desk.publish(admin, slug, { ...update, ...input })).update;
    },
    timeline: async (more) => {
      expectOk(await spine.desk.createTimeline(admin, { ...gaza, ...more }));
    },
    open: async (address, options = {}) => {
      const page = await windows.open(options);
      page.setDefaultTimeout(20_000);
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on(
        'request',
        (request) => new URL(request.url()).hostname === '127.0.0.1' || complaints.push(`asked ${request.url()}`),
      );
      await page.goto(new URL(address, site.url).href);
      return page;
    },
  };
}

/** Pages spread by chance over a second what all of them fetch at once. For a test that has one, run in it before anything of it. */
export const withoutChance = 'Math.random = () => 0.01';

export const isLive = (page: Page): Promise<unknown> => page.waitForSelector('[data-connection="live"]');

const lookOf = (colorScheme: 'light' | 'dark', width: number) => ({
  name: `${colorScheme}, ${width} px`,
  of: async (page: Page): Promise<void> => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
  },
});

/** How pages are looked at. One that is there is given another look sooner than it is loaded again. */
export const looks = [lookOf('light', 1280), lookOf('dark', 390)];

/**
 * Not as a script of the page: its policy would rightly refuse that. To hand it over takes longer than to look, so it is done once for
 * each page, and by itself: Playwright’s `evaluate` packs it up for values that it might give back.
 */
async function loadAxe(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { exceptionDetails } = await session.send('Runtime.evaluate', { expression: axeSource });
  if (exceptionDetails) throw new Error(`axe could not be loaded: ${exceptionDetails.text}`);
  await session.detach();
}

/** What axe finds wrong with a page, by rule and element. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await loadAxe(page);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(how: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    // What passes and where exactly something stands is not asked for.
    const found = await axe.run({ resultTypes: ['violations'], selectors: false });
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}
