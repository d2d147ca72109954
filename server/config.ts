import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { defaultRateLimits } from './http/rate-limits.ts';
import { defaultGatewayLimits } from './live/gateway-limits.ts';
import type { S3Settings } from './media/s3-storage.ts';
import { isRedisUrl, type Place, readCluster, readSentinels } from './store/place.ts';

/** One setting: what it is for, what it may be, and what it is where nobody sets it (as it would be written). */
interface Setting<T, P extends string | null> {
  about: string;
  rule: z.ZodType<T>;
  preset: P;
}

const setting = <T, P extends string | null>(about: string, rule: z.ZodType<T>, preset: P): Setting<T, P> => ({
  about,
  rule,
  preset,
});

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);

const yesOrNo = z.enum(['yes', 'no'], 'must be yes or no').transform((value) => value === 'yes');

const urlOf = (protocols: readonly string[], shape: string, more: (url: URL) => boolean = () => true) =>
  z.string().refine((value) => {
    if (!URL.canParse(value)) return false;
    const url = new URL(value);
    return protocols.includes(url.protocol) && more(url);
  }, `must be ${shape}`);

const redisUrl = z
  .string()
  .refine(
    isRedisUrl,
    'must be redis://host:6379, rediss://host:6379 (TLS) or unix:///path/to/redis.sock, with user:password@ and ?db= where needed',
  );

/** What `read` makes of it; a fault where that is null. */
const readBy = <T>(read: (text: string) => T | null, fault: string) =>
  z.string().transform((text, context): T => {
    const value = read(text);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message: fault });
    return z.NEVER;
  });

const pemFile = readBy((path) => {
  try {
    const text = readFileSync(path, 'utf8');
    return text.includes('-----BEGIN ') ? text : null;
  } catch {
    return null; // absent or not for us: the sentence says the same
  }
}, 'must name a readable PEM file');

function readWorkers(text: string): number | null {
  if (text === 'cores') return availableParallelism();
  const count = whole(1, 256).safeParse(text);
  return count.success ? count.data : null;
}

const publicUrl = urlOf(
  ['http:', 'https:'],
  'an origin such as https://live.example.org, without a path',
  (url) => url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '',
);

/** Every setting there is. The README’s table is held to this one by a test. */
export const settings = {
  PORT: setting('TCP port; 0 takes any free one', whole(0, 65_535), '3000'),
  HOST: setting('address to listen on', z.string().min(1), null),
  PUBLIC_URL: setting('origin that readers see, where a proxy stands in front', publicUrl, null),
  REDIS_URL: setting('Redis to keep everything in, in place of a private one', redisUrl, null),
  REDIS_CLUSTER_URLS: setting(
    'nodes of a Redis Cluster to keep everything in: `redis://a:6379,redis://b:6379,…`',
    readBy(readCluster, 'must be URLs of a cluster’s nodes, redis://a:6379,redis://b:6379 (or all rediss://)'),
    null,
  ),
  REDIS_SENTINELS: setting(
    'sentinels that know the Redis to keep everything in, and its name: `a:26379,b:26379,c:26379/mymaster`',
    readBy(
      readSentinels,
      'must be a:26379,b:26379/mymaster, with redis:// or rediss:// and user:password@ of the primary in front, ?db= and ?sentinelPassword= behind, where needed',
    ),
    null,
  ),
  REDIS_TLS_CA: setting(
    'PEM file: who vouches for a `rediss://` server, if not the system’s authorities',
    pemFile,
    null,
  ),
  REDIS_TLS_CERT: setting('PEM file: certificate to show to a `rediss://` server that asks for one', pemFile, null),
  REDIS_TLS_KEY: setting('PEM file: the key of that certificate', pemFile, null),
  DATA_DIR: setting('folder of the private Redis, and of images', z.string().min(1), './data'),
  MEDIA_S3_URL: setting(
    'bucket of an S3-compatible store to keep images in, in place of `DATA_DIR/media`: `https://s3.example.org/bucket/prefix`',
    urlOf(
      ['http:', 'https:'],
      'an address with the bucket in it, such as https://s3.example.org/bucket',
      (url) => url.search === '' && url.hash === '' && url.username === '',
    ),
    null,
  ),
  MEDIA_S3_REGION: setting(
    'its region',
    z.string().regex(/^[\w-]+$/, 'must be a name such as eu-central-1'),
    'us-east-1',
  ),
  MEDIA_S3_KEY_ID: setting('its access key', z.string().min(1), null),
  MEDIA_S3_SECRET: setting('the secret of that key', z.string().min(1), null),
  ACCEPT_DATA_LOSS: setting('`yes` runs on a Redis that may lose posts; also `--accept-data-loss`', yesOrNo, 'no'),
  ADMIN_TOKEN: setting(
    'bearer token with the role admin, 24 characters or more',
    z.string().regex(/^[\x21-\x7e]{24,}$/, 'must have 24 characters or more, without spaces'),
    null,
  ),
  METRICS_TOKEN: setting(
    'bearer token for `/metrics`, 24 characters or more; without one it answers this machine and private networks only',
    z.string().regex(/^[\x21-\x7e]{24,}$/, 'must have 24 characters or more, without spaces'),
    null,
  ),
  LOG_LEVEL: setting(
    'fatal, error, warn, info, debug, trace or silent',
    z.enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be a level from fatal to trace, or silent',
    ),
    'info',
  ),
  TRUSTED_PROXIES: setting('how many proxies in front append to X-Forwarded-For', whole(0, 10), '0'),
  WRITES_PER_SECOND: setting('writes per second and token', whole(1, 100_000), `${defaultRateLimits.writesPerSecond}`),
  READS_PER_SECOND: setting(
    'reads per second and address that are not ready in memory',
    whole(1, 1_000_000),
    `${defaultRateLimits.readsPerSecond}`,
  ),
  REPLIES_PER_ADDRESS: setting(
    'replies and error reports in ten minutes per address',
    whole(1, 1_000_000),
    `${defaultRateLimits.repliesPerAddress}`,
  ),
  CONNECTIONS_PER_ADDRESS: setting(
    'open sockets and streams per address',
    whole(1, 1_000_000),
    `${defaultGatewayLimits.connectionsPerAddress}`,
  ),
  CONNECTIONS: setting('open sockets and streams in all', whole(1, 1_000_000), `${defaultGatewayLimits.connections}`),
  JOIN_WRITES: setting(
    '`no` sends followers a write for each change, in Socket.IO’s own way: for when a new version of it is suspected',
    yesOrNo,
    'yes',
  ),
  WEBHOOKS_PRIVATE_NETWORKS: setting(
    '`yes` lets webhooks and feed subscribers be in private networks and on this machine: whoever may make a webhook reaches what this server reaches',
    yesOrNo,
    'no',
  ),
  DRAIN_SECONDS: setting(
    'how long a server that is told to stop goes on serving while `/readyz` answers 503, for proxies to notice',
    whole(0, 8),
    '0',
  ),
  WORKERS: setting(
    'processes that serve, behind one port; `cores`: one for each. Limits of connections and rates count in each of them',
    readBy(readWorkers, 'must be cores, or a whole number from 1 to 256'),
    'cores',
  ),
} as const;

type Name = keyof typeof settings;
type Value<S> = S extends Setting<infer T, infer P> ? T | Extract<P, null> : never;
type Values = { [N in Name]: Value<(typeof settings)[N]> };

/** What the environment asks for. */
export type Config = ReturnType<typeof configOf>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment and the command line: a Config, or every fault at once, each a sentence that names its variable. */
export function readConfig(env: Environment, args: readonly string[]): { config: Config } | { faults: string[] } {
  const faults = args.filter((one) => one !== acceptFlag).map((one) => `${one} is not an option of Daymark`);
  const values: Partial<Record<Name, unknown>> = {};
  for (const name of Object.keys(settings) as Name[]) {
    const given = env[name] || settings[name].preset;
    const parsed = given === null ? { success: true as const, data: null } : settings[name].rule.safeParse(given);
    if (parsed.success) values[name] = parsed.data;
    else faults.push(`${name} ${parsed.error.issues[0]?.message ?? 'is wrong'}${shown(name, given)}`);
  }
  faults.push(...contradictions(env));
  if (faults.length > 0) return { faults };
  return { config: configOf(values as Values, args) };
}

const acceptFlag = '--accept-data-loss';

/** Secrets stay out of the terminal and out of logs; a Redis URL may hold a password. */
function shown(name: Name, given: string | null): string {
  return given === null || name.endsWith('_TOKEN') || name.startsWith('REDIS_') || name.startsWith('MEDIA_S3_')
    ? ''
    : `, not “${given}”`;
}

const stores = ['REDIS_URL', 'REDIS_CLUSTER_URLS', 'REDIS_SENTINELS'] as const;

function contradictions(env: Environment): string[] {
  const faults: string[] = [];
  const named = stores.filter((name) => env[name]);
  if (named.length > 1) faults.push(`${named.join(' and ')} exclude each other: there is one store`);
  if (Boolean(env['REDIS_TLS_CERT']) !== Boolean(env['REDIS_TLS_KEY']))
    faults.push('REDIS_TLS_CERT and REDIS_TLS_KEY belong together: set both or neither');
  const s3 = (['MEDIA_S3_URL', 'MEDIA_S3_KEY_ID', 'MEDIA_S3_SECRET'] as const).filter((name) => env[name]);
  if (s3.length === 1 || s3.length === 2)
    faults.push('MEDIA_S3_URL, MEDIA_S3_KEY_ID and MEDIA_S3_SECRET belong together: set all or none');
  return faults;
}

/** null: the folder under DATA_DIR. */
function mediaS3Of(values: Values): S3Settings | null {
  const { MEDIA_S3_URL: url, MEDIA_S3_REGION: region, MEDIA_S3_KEY_ID: keyId, MEDIA_S3_SECRET: secret } = values;
  return url && keyId && secret ? { url, region, keyId, secret } : null;
}

/** null: the private Redis. */
function placeOf(values: Values): Place | null {
  const url = values.REDIS_URL;
  const at = url === null ? (values.REDIS_CLUSTER_URLS ?? values.REDIS_SENTINELS) : { kind: 'single' as const, url };
  const { REDIS_TLS_CA: ca, REDIS_TLS_CERT: cert, REDIS_TLS_KEY: key } = values;
  return at && { at, tls: { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) } };
}

function configOf(values: Values, args: readonly string[]) {
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL === null ? null : new URL(values.PUBLIC_URL).origin,
    place: placeOf(values),
    dataDir: resolve(values.DATA_DIR),
    mediaS3: mediaS3Of(values),
    acceptDataLoss: values.ACCEPT_DATA_LOSS || args.includes(acceptFlag),
    adminToken: values.ADMIN_TOKEN,
    metricsToken: values.METRICS_TOKEN,
    logLevel: values.LOG_LEVEL,
    trustedProxies: values.TRUSTED_PROXIES,
    rates: {
      writesPerSecond: values.WRITES_PER_SECOND,
      readsPerSecond: values.READS_PER_SECOND,
      repliesPerAddress: values.REPLIES_PER_ADDRESS,
    },
    connections: { connectionsPerAddress: values.CONNECTIONS_PER_ADDRESS, connections: values.CONNECTIONS },
    joinsWrites: values.JOIN_WRITES,
    callsPrivateNetworks: values.WEBHOOKS_PRIVATE_NETWORKS,
    drainMs: values.DRAIN_SECONDS * 1_000,
    workers: values.WORKERS,
  };
}

/** The settings as the README shows them: those that do something today. */
export function settingsTable(): string {
  const rows = Object.entries(settings)
    .filter(([, { about }]) => about !== '')
    .map(([name, { about, preset }]) => `| \`${name}\` | ${about} | ${preset === null ? '' : `\`${preset}\``} |`);
  return ['| Variable | What it is for | Without it |', '|---|---|---|', ...rows].join('\n');
}
