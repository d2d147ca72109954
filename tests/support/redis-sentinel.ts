import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';
import { RedisNode } from './redis-node.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { redisProgram, untilParentEnds } from './test-redis.ts';
import { waitFor } from './wait-for.ts';

export interface TestSentinels {
  /** For REDIS_SENTINELS. */
  address: string;
  /** The primary and its replica, as they began. */
  nodes: readonly [RedisNode, RedisNode];
  primary(): Promise<RedisNode>;
  end(): Promise<void>;
}

/** A primary with a replica, watched by one sentinel; a failover takes about two seconds. */
export async function startSentinels(): Promise<TestSentinels> {
  const folder = temporaryFolder();
  const settings = ['--repl-diskless-sync-delay', '0'];
  const first = await RedisNode.at(folder.path, 'first', settings);
  const second = await RedisNode.at(folder.path, 'second', [...settings, '--replicaof', `127.0.0.1 ${first.port}`]);
  await waitFor(async () => (await second.info('replication', 'master_link_status')) === 'up', 'the replica');
  const sentinel = await startSentinel(folder.path, first.port);
  const nodes = [first, second] as const;
  return {
    address: `127.0.0.1:${sentinel.port}/gaza`,
    nodes,
    primary: async () => {
      const [, port] = (await sentinel.control.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'gaza')) as [string, string];
      return first.port === Number(port) ? first : second;
    },
    end: async () => {
      await sentinel.end();
      await Promise.all(nodes.map((node) => node.end()));
      folder.remove();
    },
  };
}

async function startSentinel(folder: string, primaryPort: number) {
  const port = await freePort();
  const config = join(folder, 'sentinel.conf');
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    `sentinel monitor gaza 127.0.0.1 ${primaryPort} 1`,
    'sentinel down-after-milliseconds gaza 1000',
    'sentinel failover-timeout gaza 4000',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  const [command = '', ...args] = [...untilParentEnds(), redisProgram(), config, '--sentinel'];
  const child = spawn(command, args, { stdio: 'ignore' });
  const gone = once(child, 'exit');
  const control = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50, disableClientInfo: true });
  control.on('error', () => undefined); // it is not there yet
  const replicas = async () => ((await control.call('SENTINEL', 'REPLICAS', 'gaza')) as unknown[]).length;
  await waitFor(async () => (await replicas()) === 1, 'the sentinel to know the replica');
  const end = async (): Promise<void> => {
    control.disconnect();
    child.kill('SIGKILL');
    await gone;
  };
  return { port, control, end };
}
