import { pino } from 'pino';
import { CardPainter } from '../../server/cards/card-painter.ts';
import type { Actor } from '../../server/domain/actor.ts';
import { LiveLog } from '../../server/live/live-log.ts';
import { tellingQuietly } from '../../server/live/newsroom/quiet.ts';
import { MapMaker } from '../../server/maps/map-maker.ts';
import { Darkroom } from '../../server/media/darkroom.ts';
import { FolderStorage } from '../../server/media/folder-storage.ts';
import type { MediaStorage } from '../../server/media/media-storage.ts';
import { Desk } from '../../server/newsroom/desk.ts';
import { ImageLibrary } from '../../server/newsroom/image-library.ts';
import { connectSubscriberTo, connectTo, reached } from '../../server/store/connection.ts';
import { type Place, single } from '../../server/store/place.ts';
import type { RedisStoreOptions } from '../../server/store/redis-store.ts';
import { type Stores, storesOn } from '../../server/store/stores.ts';
import type { Result } from '../../shared/result.ts';
import type { NewTimeline } from '../../shared/timeline.ts';
import type { NewUpdate } from '../../shared/update.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { freshPrefix, sharedRedisUrl } from './test-redis.ts';

export const silent = pino({ level: 'silent' });

export const admin: Actor = { id: 'admin', name: 'Admin', role: 'admin', timelines: null };
export const editor: Actor = { id: 'editor', name: 'Editor', role: 'editor', timelines: null };
export const reporter: Actor = { id: 'reporter', name: 'Reporter', role: 'reporter', timelines: null };

export const gaza: NewTimeline = {
  slug: 'gaza',
  title: 'War on the Gaza Strip',
  subject: 'the war on the Gaza Strip',
  dayOne: '2023-10-07',
  timeZone: 'Asia/Gaza',
};

/** An update of the 124th day. */
export const development = (more: Partial<NewUpdate> = {}): NewUpdate => ({
  occurredAt: '2024-02-07T18:20:00+02:00',
  headline: 'Something happened',
  body: '<p>In Gaza.</p>',
  ...more,
});

/** The value of a result that must not be a refusal. */
export function expectOk<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

/** A clock that a test moves by hand; ms. */
export class TestClock {
  ms = Date.parse('2026-11-23T09:00:00.000Z');
  readonly now = (): number => this.ms;
}

export interface Spine extends Stores {
  live: LiveLog;
  desk: Desk;
  library: ImageLibrary;
  painter: CardPainter;
  mapMaker: MapMaker;
  storage: MediaStorage;
  /** Where the files of images are. */
  mediaFolder: string;
  clock: TestClock;
  end(): Promise<void>;
}

export interface SpineOptions extends RedisStoreOptions {
  url?: string;
  /** A cluster or a pair behind sentinels, in place of `url`. */
  place?: Place;
  clock?: TestClock;
  /** How long a write waits for other nodes. */
  patienceMs?: number;
}

/** Store, followed log and desk of one node, on the run’s Redis under a prefix of its own. */
export async function startSpine(options: SpineOptions = {}): Promise<Spine> {
  const place = options.place ?? single(options.url ?? sharedRedisUrl());
  const clock = options.clock ?? new TestClock();
  const redis = connectTo(place, silent);
  const subscriber = connectSubscriberTo(place, silent);
  await reached(redis, 10_000);
  const stores = storesOn(redis, subscriber, { prefix: freshPrefix(), ...options });
  const { store } = stores;
  const live = new LiveLog(store, silent, options.patienceMs);
  await live.start();
  const folder = temporaryFolder();
  const storage = new FolderStorage(folder.path);
  const darkroom = new Darkroom({ log: silent, program: 'dist/server/media/darkroom-process.js' });
  const painter = new CardPainter('dist/server/cards/card-process.js');
  const mapMaker = new MapMaker('dist/server/maps/map-process.js');
  const library = new ImageLibrary({ images: stores.images, storage, darkroom, clock: clock.now, log: silent });
  const onQuiet = tellingQuietly(stores.newsroomChannel, silent);
  const desk = new Desk({ store, live, images: library, clock: clock.now, log: silent, onQuiet });
  const end = async (): Promise<void> => {
    await live.stop();
    await store.close();
    darkroom.close();
    painter.close();
    mapMaker.close();
    folder.remove();
  };
  return { ...stores, live, desk, library, painter, mapMaker, storage, mediaFolder: folder.path, clock, end };
}
