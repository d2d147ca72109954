import { z } from 'zod';
import { ok, refuse } from '../../../shared/result.ts';
import type { EmbedHosts } from '../../readers/embed-hosts.ts';
import type { EmbedHostsStore } from '../../store/embed-hosts-store.ts';
import type { EmbedReleasesStore } from '../../store/embed-releases-store.ts';
import type { Store } from '../../store/store.ts';
import { brief, forEver, jsonWriter, then, untilRelease } from '../contents.ts';
import type { Front } from '../front.ts';
import { parse } from '../parse.ts';
import type { Queries } from '../queries.ts';
import type { Content } from '../representation.ts';
import type { Route } from '../routes.ts';
import { type SecurityHeaders, withStyle } from '../security-headers.ts';
import type { StaffDoor, StaffHandler } from '../staff.ts';
import type { EmbedAssets } from './embed-assets.ts';
import { embedDocument } from './embed-document.ts';
import { embedParameters, embedView } from './embed-queries.ts';
import { oembed, oembedParameters } from './oembed.ts';

export interface EmbedParts {
  front: Front;
  security: SecurityHeaders;
  queries: Queries;
  store: Pick<Store, 'settings'>;
  assets: () => EmbedAssets;
  releases: Pick<EmbedReleasesStore, 'read'>;
}

export interface EmbedHostsParts {
  staff: StaffDoor;
  hosts: EmbedHostsStore;
  counts: Pick<EmbedHosts, 'flush'>;
  hasTimeline: (slug: string) => boolean;
  clock: () => number;
}

/** Which sites show a timeline, for its staff. */
export function embedHostsRoutes({ staff, hosts, counts, hasTimeline, clock }: EmbedHostsParts): Route[] {
  const list: StaffHandler = async ({ params: { slug = '' } }) => {
    if (!hasTimeline(slug)) return refuse('not-found', `There is no timeline ${slug.slice(0, 64)}.`);
    await counts.flush();
    const found = await hosts.list(slug, clock());
    const told = found.map(({ host, loads, lastAt }) => ({ host, loads, lastAt: new Date(lastAt).toISOString() }));
    return ok({ status: 200, body: { hosts: told } });
  };
  return [{ method: 'GET', path: '/api/v1/timelines/:slug/embed-hosts', handlers: staff.handlers('reporter', list) }];
}

const themeSchema = z.object({
  theme: z.enum(['light', 'dark', 'auto'], 'must be light, dark or auto').default('auto'),
});

const keptVersion = async (releases: EmbedParts['releases'], version: string): Promise<string | null> =>
  /^[0-9a-f]{16}$/.test(version) ? releases.read(`${version}.js`) : null;

/** What stands in other sites’ pages: the script, the data it shows, the document for a frame, and how to ask for it. */
export function embedRoutes({ front, security, queries, store, assets, releases }: EmbedParts): Route[] {
  const json = jsonWriter(security.data);
  const get = (path: string, read: Parameters<Front['handler']>[0]): Route => {
    return { method: 'GET', path, handlers: [front.handler(read)] };
  };
  const script = (body: string, cacheControl: string): Content => {
    return { type: 'text/javascript; charset=utf-8', body, cacheControl, headers: security.data, thorough: true };
  };
  return [
    get('/embed.js', { follows: 'release', build: async () => ok(script(assets().loader.text, untilRelease)) }),
    get('/embed/:version.js', {
      follows: 'release',
      build: async ({ version = '' }) => {
        const { loader } = assets();
        const text = version === loader.version ? loader.text : await keptVersion(releases, version);
        return text === null ? refuse('not-found', 'There is no such version.') : ok(script(text, forEver));
      },
    }),
    get('/embed/:slug', {
      follows: 'timeline',
      isAbsolute: true,
      isEmbed: true,
      query: [...embedParameters, 'theme'],
      build: async ({ slug = '' }, { theme, ...query }, origin) => {
        const look = parse(themeSchema, { theme });
        if (!look.ok) return look;
        const view = await embedView(queries, slug, query, origin);
        if (!view.ok) return view;
        const { embedHosts } = await store.settings(slug);
        const asked = new URLSearchParams(
          Object.entries(query).filter((one): one is [string, string] => one[1] !== undefined),
        );
        const body = embedDocument(view.value, { theme: look.value.theme, query: asked, assets: assets() });
        const headers = withStyle(security.embed(embedHosts), assets().styleSource);
        return ok({ type: 'text/html; charset=utf-8', body, cacheControl: brief, headers });
      },
    }),
    get('/api/v1/timelines/:slug/embed', {
      follows: 'timeline',
      isAbsolute: true,
      isEmbed: true,
      query: embedParameters,
      build: async ({ slug = '' }, query, origin) =>
        then(await embedView(queries, slug, query, origin), (view) => json(view)),
    }),
    get('/oembed', {
      follows: 'timelines',
      isAbsolute: true,
      query: oembedParameters,
      build: async (_params, query, origin) =>
        then(await oembed(queries, store, query, origin), (answer) => json(answer)),
    }),
  ];
}
