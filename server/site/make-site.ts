import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareUpdates } from '../../shared/day.ts';
import { messagesFor } from '../../shared/i18n/catalogue.ts';
import { formatPosition } from '../../shared/position.ts';
import { ok } from '../../shared/result.ts';
import { builtFile, readAssets } from '../http/built-assets.ts';
import { atomFeed } from '../http/feeds/atom.ts';
import { composeFeed } from '../http/feeds/compose.ts';
import type { FeedChoice } from '../http/feeds/feed.ts';
import { jsonFeed } from '../http/feeds/json-feed.ts';
import { rssFeed } from '../http/feeds/rss.ts';
import { PageQueries } from '../http/page-queries.ts';
import { type PageReadParts, type PageReads, pageReads } from '../http/page-reads.ts';
import { Pages } from '../http/pages.ts';
import { Queries } from '../http/queries.ts';
import { SearchQueries } from '../http/search/search-queries.ts';
import { securityHeaders } from '../http/security-headers.ts';
import type { LiveLog } from '../live/live-log.ts';
import { Recent } from '../live/recent.ts';
import { drawMap } from '../maps/draw-map.ts';
import type { MediaStorage } from '../media/media-storage.ts';
import { exportTimeline } from '../newsroom/export.ts';
import { Search } from '../search/search.ts';
import type { Stores } from '../store/stores.ts';
import { archivedFeed, archivedPage, placeholderOrigin } from './archived-page.ts';
import { SearchFiles } from './search-files.ts';
import { SiteFolder } from './site-folder.ts';
import { fileFor } from './site-paths.ts';

export interface SiteParts extends Pick<Stores, 'store' | 'corrections' | 'search'> {
  storage: MediaStorage;
  live: LiveLog;
  clock: () => number;
  /** Where the build is. */
  publicFolder: string;
}

export interface SiteReport {
  files: number;
  written: number;
  bytes: number;
  position: string;
}

/** The timeline was written to all the while: what was made is of no one position. */
export class NeverStill extends Error {
  override name = 'NeverStill';
}

const attempts = 5;

/**
 * Writes a whole timeline as files that any web server can serve: the pages that the server would answer with, made still, and all
 * their links leading from file to file. The files are of one position of the log: where something was written meanwhile it is
 * done again, which writes only what changed.
 */
export async function makeSite(
  parts: SiteParts,
  slug: string,
  folder: string,
  publicUrl: string | null,
): Promise<SiteReport> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = await parts.store.timeline(slug);
    if (!before) throw new Error(`no timeline ${slug}`);
    await parts.live.refresh(slug);
    const files = await SiteFolder.open(folder);
    const site = new Site(parts, slug, publicUrl, files);
    await site.write();
    const after = await parts.store.timeline(slug);
    if (after?.hash !== before.hash) continue;
    const position = formatPosition(before.position);
    await files.finish({ format: 1, timeline: slug, position, hash: before.hash });
    return { files: files.files, written: files.written, bytes: files.bytes, position };
  }
  throw new NeverStill(`${slug} is being written to all the time. Try again when it is quieter.`);
}

/** An archive is the record: what readers say below it, and what they read, is not. */
const nobodyTakesPart: PageReadParts['takingPart'] = {
  of: async () => ({ replies: null, mostRead: [], received: null, sent: null, madeAt: 0 }),
  versionOf: () => '',
  mostReadVersion: () => '',
};

const feedFormats = { atom: atomFeed, rss: rssFeed, json: jsonFeed } as const;

class Site {
  readonly #parts: SiteParts;
  readonly #slug: string;
  readonly #publicUrl: string | null;
  readonly #files: SiteFolder;
  readonly #queries: Queries;
  readonly #pages: Pages;
  readonly #reads: PageReads;
  readonly #recent: Recent;
  readonly #waiting: string[] = [];
  readonly #known = new Set<string>();

  constructor(parts: SiteParts, slug: string, publicUrl: string | null, files: SiteFolder) {
    this.#parts = parts;
    this.#slug = slug;
    this.#publicUrl = publicUrl;
    this.#files = files;
    const { store, corrections, live, clock, publicFolder } = parts;
    this.#queries = new Queries({ store, live, clock });
    this.#pages = new Pages({ assets: readAssets(publicFolder), headOf: () => null, hasCards: false });
    this.#recent = new Recent(live);
    this.#reads = pageReads({
      store,
      queries: this.#queries,
      pageQueries: new PageQueries({ store, corrections, queries: this.#queries }),
      searches: new SearchQueries({ search: new Search(parts.search), live }),
      takingPart: nobodyTakesPart,
      popular: { find: async () => ok({ updates: [] }) },
      maps: { get: async (points) => ok(await drawMap(points)) },
      pages: this.#pages,
      security: securityHeaders({ publicUrl: null, styleSources: [] }),
    });
  }

  async write(): Promise<void> {
    const search = new SearchFiles();
    for (const part of ['', '/days', '/key', '/corrections']) this.#want(`/${this.#slug}${part}`);
    for (const format of Object.keys(feedFormats))
      for (const only of ['', '?only=key', '?only=summaries', '?only=corrections'])
        this.#want(`/${this.#slug}/feed.${format}${only}`);
    const { store, clock, publicFolder } = this.#parts;
    const days = (await store.days(this.#slug)).map(({ date }) => date).sort();
    for (const date of days.reverse()) {
      for (const update of (await store.day(this.#slug, date)).updates.sort(compareUpdates)) {
        search.add(update);
        this.#want(update.url);
      }
    }
    const listed = await this.#queries.days(this.#slug);
    if (listed.ok) for (const { day } of listed.value.days) this.#want(`/${this.#slug}/day/${day}`);
    for (let address = this.#waiting.pop(); address !== undefined; address = this.#waiting.pop())
      await this.#make(address);
    for (const [name, text] of search.files()) await this.#files.put(name, text);
    await this.#searchPage();
    await this.#files.put(
      'search.js',
      await readFile(join(publicFolder, builtFile(publicFolder, 'client/archive/search.ts'))),
    );
    await this.#files.putStream(
      'export.ndjson',
      exportTimeline(store, this.#slug, clock(), { revisions: true, storage: this.#parts.storage }),
    );
  }

  #want(address: string): void {
    if (this.#known.has(address)) return;
    this.#known.add(address);
    this.#waiting.push(address);
  }

  async #make(address: string): Promise<void> {
    const file = fileFor(address, this.#slug);
    if (file === null || file === 'search.html' || file === 'export.ndjson') return;
    if (address.startsWith('/assets/'))
      return this.#files.put(file, await readFile(join(this.#parts.publicFolder, file)));
    if (address.startsWith('/media/')) return this.#image(address, file);
    const [path = '', query = ''] = address.split('?');
    const rest = path.slice(this.#slug.length + 1);
    if (rest.startsWith('/feed.')) return this.#feed(rest, new URLSearchParams(query), file);
    const [name, params] = readOf(rest);
    const asked = { slug: this.#slug, ...params };
    const built = await this.#reads[name].build(
      asked,
      Object.fromEntries(new URLSearchParams(query)),
      placeholderOrigin,
    );
    if (!built.ok) throw new Error(`${address}: ${built.problem.detail}`);
    await this.#page(file, String(built.value.body));
  }

  async #page(file: string, html: string, script = ''): Promise<void> {
    const timeline = this.#queries.timeline(this.#slug);
    const { note } = messagesFor(timeline.ok ? timeline.value.language : 'en').archive;
    const page = { slug: this.#slug, file, publicUrl: this.#publicUrl, note };
    const still = archivedPage(html, { ...page, refersTo: (address) => this.#want(address) });
    await this.#files.put(file, script === '' ? still : still.replace('</head>', `${script}</head>`));
  }

  async #searchPage(): Promise<void> {
    const timeline = this.#queries.timeline(this.#slug);
    if (!timeline.ok) return;
    const { language, timeZone } = timeline.value;
    const settings = await this.#parts.store.settings(this.#slug);
    const frame = { timeline: timeline.value, settings, language, timeZone };
    const { html } = this.#pages.at(placeholderOrigin).archiveSearch(frame);
    await this.#page('search.html', html, '<script defer src="search.js"></script>');
  }

  /** Feeds are made of absolute addresses: without an address of the archive there are none. */
  async #feed(rest: string, query: URLSearchParams, file: string): Promise<void> {
    if (this.#publicUrl === null) return;
    const format = rest.slice('/feed.'.length) as keyof typeof feedFormats;
    const only = query.get('only') as FeedChoice['only'] | null;
    const parts = { queries: this.#queries, store: this.#parts.store, recent: this.#recent, hub: null };
    const feed = await composeFeed(parts, this.#slug, only ? { only } : {}, placeholderOrigin);
    if (!feed.ok) throw new Error(feed.problem.detail);
    // Archive pages of the server, by day, have their like in the pages of days.
    const text = feedFormats[format]({ ...feed.value, previous: null, next: null });
    await this.#files.put(file, archivedFeed(text, this.#slug, this.#publicUrl));
  }

  async #image(address: string, file: string): Promise<void> {
    const [, , slug = '', id = '', name = ''] = address.split('/');
    const bytes = await this.#parts.storage.get(`${slug}/${id}`, name);
    if (bytes) await this.#files.put(file, bytes);
  }
}

function readOf(rest: string): [keyof PageReads, Record<string, string>] {
  const [, first = '', second = '', third = ''] = rest.split('/');
  if (first === '') return ['latest', {}];
  if (first === 'day') return [third === 'map' ? 'map' : 'day', { day: second }];
  if (first === 'updates') return ['update', { id: second }];
  return [first as 'days' | 'key' | 'corrections', {}];
}
