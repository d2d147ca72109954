import type { Logger } from 'pino';
import type { Sender } from '../delivery/sender.ts';
import { builtFile } from '../http/built-assets.ts';
import type { LiveLog } from '../live/live-log.ts';
import type { PushStore } from '../store/push-store.ts';
import type { Store } from '../store/store.ts';
import { ownKeys } from './own-keys.ts';
import { PushCourier } from './push-courier.ts';
import { PushSender } from './push-sender.ts';

export interface PushParts {
  store: Pick<Store, 'takeLease'>;
  push: PushStore;
  live: LiveLog;
  sender: Sender;
  publicUrl: string | null;
  /** Where the build is. */
  publicFolder: string;
  clock: () => number;
  log: Logger;
}

/** Push services want to know whom to turn to. Who runs this without https has no readers with notifications either. */
const nobody = 'mailto:operator@localhost';

/** What tells readers’ browsers of key developments, with the keys that it signs with: made at the first start of all. */
export async function openPush({ publicUrl, publicFolder, ...parts }: PushParts): Promise<PushSender> {
  const keys = await ownKeys(parts.push);
  const contact = publicUrl?.startsWith('https:') ? publicUrl : nobody;
  const courier = new PushCourier({ ...parts, contact, keys, random: Math.random });
  return new PushSender({ ...parts, courier, icon: `/${builtFile(publicFolder, 'client/reader/app-192.png')}` });
}
