import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A network that a test can break, between clients and a server. */
export interface FaultyProxy {
  url: string;
  /** Where new connections lead. */
  target: string;
  /** WebSockets that got through so far. */
  readonly webSockets: number;
  /** Ends all connections: with FIN, or with RST. */
  cut(how?: 'fin' | 'rst'): void;
  /** From now on nothing passes through open connections, and nobody is told: they are half open. New ones work. */
  swallow(): void;
  /** Requests to upgrade to WebSocket are hung up on, as some networks do. */
  blockWebSocket: boolean;
  /** Nobody gets through at all. */
  isDown: boolean;
  close(): Promise<void>;
}

interface Pair {
  near: Socket;
  far: Socket;
}

export async function faultyProxy(target: string): Promise<FaultyProxy> {
  const pairs = new Set<Pair>();
  const proxy = { target, webSockets: 0, blockWebSocket: false, isDown: false };
  const server = createServer((near) => {
    if (proxy.isDown) {
      near.destroy();
      return;
    }
    const { hostname, port } = new URL(proxy.target);
    const pair = { near, far: connect(Number(port), hostname) };
    pairs.add(pair);
    near.on('data', (bytes) => {
      const isUpgrade = /\r\nupgrade: websocket/i.test(bytes.toString('latin1'));
      if (isUpgrade && proxy.blockWebSocket) {
        near.destroy();
        return;
      }
      if (isUpgrade) proxy.webSockets += 1;
      pair.far.write(bytes);
    });
    pair.far.on('data', (bytes) => near.write(bytes));
    for (const [one, other] of [[near, pair.far] as const, [pair.far, near] as const]) {
      one.on('error', () => undefined); // its close follows
      one.on('close', () => {
        other.destroy();
        pairs.delete(pair);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const all = (what: (pair: Pair) => void): void => {
    for (const pair of [...pairs]) what(pair);
  };
  return Object.assign(proxy, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: (how: 'fin' | 'rst' = 'fin') => all(({ near }) => (how === 'rst' ? near.resetAndDestroy() : near.destroy())),
    swallow: () =>
      all(({ near, far }) => {
        near.removeAllListeners('data').resume();
        far.removeAllListeners('data').resume();
      }),
    close: async () => {
      all(({ near }) => near.destroy());
      server.close();
      await once(server, 'close');
    },
  });
}
