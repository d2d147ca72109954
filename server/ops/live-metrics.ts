import { Histogram, type Registry } from 'prom-client';
import { byKey, counter, gauge, type Sample } from './series.ts';

export interface FollowedLog {
  readonly connected: boolean;
  readonly lookedMsAgo: number;
  timelines(): readonly unknown[];
  onChange(listener: (slug: string, change: { readonly type: string; readonly at: string }) => void): unknown;
}

export interface Followers {
  readonly open: Readonly<Record<string, number>>;
  readonly dropped: Readonly<Record<string, number>>;
}

export interface Carriers {
  readonly gateway: {
    readonly heads: number;
    readonly served: { readonly joined: number; readonly ordinary: number } | null;
  };
  readonly streams: { readonly heads: number };
}

/** Whether this node follows the logs, and how far behind it is. `clock` gives ms, as the changes’ own times are. */
export function measureLog(registry: Registry, live: FollowedLog, clock: () => number): void {
  const lag = new Histogram({
    name: 'daymark_change_lag_seconds',
    help: 'From the time of a change to its broadcast here. Between machines it holds the difference of their clocks.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
    registers: [registry],
  });
  const types = new Map<string, number>();
  live.onChange((_slug, { type, at }) => {
    lag.observe(Math.max(0, clock() - Date.parse(at)) / 1_000);
    types.set(type, (types.get(type) ?? 0) + 1);
  });
  counter(registry, {
    name: 'daymark_changes_total',
    help: 'Changes that this process has applied and told its followers.',
    labels: ['type'],
    read: () => byKey('type', Object.fromEntries(types)),
  });
  gauge(registry, {
    name: 'daymark_log_followed',
    help: '1 while the change logs are followed, 0 while the store cannot be reached.',
    read: () => Number(live.connected),
  });
  gauge(registry, {
    name: 'daymark_log_look_age_seconds',
    help: 'Since the last look at all change logs that succeeded; usually below 2.',
    read: () => live.lookedMsAgo / 1_000,
  });
  gauge(registry, { name: 'daymark_timelines', help: 'Timelines followed.', read: () => live.timelines().length });
}

/** Who follows, who was sent away, and whether they hear from us. */
export function measureFollowers(registry: Registry, followers: Followers, { gateway, streams }: Carriers): void {
  gauge(registry, {
    name: 'daymark_followers',
    help: 'Open connections by the way they follow.',
    labels: ['way'],
    read: () => byKey('way', followers.open),
  });
  counter(registry, {
    name: 'daymark_connections_dropped_total',
    help: 'Connections refused (full, full-for-address) or ended by us (not-reading, flood, malformed).',
    labels: ['reason'],
    read: () => byKey('reason', followers.dropped),
  });
  counter(registry, {
    name: 'daymark_heads_total',
    help: 'Heads sent, each to all followers of a timeline that heard nothing else for 10 s.',
    labels: ['way'],
    read: () => byKey('way', { socket: gateway.heads, stream: streams.heads }),
  });
  counter(registry, {
    name: 'daymark_fanout_sockets_total',
    help: 'Sockets served by broadcasts: joined (one write for the changes of a turn) or ordinary (it was not idle).',
    labels: ['write'],
    read: (): Sample[] =>
      byKey('write', { joined: gateway.served?.joined ?? 0, ordinary: gateway.served?.ordinary ?? 0 }),
  });
}
