import type { Page } from 'playwright-core';

export interface ArticleFacts {
  id: string;
  heading: string;
  text: string;
  times: string[];
  isRetracted: boolean;
  /** It says that it was edited or corrected since. */
  isRevised: boolean;
}

/** What a program reads in the HTML of a page, before any script has run. */
export interface PageFacts {
  charset: string;
  lang: string;
  dir: string;
  canonical: string | null;
  robots: string | null;
  structured: string[];
  articles: ArticleFacts[];
  doubledIds: string[];
  alternates: { type: string; href: string }[];
  meta: Record<string, string>;
  dates: string[];
  /** Of a page that is about one update. */
  heading: string;
}

/** Read by a browser’s own parser. */
export const factsOf = (blank: Page, html: string): Promise<PageFacts> =>
  blank.evaluate((source) => {
    const page = new DOMParser().parseFromString(source, 'text/html');
    const each = <T>(selector: string, read: (element: HTMLElement) => T): T[] =>
      [...page.querySelectorAll<HTMLElement>(selector)].map(read);
    const attribute = (selector: string, name: string) => page.querySelector(selector)?.getAttribute(name) ?? null;
    const ids = each('[id]', ({ id }) => id);
    return {
      charset: attribute('meta[charset]', 'charset') ?? '',
      lang: page.documentElement.lang,
      dir: page.documentElement.dir,
      canonical: attribute('link[rel=canonical]', 'href'),
      robots: attribute('meta[name=robots]', 'content'),
      structured: each('script[type="application/ld+json"]', ({ textContent }) => textContent ?? ''),
      articles: each('article', (article) => ({
        id: article.id,
        heading: article.querySelector('h1, h3')?.textContent ?? '',
        text: article.textContent ?? '',
        times: [...article.querySelectorAll('time[datetime]')].map((time) => time.getAttribute('datetime') ?? ''),
        isRetracted: article.classList.contains('retracted'),
        // A note of a correction, or “updated …” below; “posted …” says when it was published.
        isRevised:
          article.querySelector('.note') !== null ||
          /updated \S/.test(article.querySelector('.meta')?.textContent ?? ''),
      })),
      doubledIds: ids.filter((id, at) => ids.indexOf(id) !== at),
      alternates: each('link[rel=alternate]', (link) => ({
        type: link.getAttribute('type') ?? '',
        href: link.getAttribute('href') ?? '',
      })),
      meta: Object.fromEntries(
        each('meta[property], meta[name]', (meta) => [
          meta.getAttribute('property') ?? meta.getAttribute('name') ?? '',
          meta.getAttribute('content') ?? '',
        ]),
      ),
      heading: page.querySelector('main:has(.single) h1')?.textContent ?? '',
      dates: each('header.day time[datetime]', (time) => time.getAttribute('datetime') ?? ''),
    };
  }, html);
