import { type Html, html, trustedHtml } from '../../../shared/view/html.ts';

/** A page, or a file of pages, and when it was last changed; addresses are absolute. */
export interface Entry {
  url: string;
  modified: string | null;
}

export interface NewsEntry extends Entry {
  publication: string;
  language: string;
  published: string;
  title: string;
}

/** What one file may hold, by the protocol; of news the newest. */
export const mostPages = 50_000;
export const mostNews = 1_000;

const head = trustedHtml('<?xml version="1.0" encoding="utf-8"?>\n');
const protocol = 'http://www.sitemaps.org/schemas/sitemap/0.9';

const fields = ({ url, modified }: Entry): Html =>
  html`<loc>${url}</loc>${modified && html`<lastmod>${modified}</lastmod>`}`;

export function sitemapIndex(files: readonly Entry[]): string {
  const listed = files.slice(0, mostPages).map((file) => html`<sitemap>${fields(file)}</sitemap>`);
  return html`${head}<sitemapindex xmlns="${protocol}">${listed}</sitemapindex>`.text;
}

export function sitemap(pages: readonly Entry[]): string {
  const listed = pages.slice(0, mostPages).map((page) => html`<url>${fields(page)}</url>`);
  return html`${head}<urlset xmlns="${protocol}">${listed}</urlset>`.text;
}

export function newsSitemap(pages: readonly NewsEntry[]): string {
  const listed = pages.slice(0, mostNews).map(
    (page) => html`
      <url>${fields(page)}
        <news:news>
          <news:publication><news:name>${page.publication}</news:name><news:language>${page.language}</news:language></news:publication>
          <news:publication_date>${page.published}</news:publication_date>
          <news:title>${page.title}</news:title>
        </news:news>
      </url>`,
  );
  return html`${head}<urlset xmlns="${protocol}" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${listed}</urlset>`
    .text;
}
