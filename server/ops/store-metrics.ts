import { statfs } from 'node:fs/promises';
import { Gauge, type Registry } from 'prom-client';
import { gauge, type Sample } from './series.ts';

/** What is known of one Redis; null where it did not say. */
export interface RedisVitals {
  /** Which one, where there are several. */
  readonly node: string;
  readonly up: boolean;
  readonly pingMs: number | null;
  readonly usedMemoryBytes: number | null;
  readonly maxMemoryBytes: number | null;
  readonly aofBytes: number | null;
  readonly aofEnabled: boolean | null;
  /** Whether the last write to the append-only file succeeded; false: a full disk, most often. */
  readonly aofWriteOk: boolean | null;
  readonly aofRewriteOk: boolean | null;
  readonly clients: number | null;
}

/** How the store is, as it was found at the last look (every 10 s). */
export function measureStore(registry: Registry, vitals: () => readonly RedisVitals[]): void {
  const about = (name: string, help: string, value: (one: RedisVitals) => number | boolean | null): void =>
    gauge(registry, {
      name: `daymark_redis_${name}`,
      help,
      labels: ['node'],
      read: () =>
        vitals().flatMap((one): Sample[] => {
          const found = value(one);
          return found === null ? [] : [[{ node: one.node }, Number(found)]];
        }),
    });
  about('up', '1 while Redis answers a PING.', ({ up }) => up);
  about('ping_seconds', 'How long it took to answer.', ({ pingMs }) => (pingMs === null ? null : pingMs / 1_000));
  about('used_memory_bytes', 'Memory in use.', ({ usedMemoryBytes }) => usedMemoryBytes);
  about('max_memory_bytes', 'Memory it may use; 0: as much as there is.', ({ maxMemoryBytes }) => maxMemoryBytes);
  about('aof_bytes', 'Size of the append-only file.', ({ aofBytes }) => aofBytes);
  about('aof_enabled', '1 where writes go to an append-only file.', ({ aofEnabled }) => aofEnabled);
  about(
    'aof_write_ok',
    '0 after a failed write to the append-only file: it takes no posts.',
    ({ aofWriteOk }) => aofWriteOk,
  );
  about('aof_rewrite_ok', '0 after a failed rewrite of the append-only file.', ({ aofRewriteOk }) => aofRewriteOk);
  about('clients', 'Connections to it.', ({ clients }) => clients);
}

/** The disk under the data of a private Redis. */
export function measureDisk(registry: Registry, folder: string): void {
  new Gauge({
    name: 'daymark_data_disk_free_bytes',
    help: 'Free on the disk that holds DATA_DIR.',
    registers: [registry],
    async collect() {
      const { bavail, bsize } = await statfs(folder);
      this.set(bavail * bsize);
    },
  });
  new Gauge({
    name: 'daymark_data_disk_size_bytes',
    help: 'Size of the disk that holds DATA_DIR.',
    registers: [registry],
    async collect() {
      const { blocks, bsize } = await statfs(folder);
      this.set(blocks * bsize);
    },
  });
}
