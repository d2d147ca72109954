import type { PageFacts } from './page-facts.ts';

const feeds = ['application/atom+xml', 'application/rss+xml', 'application/feed+json'];

/** What the checklist of pages (PG01, PG02, PG06, PG07) finds wrong with a page of a timeline. */
export function checkPage(page: PageFacts, address: string): string[] {
  const faults: string[] = [];
  const must = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault);
  };
  must(
    page.canonical !== null && new URL(page.canonical).origin === new URL(address).origin,
    `PG01: ${page.canonical}`,
  );
  must(
    page.lang !== '' && page.dir === (/^(ar|fa|he)/.test(page.lang) ? 'rtl' : 'ltr'),
    `PG01: ${page.lang} ${page.dir}`,
  );
  must(page.doubledIds.length === 0, `PG02: twice ${page.doubledIds.join()}`);
  for (const { id, times } of page.articles)
    must(/^u-\w+$/.test(id) && times.length > 0 && times.every(hasOffset), `PG02: ${id} at ${times.join()}`);
  // A page of one update is headed by it, in the article or above.
  for (const { id, heading } of page.articles) must((heading || page.heading) !== '', `PG02: ${id} has no heading`);
  for (const name of ['og:title', 'og:description', 'og:url', 'og:type', 'twitter:card', 'description'])
    must(Boolean(page.meta[name]), `PG06: no ${name}`);
  must(page.meta['og:url'] === page.canonical, 'PG06: og:url');
  for (const type of feeds)
    must(
      page.alternates.some((link) => link.type === type),
      `PG07: no ${type}`,
    );
  must(
    page.alternates.every(({ href }) => URL.canParse(href, address)),
    'PG07: addresses',
  );
  return faults;
}

const hasOffset = (at: string): boolean => /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(at);
