import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messagesFor } from '../../../shared/i18n/catalogue.ts';
import { ok } from '../../../shared/result.ts';
import { languageSchema } from '../../../shared/timeline.ts';
import type { LiveLog } from '../../live/live-log.ts';
import type { Store } from '../../store/store.ts';
import { brief, jsonWriter, pageWriter, then, untilRelease } from '../contents.ts';
import type { Front, Read } from '../front.ts';
import type { Pages } from '../pages.ts';
import type { Queries } from '../queries.ts';
import type { Route } from '../routes.ts';
import type { SecurityHeaders } from '../security-headers.ts';
import { appManifest } from './app-manifest.ts';
import { touchedSince } from './touched-queries.ts';

export interface OfflineParts {
  front: Front;
  security: SecurityHeaders;
  queries: Pick<Queries, 'timeline'>;
  pages: Pages;
  live: Pick<LiveLog, 'timeline' | 'since'>;
  store: Pick<Store, 'settings'>;
  publicFolder: string;
  offlineFolder: string;
}

/** What a device needs to read a timeline without a network, and to have it as an app. */
export function offlineRoutes(parts: OfflineParts): Route[] {
  const { front, security, queries, pages, live, store, publicFolder, offlineFolder } = parts;
  const get = (path: string, read: Read): Route => ({ method: 'GET', path, handlers: [front.handler(read)] });
  const json = jsonWriter(security.data);
  return [
    get('/sw.js', {
      follows: 'release',
      build: async () =>
        ok({
          type: 'text/javascript; charset=utf-8',
          body: await readFile(join(offlineFolder, 'sw.js')),
          // A worker that misbehaves must not outlive the release that mends it.
          cacheControl: 'no-cache',
          headers: security.worker,
          thorough: true,
        }),
    }),
    get('/offline', {
      follows: 'release',
      query: ['lang'],
      build: async (_params, { lang }) => {
        const asked = languageSchema.safeParse(lang);
        const page = pages.offline(messagesFor(asked.data ?? 'en').tag);
        return ok({ ...pageWriter(security.page)(page), cacheControl: untilRelease });
      },
    }),
    get('/:slug/manifest.webmanifest', {
      follows: 'timeline',
      build: async ({ slug = '' }) => {
        const timeline = queries.timeline(slug);
        const settings = timeline.ok ? await store.settings(slug) : null;
        return then(timeline, (found) => ({
          type: 'application/manifest+json; charset=utf-8',
          body: JSON.stringify(settings && appManifest(found, settings, publicFolder)),
          cacheControl: brief,
          headers: security.data,
        }));
      },
    }),
    get('/api/v1/timelines/:slug/touched', {
      follows: 'timeline',
      query: ['since'],
      build: async ({ slug = '' }, query) => then(await touchedSince(live, slug, query), (answer) => json(answer)),
    }),
  ];
}
