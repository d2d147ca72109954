import pLimit from 'p-limit';
import type { Browser, Page } from 'playwright-core';

export interface Browsed {
  /** Addresses of the pages that were opened. */
  pages: Set<string>;
  /** Links followed, each as often as it stands somewhere. */
  links: number;
  /** Addresses out of the site; they are not asked. */
  outside: Set<string>;
  faults: string[];
}

const tabs = 3;

/**
 * Opens a site in a browser as a reader does who follows every link: pages, files, and the places within pages that links name.
 * What the browser complains of, what is not there and what asks somebody else is a fault.
 */
export async function browseSite(url: string, browser: Browser): Promise<Browsed> {
  const context = await browser.newContext();
  try {
    const walk = new SiteWalk(url, await Promise.all(Array.from({ length: tabs }, () => context.newPage())));
    await walk.from(`${url}/index.html`);
    return walk.result();
  } finally {
    await context.close();
  }
}

class SiteWalk {
  readonly #origin: string;
  readonly #tabs: Page[];
  readonly #inTurn = pLimit(tabs);
  readonly #pages = new Set<string>();
  readonly #files = new Set<string>();
  readonly #outside = new Set<string>();
  readonly #places = new Map<string, Set<string>>();
  /** A place that a link names, and the page where the link stands. */
  readonly #wanted = new Map<string, string>();
  readonly #faults: string[] = [];
  #links = 0;

  constructor(url: string, pages: Page[]) {
    this.#origin = new URL(url).origin;
    this.#tabs = pages;
    for (const page of pages) this.#watch(page);
  }

  /** Opens a page, and every page that it leads to. */
  async from(address: string): Promise<void> {
    this.#pages.add(address);
    const found = await this.#inTurn(async () => {
      const page = this.#tabs.pop() as Page;
      return this.#open(page, address).finally(() => this.#tabs.push(page));
    });
    await Promise.all(found.map((next) => this.from(next)));
  }

  #watch(page: Page): void {
    const tell = (fault: string): void => void this.#faults.push(`${page.url()}: ${fault}`);
    page.on('pageerror', (error) => tell(String(error)));
    page.on('console', (message) => message.type() === 'error' && tell(message.text()));
    page.on('requestfailed', (request) => {
      // The icon of a page that is left before it has come.
      const why = request.failure()?.errorText;
      if (why !== 'net::ERR_ABORTED') tell(`${why} ${request.url()}`);
    });
    page.on('request', (request) => request.url().startsWith(this.#origin) || tell(`asked ${request.url()}`));
    page.on('response', (response) => response.ok() || tell(`${response.status()} ${response.url()}`));
  }

  result(): Browsed {
    for (const [place, from] of this.#wanted) {
      const [path = '', id = ''] = place.split('#');
      if (!this.#places.get(path)?.has(decodeURIComponent(id))) this.#faults.push(`${from}: no place ${place}`);
    }
    return { pages: this.#pages, links: this.#links, outside: this.#outside, faults: this.#faults };
  }

  /** The pages that nobody led to before. */
  async #open(page: Page, address: string): Promise<string[]> {
    await page.goto(address);
    const { links, ids } = await page.evaluate(() => ({
      links: [...document.querySelectorAll('[href], [src]')].map(
        (element) => new URL(element.getAttribute('href') ?? element.getAttribute('src') ?? '', document.baseURI).href,
      ),
      ids: [...document.querySelectorAll('[id]')].map(({ id }) => id),
    }));
    this.#places.set(address, new Set(ids));
    this.#links += links.length;
    const found: string[] = [];
    for (const link of links) {
      const [target = ''] = link.split('#');
      if (!link.startsWith(`${this.#origin}/`)) this.#outside.add(link);
      else if (!target.endsWith('.html')) await this.#ask(target, address);
      else {
        if (link.includes('#')) this.#wanted.set(link, address);
        if (!this.#pages.has(target)) found.push(target);
        this.#pages.add(target);
      }
    }
    return found;
  }

  async #ask(file: string, from: string): Promise<void> {
    if (this.#files.has(file)) return;
    this.#files.add(file);
    const answer = await fetch(file);
    await answer.body?.cancel();
    if (!answer.ok) this.#faults.push(`${from}: ${answer.status} ${file}`);
  }
}
