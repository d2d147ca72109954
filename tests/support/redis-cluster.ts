import { freePort } from './free-port.ts';
import { RedisNode } from './redis-node.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { waitFor } from './wait-for.ts';

export interface TestCluster {
  urls: string;
  nodes: readonly RedisNode[];
  /** The primary that has the slot of a timeline. */
  primaryOf(slug: string, prefix?: string): Promise<RedisNode>;
  end(): Promise<void>;
}

const primaries = 3;
const slots = 16_384;

/** Three primaries that share all slots, each with as many replicas as asked; a failover takes about two seconds. */
export async function startCluster({ replicas = 0 } = {}): Promise<TestCluster> {
  const folder = temporaryFolder();
  const nodes: RedisNode[] = [];
  for (let i = 0; i < primaries * (1 + replicas); i++) {
    const bus = ['--cluster-port', `${await freePort()}`];
    nodes.push(await RedisNode.at(folder.path, `node${i}`, ['--cluster-enabled', 'yes', ...patience, ...bus]));
  }
  const [first, ...others] = nodes;
  if (!first) throw new Error('a cluster has nodes');
  for (const [i, node] of nodes.entries()) await node.call('CLUSTER', 'SET-CONFIG-EPOCH', i + 1);
  for (const [i, node] of nodes.slice(0, primaries).entries()) {
    const from = Math.ceil((slots * i) / primaries);
    const to = Math.ceil((slots * (i + 1)) / primaries) - 1;
    await node.call('CLUSTER', 'ADDSLOTSRANGE', from, to);
  }
  const busOf = async (node: RedisNode) => String(await node.call('CONFIG', 'GET', 'cluster-port')).split(',')[1] ?? '';
  for (const node of others) await first.call('CLUSTER', 'MEET', '127.0.0.1', node.port, await busOf(node));
  await waitFor(() => everyone(nodes, 'cluster_known_nodes', `${nodes.length}`), 'the nodes to know each other');
  for (const [i, node] of nodes.slice(primaries).entries()) {
    const id = String(await nodes[i % primaries]?.call('CLUSTER', 'MYID'));
    await waitFor(() => node.call('CLUSTER', 'REPLICATE', id), 'a replica to know its primary');
  }
  await waitFor(() => everyone(nodes, 'cluster_state', 'ok'), 'the cluster to be ready');
  const linked = (node: RedisNode) => node.info('replication', 'master_link_status').then((status) => status === 'up');
  for (const node of nodes.slice(primaries)) await waitFor(() => linked(node), 'a replica to have its data');
  return {
    urls: nodes.map(({ port }) => `redis://127.0.0.1:${port}`).join(','),
    nodes,
    primaryOf: (slug, prefix = 'dm') => primaryOf(nodes, `${prefix}:{${slug}}:timeline`),
    end: async () => {
      await Promise.all(nodes.map((node) => node.end()));
      folder.remove();
    },
  };
}

const patience = [
  '--cluster-node-timeout',
  '1000',
  '--repl-diskless-sync-delay',
  '0',
  '--cluster-replica-validity-factor',
  '0',
];

async function everyone(nodes: readonly RedisNode[], name: string, value: string): Promise<boolean> {
  const said = await Promise.all(nodes.map((node) => node.info('cluster', name)));
  return said.every((one) => one === value);
}

async function primaryOf(nodes: readonly RedisNode[], key: string): Promise<RedisNode> {
  const found = nodes.filter(({ running }) => running);
  const slot = Number(await found[0]?.call('CLUSTER', 'KEYSLOT', key));
  const ranges = (await found[0]?.call('CLUSTER', 'SLOTS')) as [number, number, [string, number, ...string[]]][];
  const port = ranges.find(([from, to]) => from <= slot && slot <= to)?.[2][1];
  const primary = nodes.find((node) => node.port === port);
  if (!primary) throw new Error(`nobody has the slot of ${key}`);
  return primary;
}
