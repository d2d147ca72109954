import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { createApp, serverOptions } from './app.ts';
import { CardPainter } from './cards/card-painter.ts';
import type { Config } from './config.ts';
import { Deliverer } from './delivery/deliverer.ts';
import { Sender } from './delivery/sender.ts';
import { drain } from './drain.ts';
import { addressBehind } from './http/address.ts';
import { readAssets } from './http/built-assets.ts';
import { readEmbedAssets } from './http/embed/embed-assets.ts';
import { keepRelease } from './http/embed/kept-releases.ts';
import { readNewsroomAssets } from './http/newsroom/newsroom-assets.ts';
import { Admission } from './live/admission.ts';
import { openGateway } from './live/gateway.ts';
import { defaultGatewayLimits } from './live/gateway-limits.ts';
import { LiveLog } from './live/live-log.ts';
import { tellingQuietly } from './live/newsroom/quiet.ts';
import { Streams } from './live/sse.ts';
import { MapMaker } from './maps/map-maker.ts';
import { ImageFetcher } from './media/image-fetcher.ts';
import { Desk } from './newsroom/desk.ts';
import { ImageSweeper } from './newsroom/image-sweeper.ts';
import { openLibrary } from './newsroom/open-library.ts';
import { setUpPath } from './newsroom/people/set-up-link.ts';
import { ReplyVersions } from './newsroom/replies/reply-versions.ts';
import { plantSample } from './newsroom/sample/plant.ts';
import { Scheduler } from './newsroom/scheduler.ts';
import { measureFollowers } from './ops/live-metrics.ts';
import { Metrics } from './ops/metrics.ts';
import { measureDisk, measureStore } from './ops/store-metrics.ts';
import { openPush } from './push/open-push.ts';
import { EmbedHosts } from './readers/embed-hosts.ts';
import { ReaderCounts } from './readers/reader-counts.ts';
import { IndexKeeper } from './search/index-keeper.ts';
import { type OpenStore, openStore } from './store/open-store.ts';
import { type Place, single } from './store/place.ts';
import { StoreUnavailable } from './store/store.ts';
import { SupervisorLine } from './workers/worker.ts';

/** Node’s own 511 makes 5,000 readers who come back at once wait 8 s in place of 3. */
const backlog = 4_096;
const reachableWithinMs = 30_000;
const publicFolder = fileURLToPath(new URL('../public', import.meta.url));
const offlineFolder = fileURLToPath(new URL('../offline', import.meta.url));
const newsroomFolder = fileURLToPath(new URL('../newsroom', import.meta.url));

export interface Daymark {
  url: string;
  /** Where the first account is made; null where there is one. */
  setUpUrl: string | null;
  /** Takes nothing new, lets what is under way finish, then closes everything in the reverse order of its opening. */
  stop(): Promise<void>;
}

type Steps = (() => Promise<void> | void)[];

/** What a worker is told by its supervisor: its name, and where the private Redis is, if it is on one. */
export interface WorkerTold {
  name: string;
  privateUrl: string | null;
}

/** Composes the parts, from the store up to the open port. Throws, with nothing left running, where one of them cannot start. */
export async function startDaymark(
  config: Config,
  pid: number,
  log: Logger,
  worker: WorkerTold | null = null,
): Promise<Daymark> {
  const { dataDir, acceptDataLoss } = config;
  const as = worker === null ? 'server' : 'worker';
  const opened = await openStore({ place: placeFor(config, worker), dataDir, acceptDataLoss, as, pid, log });
  const stops: Steps = [() => opened.close()];
  const stop = async () => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    const server = await compose(config, opened, worker, stops, log);
    const url = await listen(server, config);
    const setUp = worker === null ? await setUpPath(opened.people, Date.now, log) : null;
    return { url, setUpUrl: setUp && (config.publicUrl ?? url) + setUp, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const placeFor = ({ place }: Config, worker: WorkerTold | null): Place | null =>
  worker !== null && worker.privateUrl !== null ? single(worker.privateUrl) : place;

/** The store has been reached by now, but may pause for seconds while a machine is at its limit: no reason not to start. */
async function whenReachable<T>(step: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + reachableWithinMs;
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || performance.now() > deadline) throw error;
      await pause(250);
    }
  }
}

async function compose(
  config: Config,
  { privateUrl, vitals, close: _close, ...stores }: OpenStore,
  worker: WorkerTold | null,
  stops: Steps,
  log: Logger,
): Promise<Server> {
  const clock = Date.now;
  const { store, search, replies, readers, newsroomChannel } = stores;
  const live = new LiveLog(store, log);
  stops.push(() => live.stop());
  await whenReachable(() => live.start());
  const onQuiet = tellingQuietly(newsroomChannel, log);
  await whenReachable(() => keepRelease(stores.embedReleases, readEmbedAssets(publicFolder).loader));
  const { library, storage, close } = openLibrary({ images: stores.images, config, log });
  stops.push(close);
  const painter = new CardPainter();
  const mapMaker = new MapMaker();
  stops.push(() => {
    painter.close();
    mapMaker.close();
  });
  const desk = new Desk({ store, live, images: library, clock, log, onQuiet });
  if (privateUrl !== null) await whenReachable(() => plantSample({ desk, store, log }));
  const scheduler = new Scheduler({ store, live, desk, clock, log });
  stops.push(() => scheduler.stop());
  scheduler.start();
  const keeper = new IndexKeeper({ store, records: stores.records, search, log });
  stops.push(() => keeper.stop());
  keeper.start();
  const sweeper = new ImageSweeper({ store, live, library, log });
  stops.push(() => sweeper.stop());
  sweeper.start();
  const replyVersions = new ReplyVersions(replies, log);
  stops.push(() => replyVersions.stop());
  await replyVersions.start();
  const readerCounts = new ReaderCounts({ store: readers, clock, log });
  stops.push(() => readerCounts.stop());
  readerCounts.start();
  const embedding = new EmbedHosts({ store: stores.embedHosts, clock, log });
  stops.push(() => embedding.stop());
  embedding.start();

  const shared = {
    live,
    // Patience and rates are no matter of the time of day, which may jump.
    clock: () => performance.now(),
    log,
    limits: config.connections,
    admission: new Admission({ ...defaultGatewayLimits, ...config.connections }),
    addressOf: addressBehind(config.trustedProxies),
  };
  const streams = new Streams(shared);
  const version = versionOf(new URL('../../package.json', import.meta.url));
  const metrics = new Metrics({ version, ...(worker && { worker: worker.name }) });
  let draining = false;
  const sender = new Sender({ allowsPrivate: config.callsPrivateNetworks });
  const app = createApp({
    ...config,
    metrics,
    ...(worker && metricsOfAll(metrics)),
    isDraining: () => draining,
    ...stores,
    storage,
    library,
    painter,
    mapMaker,
    imageFetcher: new ImageFetcher(),
    replyVersions,
    readerCounts,
    embedding,
    live,
    desk,
    sender,
    streams,
    clock,
    log,
    publicFolder,
    offlineFolder,
    assets: readAssets(publicFolder),
    newsroom: readNewsroomAssets(newsroomFolder),
    version,
  });
  const notifier = await whenReachable(() =>
    openPush({ ...config, ...stores, live, sender, publicFolder, clock, log }),
  );
  // After what closes the sender: then nothing is waited for.
  stops.push(() => notifier.stop());
  notifier.start();
  const { hooks } = stores;
  const deliverer = new Deliverer({ store, hooks, live, sender, feedBody: app.feedBody, clock, log });
  stops.push(() => deliverer.stop());
  deliverer.start();
  const server = createServer(serverOptions, app);
  const gateway = openGateway({
    ...shared,
    server,
    joinsWrites: config.joinsWrites,
    newsroom: { channel: newsroomChannel, identify: app.identify, hasTimeline: (slug) => live.timeline(slug) !== null },
  });
  metrics.watchProcess();
  measureFollowers(metrics.registry, shared.admission, { gateway, streams });
  measureStore(metrics.registry, () => vitals.all);
  if (config.place === null) measureDisk(metrics.registry, config.dataDir);
  await vitals.start();
  stops.push(() => {
    draining = true;
    return drain({ server, followers: [gateway, streams], noticeMs: config.drainMs });
  });
  return server;
}

function metricsOfAll(metrics: Metrics): { allMetrics: () => Promise<string> } {
  const line = new SupervisorLine();
  line.measures(metrics);
  return { allMetrics: () => line.allMetrics(metrics) };
}

async function listen(server: Server, { port, host }: Config): Promise<string> {
  server.listen({ port, backlog, ...(host === null ? {} : { host }) });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return `http://localhost:${address.port}`;
}

const versionOf = (manifest: URL): string => String(JSON.parse(readFileSync(manifest, 'utf8')).version);
