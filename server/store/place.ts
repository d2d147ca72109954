/** Where the store is, and how it is spoken to. */
export interface Place {
  at: Single | Cluster | Sentinels;
  tls: Tls;
}

export interface Single {
  kind: 'single';
  url: string;
}

/** `urls`: some nodes of the cluster, from which the others are found. User, password and TLS are the first one’s. */
export interface Cluster {
  kind: 'cluster';
  urls: readonly string[];
}

/** `url` gives the user, the password, the database and the TLS of the primary; its host and port mean nothing. */
export interface Sentinels {
  kind: 'sentinels';
  hosts: readonly Host[];
  primary: string;
  url: string;
  /** Sentinels have a password of their own. */
  password: string | null;
}

export interface Host {
  host: string;
  port: number;
}

/** What `rediss://` needs where the system’s authorities do not do: PEM. */
export interface Tls {
  ca?: string;
  cert?: string;
  key?: string;
}

export const single = (url: string): Place => ({ at: { kind: 'single', url }, tls: {} });

const usualName = 'mymaster';
const sentinelPort = 26_379;

/** `redis://host:6379`, `rediss://` (TLS) or `unix:///path/to.sock`, with user, password and database where needed. */
export function isRedisUrl(text: string): boolean {
  const url = parsed(text);
  if (!url || !['redis:', 'rediss:', 'unix:'].includes(url.protocol) || !/^\d*$/.test(databaseOf(url))) return false;
  return url.protocol === 'unix:' ? url.pathname.length > 1 : url.hostname !== '';
}

export const databaseOf = (url: URL): string =>
  url.searchParams.get('db') ?? (url.protocol === 'unix:' ? '' : url.pathname.slice(1));

/** Reads `redis://a:6379,redis://b:6379`; null where it is none. A cluster has one database and speaks TCP. */
export function readCluster(text: string): Cluster | null {
  const urls = text.split(',').map((one) => one.trim());
  const fits = (one: string) => isRedisUrl(one) && !one.startsWith('unix:') && databaseOf(new URL(one)) === '';
  return urls.every(fits) ? { kind: 'cluster', urls } : null;
}

/**
 * Reads `a:26379,b:26379,c:26379/mymaster`; null where it is none. In front may stand `redis://` or `rediss://` (TLS to
 * primary and sentinels alike) with `user:password@` of the primary, behind the name `?db=1&sentinelPassword=…`.
 */
export function readSentinels(text: string): Sentinels | null {
  const groups = /^(?:(?<scheme>rediss?):\/\/)?(?:(?<user>[^@/]*)@)?(?<hosts>[^/?@]+)(?<rest>[/?].*)?$/.exec(
    text,
  )?.groups;
  if (!groups) return null;
  const { scheme = 'redis', user, hosts = '', rest = '' } = groups;
  const found = hosts.split(',').map((one) => readHost(one.trim()));
  const [name = '', query = ''] = rest.replace(/^\//, '').split('?');
  const options = new URLSearchParams(query);
  const url = `${scheme}://${user === undefined ? '' : `${user}@`}primary/${options.get('db') ?? ''}`;
  if (found.includes(null) || !isRedisUrl(url) || !/^[\w.-]*$/.test(name)) return null;
  return {
    kind: 'sentinels',
    hosts: found.filter((host) => host !== null),
    primary: name || usualName,
    url,
    password: options.get('sentinelPassword'),
  };
}

function readHost(text: string): Host | null {
  const url = parsed(`redis://${text}`);
  if (!url || url.hostname === '' || url.pathname !== '' || url.search !== '') return null;
  return hostOf(url, sentinelPort);
}

/** An IPv6 address stands in brackets in a URL and without them everywhere else. */
export const hostOf = (url: URL, preset: number): Host => ({
  host: url.hostname.replace(/^\[|\]$/g, ''),
  port: Number(url.port || preset),
});

const parsed = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);
