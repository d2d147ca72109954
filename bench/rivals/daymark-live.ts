import { pino } from 'pino';
import { openGateway } from '../../server/live/gateway.ts';
import { LiveLog } from '../../server/live/live-log.ts';
import type { Store } from '../../server/store/store.ts';
import type { Change } from '../../shared/change.ts';
import { timelineRecord } from '../support/changes.ts';
import { serveFanOut } from './fan-out.ts';

const log = pino({ level: 'warn' });

/** The live half of Daymark over a log in memory: what is measured is fan-out, not Redis. */
const changes: Change[] = [];
let ring: (slug: string) => void = () => undefined;
const position = () => ({ epoch: 'bench', seq: changes.length });

const store: Pick<Store, 'timelineSlugs' | 'timeline' | 'changes' | 'watch' | 'listeners'> = {
  timelineSlugs: async () => ['bench'],
  timeline: async () => ({ record: timelineRecord, position: position(), hash: '' }),
  changes: async (_, since, limit) => {
    const found = changes.slice(since.seq, since.seq + limit);
    return { reset: false, changes: found, position: { epoch: 'bench', seq: since.seq + found.length } };
  },
  listeners: async () => 1,
  watch: async ({ onWake }) => {
    ring = onWake;
    return async () => undefined;
  },
};

const live = new LiveLog(store as Store, log);
await live.start();

serveFanOut((server) => {
  const joinsWrites = process.env['BENCH_FANOUT'] !== 'plain';
  openGateway({
    joinsWrites,
    server,
    live,
    clock: Date.now,
    log,
    limits: { connectionsPerAddress: 100_000, connections: 100_000 },
  });
  return (sent) => {
    changes.push(...sent);
    ring('bench');
  };
});
