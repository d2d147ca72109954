import { type Place, Wire } from '../../support/wire.ts';
import { Client } from './client.ts';
import { fixedPort, Node, type NodeOptions } from './node.ts';
import { OwnRedis } from './own-redis.ts';
import { type Folder, faultFolder } from './round.ts';

/** What a test plays on: whatever it starts here ends with it, in the reverse order. */
export class Scene {
  readonly folder: Folder = faultFolder();
  readonly #ends: (() => unknown)[] = [];
  readonly #nodes: Node[] = [];
  /** To be set by a test that writes into the store past the product. */
  altered = false;

  /** A server that is ready, with a private Redis unless the environment says otherwise. */
  async node(
    environment: Record<string, string> = {},
    more: Partial<Pick<NodeOptions, 'name' | 'dataDir' | 'port'>> = {},
  ): Promise<Node> {
    const port = more.port ?? (await fixedPort());
    const node = new Node({ folder: this.folder.path, environment, ...more, port });
    this.#nodes.push(node);
    this.#ends.push(() => node.end());
    await node.start();
    return node;
  }

  async redis(settings: readonly string[] = []): Promise<OwnRedis> {
    const redis = new OwnRedis(this.folder.path, settings);
    this.#ends.push(() => redis.end('SIGKILL'));
    await redis.start();
    return redis;
  }

  /** A wire in front of a Redis: its URL for a server. TCP, for a unix socket knows neither RST nor silence. */
  async wireToRedis(redis: OwnRedis): Promise<{ wire: Wire; url: string }> {
    const port = await fixedPort();
    const wire = await this.#wire({ port }, () => ({ path: redis.socket }));
    return { wire, url: `redis://127.0.0.1:${port}` };
  }

  /** A wire in front of servers, as a balancer is: each connection goes to one that runs. The origin for its clients. */
  async wireToNodes(...nodes: [Node, ...Node[]]): Promise<{ wire: Wire; origin: string }> {
    const port = await fixedPort();
    let turn = 0;
    const wire = await this.#wire({ port }, () => {
      const running = nodes.filter((node) => node.running);
      return { port: (running[turn++ % running.length] ?? nodes[0]).port };
    });
    return { wire, origin: `http://127.0.0.1:${port}` };
  }

  client(origin: () => string, timeoutMs?: number): Client {
    const client = new Client(origin, timeoutMs);
    this.ends(() => client.close());
    return client;
  }

  /** After all rounds: every history that is still served is the one that was written, hash by hash. */
  async verify(): Promise<void> {
    for (const node of this.#nodes.filter(({ running }) => running)) {
      const faults = await node.verify();
      if (faults.length > 0) throw new Error([`${node.origin}: ${node.log}`, ...faults].join('\n'));
    }
  }

  ends(end: () => unknown): void {
    this.#ends.push(end);
  }

  async end(): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) await end();
    this.folder.remove();
  }

  async #wire(at: Place, to: () => Place): Promise<Wire> {
    const wire = new Wire(to);
    await wire.listen(at);
    this.#ends.push(() => wire.close());
    return wire;
  }
}

/** For a test’s body: gives it a scene, verifies what it leaves unless the test has altered it, and clears up in any case. */
export const scene = (act: (scene: Scene) => Promise<void>) => async (): Promise<void> => {
  const stage = new Scene();
  try {
    await act(stage);
    if (!stage.altered) await stage.verify();
  } catch (error) {
    stage.folder.keep();
    throw error;
  } finally {
    await stage.end();
  }
};
