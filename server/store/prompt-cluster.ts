import { Cluster, type Command } from 'ioredis';
import { addressOf, commandTimeoutMs, everyConnection, failingFast, retryDelayMs } from './connection-options.ts';
import type { Tls } from './place.ts';

/** Moves of slots are mostly heard of from the nodes themselves; this is for those that nobody asked about. */
const slotsRefreshMs = 5_000;

/**
 * A cluster that fails as fast as a single connection does. ioredis would keep commands for a cluster that is away without
 * a limit of time, and would send those in flight on a broken connection a second time.
 */
export class PromptCluster extends Cluster {
  constructor(urls: readonly string[], tls: Tls) {
    const nodes = urls.map((url) => addressOf(url, tls));
    const { username, password, tls: secured } = nodes[0] ?? {};
    super(
      nodes.map(({ host = '', port = 0 }) => ({ host, port })),
      {
        // Only what a node refused without doing it (MOVED, ASK, TRYAGAIN, CLUSTERDOWN) is sent again, and not for long.
        retryDelayOnFailover: 0,
        maxRedirections: 8,
        clusterRetryStrategy: retryDelayMs,
        slotsRefreshInterval: slotsRefreshMs,
        slotsRefreshTimeout: commandTimeoutMs,
        redisOptions: {
          ...everyConnection,
          ...failingFast,
          ...(username === undefined ? {} : { username }),
          ...(password === undefined ? {} : { password }),
          ...(secured === undefined ? {} : { tls: secured }),
        },
      },
    );
  }

  override sendCommand(command: Command, ...where: unknown[]): unknown {
    if (command.name !== 'cluster' && this.status !== 'ready') {
      command.reject(new Error('Cluster isn’t ready'));
      return command.promise;
    }
    command.setTimeout(commandTimeoutMs);
    return super.sendCommand(command, ...(where as []));
  }
}
