import type { Logger } from 'pino';
import { type Commands, connectSubscriberTo, connectTo, reached } from './connection.ts';
import { claimFormat, inspectRedis } from './durability.ts';
import { keysWith } from './keys.ts';
import { type Place, single } from './place.ts';
import { borrowPrivateRedis, openPrivateRedis } from './private-redis.ts';
import { type Stores, storesOn } from './stores.ts';
import { VitalSigns } from './vitals.ts';

const reachWithinMs = 10_000;
/** A person waits for a command, and a Redis that is named is either there or not; a private one may be starting. */
const commandReachWithinMs = 5_000;

/** The store cannot be used as it is; each fault is a sentence for the operator. */
export class StoreRefused extends Error {
  override name = 'StoreRefused';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

export interface OpenStore extends Stores {
  /** Where the Redis under DATA_DIR is; null: it is one that the configuration names. */
  privateUrl: string | null;
  /** How the Redis behind it is. Nobody looks before it is started. */
  vitals: VitalSigns;
  /** Ends the connections, and the private Redis where it is ours. */
  close(): Promise<void>;
}

export interface StoreWanted {
  /** null: the private Redis under `dataDir`. */
  place: Place | null;
  dataDir: string;
  acceptDataLoss: boolean;
  /**
   * A server owns its private Redis; a command of the command line borrows that of a running server. A worker is told where
   * its server has it, and that one has looked at it.
   */
  as: 'server' | 'command' | 'worker';
  pid: number;
  log: Logger;
}

/**
 * Opens the store that the configuration names, after a look at whether it keeps what it acknowledges. Throws `StoreRefused`,
 * `FolderInUse`, or `StoreUnavailable` where nobody answers.
 */
export async function openStore(wanted: StoreWanted): Promise<OpenStore> {
  const { place, dataDir, pid, log } = wanted;
  if (place !== null) return openOn(place, async () => undefined, wanted, null);
  const { url, stop } = await (wanted.as === 'server' ? openPrivateRedis : borrowPrivateRedis)({ dataDir, pid, log });
  return openOn(single(url), stop, wanted, url);
}

async function openOn(
  at: Place,
  stop: () => Promise<void>,
  { place, acceptDataLoss, as, log }: StoreWanted,
  privateUrl: string | null,
): Promise<OpenStore> {
  const commands = connectTo(at, log);
  const subscriber = connectSubscriberTo(at, log);
  const vitals = new VitalSigns(commands, log);
  const disconnect = async () => {
    vitals.stop();
    for (const connection of [commands, subscriber]) connection.disconnect();
    await stop();
  };
  try {
    await reached(commands, as === 'command' && place !== null ? commandReachWithinMs : reachWithinMs);
    if (as !== 'worker') await look(commands, acceptDataLoss, log);
  } catch (error) {
    await disconnect();
    throw error;
  }
  return { ...storesOn(commands, subscriber), privateUrl, vitals, close: disconnect };
}

async function look(commands: Commands, acceptDataLoss: boolean, log: Logger): Promise<void> {
  const { unusable, unsafe, advice } = await inspectRedis(commands);
  const newer = unusable.length > 0 ? null : await claimFormat(commands, keysWith('dm').format);
  const faults = [...unusable, ...(newer === null ? [] : [newer]), ...(acceptDataLoss ? [] : unsafe)];
  if (faults.length > 0) throw new StoreRefused(withHint(faults, unsafe.length > 0 && !acceptDataLoss));
  for (const fault of unsafe) log.warn(`Accepted: ${fault}`);
  for (const fault of advice) log.warn(fault);
}

const withHint = (faults: readonly string[], acceptable: boolean): string[] =>
  acceptable
    ? [...faults, 'To run on this Redis all the same, losing posts in a crash: ACCEPT_DATA_LOSS=yes']
    : [...faults];
