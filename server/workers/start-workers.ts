import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { LiveLog } from '../live/live-log.ts';
import { Desk } from '../newsroom/desk.ts';
import { openLibrary } from '../newsroom/open-library.ts';
import { setUpPath } from '../newsroom/people/set-up-link.ts';
import { plantSample } from '../newsroom/sample/plant.ts';
import type { Daymark } from '../start.ts';
import { openStore } from '../store/open-store.ts';
import type { Stores } from '../store/stores.ts';
import { storeVariable } from './messages.ts';
import { Supervisor } from './supervisor.ts';

/**
 * Several processes behind one port. This one owns the private Redis, looks at the store once for all, plants the sample,
 * and keeps the workers running; it serves nobody itself. Throws, with nothing left running, where one cannot start.
 */
export async function startWorkers(config: Config, pid: number, log: Logger): Promise<Daymark> {
  const { place, dataDir, acceptDataLoss } = config;
  const opened = await openStore({ place, dataDir, acceptDataLoss, as: 'server', pid, log });
  const { privateUrl } = opened;
  const supervisor = new Supervisor(privateUrl === null ? {} : { [storeVariable]: privateUrl }, log);
  const stop = async (): Promise<void> => {
    await supervisor.stop();
    await opened.close();
  };
  try {
    if (privateUrl !== null) await plantOnce(opened, config, log);
    const setUp = await setUpPath(opened.people, Date.now, log);
    if (privateUrl === null) await opened.close();
    const url = `http://localhost:${await supervisor.start(config.workers)}`;
    return { url, setUpUrl: setUp && (config.publicUrl ?? url) + setUp, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function plantOnce({ store, images }: Stores, config: Config, log: Logger): Promise<void> {
  const live = new LiveLog(store, log);
  try {
    await live.start();
    const { library } = openLibrary({ images, config, log });
    await plantSample({ desk: new Desk({ store, live, images: library, clock: Date.now, log }), store, log });
  } finally {
    await live.stop();
  }
}
