import type { Server } from 'socket.io';
import { belowOf, type Closing, Connection, type Engine, onEachEngine, type WebSocketBelow } from './connection.ts';
import type { GatewayLimits } from './gateway-limits.ts';
import type { EnginePacket } from './long-packets.ts';

export interface ConnectionsParts {
  limits: GatewayLimits;
  clock: () => number;
  /** Counts a socket in; the answer counts it out. */
  enter: (engine: Engine) => () => void;
  /** A connection that has to go. */
  onOffence: (connection: Connection, closing: Exclude<Closing, 'shutdown'>) => void;
}

/** Each connection is looked at once per sweep, an eighth of them at a time: ten thousand at once would hold up the rest. */
const slices = 8;

/**
 * All open sockets, from the first byte to the last, and what is watched about each. Their listeners are the same few
 * functions for all: ones of their own, and Node’s wrappers around them, were 1 kB of every follower.
 */
export class Connections {
  readonly #parts: ConnectionsParts;
  readonly #all = new Map<WebSocketBelow, Connection>();
  readonly #sweep: NodeJS.Timeout;
  #looks = 0;
  #left: Iterator<Connection> = this.#all.values();

  constructor(io: Server, parts: ConnectionsParts) {
    this.#parts = parts;
    const listeners = this.#listeners();
    onEachEngine(io, (engine) => {
      const connection = new Connection(engine, parts.limits, parts.clock(), parts.enter(engine));
      const { below } = connection;
      this.#all.set(below, connection);
      engine.on('packet', listeners.onPacket);
      engine.on('packetCreate', listeners.onPacketCreate);
      // Socket.IO never hears of WebSocket’s own pings, but every one is answered: a flood of them costs as much as one of packets.
      below.on('ping', listeners.onPing);
      below.on('pong', listeners.onPong);
      below.on('close', listeners.onGone);
    });
    // After what came in has been read: a process that was frozen must not hold it against its readers.
    this.#sweep = setInterval(() => setImmediate(() => this.#look()), parts.limits.sweepMs / slices);
    this.#sweep.unref();
  }

  get size(): number {
    return this.#all.size;
  }

  of(engine: Engine): Connection | undefined {
    return this.#all.get(belowOf(engine));
  }

  /** Sends so many away who have not been told to go yet; answers how many. */
  dismiss(count: number): number {
    const present = [...this.#all.values()].filter(({ isClosing }) => !isClosing).slice(0, count);
    for (const connection of present) connection.close('shutdown');
    return present.length;
  }

  close(): void {
    clearInterval(this.#sweep);
    this.dismiss(this.size);
  }

  #listeners() {
    const all = this.#all;
    const { clock, onOffence } = this.#parts;
    const meter = (connection: Connection | undefined): void => {
      if (connection && !connection.admits(clock())) onOffence(connection, 'flood');
    };
    return {
      onPacket(this: Engine, { type }: { type: string }): void {
        const connection = all.get(belowOf(this));
        if (type !== 'error') meter(connection);
        else if (connection) onOffence(connection, 'malformed');
      },
      onPacketCreate(this: Engine, packet: EnginePacket): void {
        all.get(belowOf(this))?.fragment(packet, clock());
      },
      onPing(this: WebSocketBelow): void {
        meter(all.get(this));
      },
      onPong(this: WebSocketBelow, word: Buffer): void {
        const connection = all.get(this);
        if (!connection?.takesAnswer(word, clock())) meter(connection);
      },
      onGone(this: WebSocketBelow): void {
        all.get(this)?.gone();
        all.delete(this);
      },
    };
  }

  #look(): void {
    if (this.#looks++ % slices === 0) this.#left = this.#all.values();
    for (let count = Math.ceil(this.#all.size / slices); count > 0; count--) {
      const next = this.#left.next();
      if (next.done) return;
      this.#lookAt(next.value);
    }
  }

  #lookAt(connection: Connection): void {
    const { clock, onOffence } = this.#parts;
    if (connection.isClosing) return;
    if (connection.engine.readyState === 'closed') connection.terminateSoon();
    else if (connection.isNotReading(clock())) onOffence(connection, 'not-reading');
    else if (connection.isFlooding()) onOffence(connection, 'flood');
    else connection.askWhetherItReads(clock());
  }
}
