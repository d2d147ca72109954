import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from '@jest/globals';
import supertest from 'supertest';
import { type App, type AppParts, createApp, serverOptions } from '../../server/app.ts';
import { Sender } from '../../server/delivery/sender.ts';
import { Streams } from '../../server/live/sse.ts';
import { ImageFetcher } from '../../server/media/image-fetcher.ts';
import { ReplyVersions } from '../../server/newsroom/replies/reply-versions.ts';
import { issueToken, type NewToken } from '../../server/newsroom/tokens.ts';
import { EmbedHosts } from '../../server/readers/embed-hosts.ts';
import { ReaderCounts } from '../../server/readers/reader-counts.ts';
import { admin, expectOk, gaza, type Spine, silent, startSpine } from '../support/spine.ts';

export const adminToken = 'operator-token-of-the-tests';

/** A style that stands in for the built one: pages must name it in their policy. */
export const assets = {
  css: 'body{color:#000}',
  sheets: { lists: 'table{color:#111}', forms: 'form{color:#000}', article: 'ol{color:#222}', map: 'svg{color:#333}' },
  script: '/assets/reader.js',
  notifications: '/assets/notifications.js',
  icon: '/assets/icon.svg',
};

export const newsroom = { folder: 'dist/newsroom', script: '/newsroom/assets/newsroom.js', styles: [] };

export interface Site {
  spine: Spine;
  app: App;
  server: Server;
  url: string;
  request: ReturnType<typeof supertest>;
  /** Headers of the operator. */
  admin: Record<string, string>;
  /** Makes a token and gives the header that goes with it. */
  as(input: Partial<NewToken> & Pick<NewToken, 'role'>): Promise<Record<string, string>>;
  end(): Promise<void>;
}

/** One node that listens on a free port, with a store of its own in the run’s Redis and the timeline `gaza` in it. */
export async function startSite(parts: Partial<AppParts> = {}): Promise<Site> {
  const spine = await startSpine();
  expectOk(await spine.desk.createTimeline(admin, gaza));
  return openSite(spine, parts);
}

/** Opens a site on what a spine has. */
export async function openSite(spine: Spine, parts: Partial<AppParts> = {}): Promise<Site> {
  const { live, desk, clock, end: _end, ...stores } = spine;
  const replyVersions = new ReplyVersions(stores.replies, silent);
  await replyVersions.start();
  const streams = new Streams({ live, clock: clock.now, log: silent });
  const app = createApp({
    ...stores,
    replyVersions,
    embedding: new EmbedHosts({ store: stores.embedHosts, clock: clock.now, log: silent }),
    readerCounts: new ReaderCounts({ store: stores.readers, clock: clock.now, log: silent }),
    live,
    desk,
    sender: new Sender({ allowsPrivate: true }),
    imageFetcher: new ImageFetcher(),
    streams,
    clock: clock.now,
    log: silent,
    assets,
    newsroom,
    publicFolder: 'dist/public',
    offlineFolder: 'dist/offline',
    version: '0.0.0',
    adminToken,
    publicUrl: null,
    rates: {
      writesPerSecond: 100_000,
      readsPerSecond: 100_000,
      failedAuthPerMinute: 100_000,
      repliesPerAddress: 100_000,
    },
    ...parts,
  });
  const server = createServer(serverOptions, app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    spine,
    app,
    server,
    url,
    request: supertest(url),
    admin: { Authorization: `Bearer ${adminToken}` },
    as: async (input) => {
      const { stored, token } = issueToken({ name: input.role, ...input }, clock.ms);
      await stores.store.putToken(stored);
      return { Authorization: `Bearer ${token}` };
    },
    end: async () => {
      await replyVersions.stop();
      streams.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await spine.end();
    },
  };
}

/** A site for all tests of a suite. It is let go of with the last of them: the module of a test file stays as long as the worker. */
export function site(parts: Partial<AppParts> = {}): () => Site {
  let started: Site | undefined;
  beforeAll(async () => {
    started = await startSite(parts);
  });
  afterAll(async () => {
    await started?.end();
    started = undefined;
  });
  return () => {
    if (!started) throw new Error('the site is there once the tests run');
    return started;
  };
}

export const api = '/api/v1/timelines';
