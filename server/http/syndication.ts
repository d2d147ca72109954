import type { FeedBody } from '../delivery/subscription-run.ts';
import type { LiveLog } from '../live/live-log.ts';
import { Recent } from '../live/recent.ts';
import type { EmbedReleasesStore } from '../store/embed-releases-store.ts';
import type { Store } from '../store/store.ts';
import { type EmbedAssets, readEmbedAssets } from './embed/embed-assets.ts';
import { embedRoutes } from './embed/embed-routes.ts';
import { feedRoutes } from './feeds/feed-routes.ts';
import { feedOfTopic } from './feeds/topics.ts';
import type { Front } from './front.ts';
import type { Queries } from './queries.ts';
import type { Route } from './routes.ts';
import type { SecurityHeaders } from './security-headers.ts';
import { sitemapRoutes } from './sitemaps/sitemap-routes.ts';
import { hubPath } from './websub/websub-routes.ts';

export interface SyndicationParts {
  front: Front;
  security: SecurityHeaders;
  queries: Queries;
  store: Store;
  live: LiveLog;
  publicFolder: string;
  embedReleases: EmbedReleasesStore;
}

export interface Syndication {
  routes: Route[];
  feedBody: FeedBody;
}

/** What other sites, search engines and readers’ tools take from us, beside the API. */
export function syndication(parts: SyndicationParts): Syndication {
  const { front, security, queries, store, live, publicFolder, embedReleases: releases } = parts;
  const feedParts = { queries, store, recent: new Recent(live), hub: hubPath };
  let assets: EmbedAssets | undefined;
  return {
    routes: [
      ...sitemapRoutes({ front, security, queries, store }),
      ...feedRoutes({ front, security, ...feedParts }),
      ...embedRoutes({
        front,
        security,
        queries,
        store,
        releases,
        assets: () => {
          assets ??= readEmbedAssets(publicFolder);
          return assets;
        },
      }),
    ],
    feedBody: (topic) => feedOfTopic(feedParts, topic),
  };
}
