import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { LiveLog } from '../live/live-log.ts';
import type { MediaStorage } from '../media/media-storage.ts';
import { mediaFolderIn } from '../media/open-storage.ts';
import { Desk } from '../newsroom/desk.ts';
import type { ImageLibrary } from '../newsroom/image-library.ts';
import { openLibrary } from '../newsroom/open-library.ts';
import type { AuditStore } from '../store/audit-store.ts';
import type { CorrectionsStore } from '../store/corrections-store.ts';
import { openStore } from '../store/open-store.ts';
import type { PeopleStore } from '../store/people-store.ts';
import { type Place, single } from '../store/place.ts';
import type { SearchStore } from '../store/search-store.ts';
import type { Store } from '../store/store.ts';

/** The newsroom without its web server: the same parts as in main.ts, on the same store. */
export interface Session {
  store: Store;
  people: PeopleStore;
  audit: AuditStore;
  /** What a link begins with. */
  publicUrl: string;
  corrections: CorrectionsStore;
  search: SearchStore;
  storage: MediaStorage;
  library: ImageLibrary;
  /** Where the store is; the private Redis too. */
  place: Place;
  /** Where the files of images are; null: in an S3-compatible store. */
  mediaFolder: string | null;
  live: LiveLog;
  desk: Desk;
  clock: () => number;
  log: Logger;
  close(): Promise<void>;
}

/**
 * Opens the store that the configuration names: the Redis of a running server, or one started for this command. Running
 * servers hear of every write through the store. Throws what `openStore` throws.
 */
export async function openSession(config: Config, pid: number, log: Logger): Promise<Session> {
  const { place, dataDir, acceptDataLoss, publicUrl, port } = config;
  const opened = await openStore({ place, dataDir, acceptDataLoss, as: 'command', pid, log });
  const clock = Date.now;
  const live = new LiveLog(opened.store, log);
  const close = async (): Promise<void> => {
    await live.stop();
    await opened.close();
  };
  try {
    await live.start();
  } catch (error) {
    await close();
    throw error;
  }
  const { store, people, audit, corrections, search, images } = opened;
  const { library, storage } = openLibrary({ images, config, log });
  return {
    store,
    people,
    audit,
    publicUrl: publicUrl ?? `http://localhost:${port}`,
    corrections,
    search,
    storage,
    library,
    place: place ?? single(opened.privateUrl ?? ''),
    mediaFolder: config.mediaS3 === null ? mediaFolderIn(dataDir) : null,
    live,
    desk: new Desk({ store, live, images: library, clock, log }),
    clock,
    log,
    close,
  };
}
