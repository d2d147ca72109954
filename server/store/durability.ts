import { Cluster, type Redis } from 'ioredis';
import { z } from 'zod';
import { asUnavailable, type Commands } from './connection.ts';

/** Version of the data that this program writes. A newer program’s data are not opened: what they mean is unknown here. */
export const dataFormat = 1;
const leastMajor = 7;

/** What was found out about a Redis before it is trusted with anything. Each fault is one sentence for the operator. */
export interface Findings {
  /** This program cannot work with it at all. */
  unusable: string[];
  /** It would lose acknowledged posts; an operator may accept that. */
  unsafe: string[];
  /** It keeps what was acknowledged, and could do better. */
  advice: string[];
}

/**
 * Looks at version, role and durability: of the one Redis, or of every primary of a cluster. Throws `StoreUnavailable` where
 * one cannot be asked.
 */
export async function inspectRedis(redis: Commands): Promise<Findings> {
  if (!(redis instanceof Cluster)) return inspectOne(redis, false);
  const found = await Promise.all(redis.nodes('master').map((node) => inspectNode(node)));
  return {
    unusable: found.flatMap(({ unusable }) => unusable),
    unsafe: found.flatMap(({ unsafe }) => unsafe),
    advice: found.flatMap(({ advice }) => advice),
  };
}

async function inspectNode(node: Redis): Promise<Findings> {
  const { unusable, unsafe, advice } = await inspectOne(node, true);
  const named = (fault: string) => `${node.options.host}:${node.options.port}: ${fault}`;
  return { unusable: unusable.map(named), unsafe: unsafe.map(named), advice: advice.map(named) };
}

async function inspectOne(redis: Redis, inCluster: boolean): Promise<Findings> {
  const info = parseInfo(await redis.info().catch(asUnavailable));
  const settings = await readSettings(redis);
  return {
    unusable: unusable(info, inCluster),
    unsafe: settings === null ? unreadable(info) : wrong(settings, wanted),
    advice: settings === null ? [] : wrong(settings, advised),
  };
}

/** Marks an empty store with our data format; answers a sentence where the data are in a newer one. */
export async function claimFormat(redis: Commands, key: string): Promise<string | null> {
  const found = await redis.set(key, dataFormat, 'NX', 'GET').catch(asUnavailable);
  const format = found === null ? dataFormat : Number(found);
  if (format === dataFormat) return null;
  return `The data are in format ${found}, and this Daymark knows format ${dataFormat}: start the version that wrote them, or a later one`;
}

type Wanted = Readonly<Record<string, { value: string; because: string }>>;

const wanted = {
  appendonly: { value: 'yes', because: 'without it a crash loses what was acknowledged' },
  appendfsync: { value: 'always', because: 'otherwise a crash loses the posts of the last seconds' },
  'maxmemory-policy': { value: 'noeviction', because: 'otherwise a full memory silently deletes timelines' },
} as const satisfies Wanted;

const advised: Wanted = {
  'aof-load-truncated': {
    value: 'no',
    because: 'after two crashes it may show a part of a post that nobody was told of (docs/operations.md, Store)',
  },
};

type Settings = Record<string, string>;

/** null: this Redis lets nobody read its settings, as some hosted ones do. */
async function readSettings(redis: Redis): Promise<Settings | null> {
  try {
    const flat = z
      .array(z.string())
      .parse(await redis.call('CONFIG', 'GET', ...Object.keys({ ...wanted, ...advised })));
    return Object.fromEntries(flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1] ?? '']] : [])));
  } catch (error) {
    if (error instanceof Error && /^(NOPERM|ERR unknown|ERR .*(not allowed|disabled))/i.test(error.message))
      return null;
    throw asUnavailable(error);
  }
}

function wrong(settings: Settings, wanted: Wanted): string[] {
  return Object.entries(wanted)
    .filter(([name, { value }]) => settings[name] !== value)
    .map(
      ([name, { value, because }]) =>
        `Redis has ${name} ${settings[name] ?? '(unknown)'}: ${because}. Put the line “${name} ${value}” into redis.conf`,
    );
}

function unreadable(info: Settings): string[] {
  const faults = [
    'Redis forbids CONFIG GET, so it cannot be seen whether appendfsync is always: allow it (ACL: +config|get)',
  ];
  if (info['aof_enabled'] === '0') faults.push(`Redis has appendonly no: ${wanted.appendonly.because}`);
  const policy = info['maxmemory_policy'];
  if (policy !== undefined && policy !== 'noeviction') {
    faults.push(`Redis has maxmemory-policy ${policy}: ${wanted['maxmemory-policy'].because}`);
  }
  return faults;
}

function unusable(info: Settings, inCluster: boolean): string[] {
  const faults: string[] = [];
  const version = info['redis_version'] ?? '0';
  // Valkey calls itself Redis 7.2 here, which is what it speaks.
  if (Number.parseInt(version, 10) < leastMajor) {
    faults.push(`Redis ${version} is too old: ${leastMajor}.0 or later is needed (or Valkey)`);
  }
  if (info['role'] === 'slave')
    faults.push(
      'This Redis is a replica, which takes no writes: REDIS_URL must name its primary, or REDIS_SENTINELS who knows it',
    );
  if (info['cluster_enabled'] === '1' && !inCluster)
    faults.push(
      'This Redis is a node of a cluster: name the cluster’s nodes in REDIS_CLUSTER_URLS, in place of REDIS_URL',
    );
  return faults;
}

function parseInfo(info: string): Settings {
  const lines = info.split('\r\n').flatMap((line) => {
    const at = line.indexOf(':');
    return at > 0 ? [[line.slice(0, at), line.slice(at + 1)]] : [];
  });
  return Object.fromEntries(lines);
}
