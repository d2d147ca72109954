import { ok, type Result } from '../../../shared/result.ts';
import { brief, then } from '../contents.ts';
import type { Front, Read } from '../front.ts';
import type { Content } from '../representation.ts';
import type { Route } from '../routes.ts';
import type { SecurityHeaders } from '../security-headers.ts';
import { newsSitemap, sitemap, sitemapIndex } from './sitemap.ts';
import { allFiles, dayPages, newsPages, type SitemapParts, updatePages } from './sitemap-contents.ts';

export interface SitemapRouteParts extends SitemapParts {
  front: Front;
  security: SecurityHeaders;
}

/** What search engines are told of our pages. */
export function sitemapRoutes({ front, security, ...parts }: SitemapRouteParts): Route[] {
  const content =
    (type: string) =>
    (body: string): Content => ({ type: `${type}; charset=utf-8`, body, cacheControl: brief, headers: security.data });
  const xml = content('application/xml');
  const get = (path: string, follows: Read['follows'], build: Read['build']): Route => ({
    method: 'GET',
    path,
    handlers: [front.handler({ follows, isAbsolute: true, build })],
  });
  const overAll = (path: string, make: (origin: string) => Promise<Content>): Route =>
    get(path, 'timelines', async (_params, _query, origin): Promise<Result<Content>> => ok(await make(origin)));
  return [
    overAll('/robots.txt', async (origin) => content('text/plain')(robots(origin))),
    overAll('/sitemap.xml', async (origin) => xml(sitemapIndex(await allFiles(parts, origin)))),
    overAll('/sitemap-news.xml', async (origin) => xml(newsSitemap(await newsPages(parts, origin)))),
    get('/:slug/sitemap.xml', 'timeline', async ({ slug = '' }, _query, origin) =>
      then(await dayPages(parts, slug, origin), (pages) => xml(sitemap(pages))),
    ),
    get('/:slug/sitemap/:month.xml', 'timeline', async ({ slug = '', month = '' }, _query, origin) =>
      then(await updatePages(parts, slug, month, origin), (pages) => xml(sitemap(pages))),
    ),
  ];
}

const robots = (origin: string): string => `User-agent: *
Disallow: /api/
Disallow: /newsroom
Disallow: /*/search?

Sitemap: ${origin}/sitemap.xml
Sitemap: ${origin}/sitemap-news.xml
`;
