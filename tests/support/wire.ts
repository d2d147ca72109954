import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Where a proxy listens or dials: a port of 127.0.0.1, or a unix socket. */
export type Place = { port: number } | { path: string };

/** What the network does to connections. */
export type Weather =
  | 'fair'
  /** Nothing passes any more and nobody is told: a cable is out, a firewall drops. New connections are taken and stay silent. */
  | 'silent'
  /** Requests pass, answers don’t: the worst for whoever must know whether his write was done. */
  | 'no-answers'
  /** New connections are refused; there are none of the old. */
  | 'refusing';

interface Pair {
  client: Socket;
  server: Socket;
  /** Half open: nothing passes any more, whatever the weather, and neither end is told. */
  dead: boolean;
}

/** A TCP proxy between two parts of the system, which cuts, stalls, slows and loses on command. */
export class Wire {
  readonly #to: () => Place;
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  /** Also those of pairs that were cut: a socket that is held back does not see its own end. */
  readonly #sockets = new Set<Socket>();
  #weather: Weather = 'fair';
  #bytesPerSecond = Number.POSITIVE_INFINITY;
  /** How many connections were made in all, and how many of them became WebSockets. */
  accepted = 0;
  webSockets = 0;
  /** Requests to become a WebSocket are hung up on, as some networks do. */
  blocksWebSocket = false;

  /** `to` is asked anew for each connection. */
  constructor(to: () => Place) {
    this.#to = to;
    this.#server = createServer({ pauseOnConnect: true }, (client) => this.#accept(client));
  }

  listen(at: Place): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen('port' in at ? { port: at.port, host: '127.0.0.1' } : at, resolve);
    });
  }

  get connections(): number {
    return this.#pairs.size;
  }

  /** For clients, where it listens on a port. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  set weather(weather: Weather) {
    this.#weather = weather;
    if (weather === 'refusing') this.cut('reset');
    if (weather === 'fair') for (const pair of this.#pairs) this.#resume(pair);
  }

  /** From now on; whole chunks are held back, so nothing finer than a frame is measured. */
  set bytesPerSecond(bytes: number) {
    this.#bytesPerSecond = bytes;
  }

  /** Ends all connections, politely (FIN) or not (RST). New ones are taken. */
  cut(how: 'end' | 'reset' = 'reset'): void {
    for (const { client, server } of this.#pairs) {
      for (const socket of [client, server]) how === 'end' ? socket.end() : reset(socket);
    }
    this.#pairs.clear();
  }

  /** Ends each connection to the client after so many more bytes of answers: in the middle of a frame, mostly. */
  cutAfter(bytes: number): void {
    for (const pair of [...this.#pairs]) {
      let left = bytes;
      pair.server.removeAllListeners('data');
      pair.server.on('data', (chunk: Buffer) => {
        if (chunk.length < left) {
          left -= chunk.length;
          pair.client.write(chunk);
          return;
        }
        pair.client.end(chunk.subarray(0, left));
        pair.server.destroy();
        this.#pairs.delete(pair);
      });
    }
  }

  /** All present connections become half open; new ones work. */
  forget(): void {
    for (const pair of this.#pairs) pair.dead = true;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.cut();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #accept(client: Socket): void {
    this.accepted += 1;
    if (this.#weather === 'refusing') {
      reset(client);
      return;
    }
    const to = this.#to();
    const server = connect('port' in to ? { ...to, host: '127.0.0.1' } : to);
    const pair = { client, server, dead: false };
    this.#pairs.add(pair);
    for (const [from, into] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(from);
      from.once('close', () => this.#sockets.delete(from));
      from.setNoDelay(true);
      from.on('data', (chunk: Buffer) => this.#pass(pair, from, into, chunk));
      from.on('end', () => this.#weather === 'fair' && into.end());
      from.on('error', () => from.destroy());
      // In bad weather one end does not hear that the other has gone; it is told when the weather clears, or never.
      from.on('close', () => this.#weather === 'fair' && this.#resume(pair));
    }
    client.resume();
  }

  #pass(pair: Pair, from: Socket, into: Socket, chunk: Buffer): void {
    const held = pair.dead || this.#weather === 'silent' || (this.#weather === 'no-answers' && from === pair.server);
    if (held) {
      // Kept by the kernel, like what a router holds: it arrives late if the weather clears, never if it is cut.
      from.pause();
      from.unshift(chunk);
      return;
    }
    if (from === pair.client && /\r\nupgrade: websocket/i.test(chunk.toString('latin1'))) {
      if (this.blocksWebSocket) return void from.destroy();
      this.webSockets += 1;
    }
    const written = into.write(chunk);
    const ms = (chunk.length / this.#bytesPerSecond) * 1_000;
    if (written && ms < 1) return;
    from.pause();
    if (written) setTimeout(() => from.resume(), ms);
    else into.once('drain', () => setTimeout(() => from.resume(), ms));
  }

  #resume(pair: Pair): void {
    const { client, server, dead } = pair;
    if (dead) return;
    if (client.closed || server.closed) {
      client.destroy();
      server.destroy();
      this.#pairs.delete(pair);
      return;
    }
    client.resume();
    server.resume();
  }
}

/** A unix socket knows no RST. */
function reset(socket: Socket): void {
  if (socket.remoteAddress === undefined) socket.destroy();
  else socket.resetAndDestroy();
}
