import type { Socket as NetSocket } from 'node:net';
import type { Server, Socket } from 'socket.io';
import type { GatewayLimits } from './gateway-limits.ts';
import { Patience, unsentBytes } from './patience.ts';

type Engine = Socket['conn'];

/** What socket.io’s types do not show: the packets that wait, its WebSocket, and the TCP socket below. */
interface EngineInside {
  readonly writeBuffer: readonly unknown[];
  readonly transport: { readonly socket?: WebSocketBelow };
}

interface WebSocketBelow {
  readonly bufferedAmount: number;
  on(event: 'ping' | 'pong', listener: () => void): void;
  once(event: 'close', listener: () => void): void;
  readonly _socket: NetSocket | null;
  close(code: number, reason: string): void;
  pause(): void;
  terminate(): void;
}

/** WebSocket close codes: those of 4000–4999 mirror the HTTP status that says the same. */
export const closings = {
  malformed: { code: 4400, reason: 'malformed packet' },
  flood: { code: 4429, reason: 'too many packets' },
  'not-reading': { code: 4408, reason: 'not reading' },
  shutdown: { code: 1001, reason: 'shutting down' },
} as const;

export type Closing = keyof typeof closings;

/** The close handshake gets this long; a flood must not be listened to for ws’s own 30 s. */
const farewellMs = 1_000;

/** One open socket below Socket.IO: meters what it sends and watches whether it reads. */
export class Connection {
  readonly engine: Engine;
  readonly #limits: GatewayLimits;
  readonly #patience: Patience;
  #tokens: number;
  #filledAt: number;
  #received = 0;
  #closing = false;

  constructor(engine: Engine, limits: GatewayLimits, now: number) {
    this.engine = engine;
    this.#limits = limits;
    this.#patience = new Patience(limits.stuckMs);
    this.#tokens = limits.packetBurst;
    this.#filledAt = now;
  }

  /** Takes a packet in (a token bucket); false when this was one too many. */
  admits(now: number): boolean {
    const earned = (Math.max(0, now - this.#filledAt) * this.#limits.packetsPerSecond) / 1_000;
    this.#tokens = Math.min(this.#limits.packetBurst, this.#tokens + earned);
    this.#filledAt = now;
    this.#tokens -= 1;
    return this.#tokens >= 0;
  }

  /**
   * Calls back for each of WebSocket’s own pings and pongs. Socket.IO never hears of them, but every ping is answered: a
   * flood of them costs as much as one of packets, and who reads none of the answers lets them pile up here.
   */
  onControlFrame(callback: () => void): void {
    this.#below()?.on('ping', callback);
    this.#below()?.on('pong', callback);
  }

  /**
   * Calls back when nothing of it is open any more, which is later than Socket.IO thinks: it says goodbye and turns away,
   * and who does not answer the goodbye would stay, uncounted, for the 30 s of the protocol.
   */
  onGone(callback: () => void): void {
    const below = this.#below();
    if (!below) return void this.engine.once('close', callback);
    below.once('close', callback);
    this.engine.once('close', () => setTimeout(() => below.terminate(), farewellMs).unref());
  }

  /** Whether more bytes came since the last look than the packets it may send can have. To be asked once per sweep. */
  isFlooding(): boolean {
    const { packetBurst, packetsPerSecond, packetBytes, sweepMs } = this.#limits;
    const received = this.#below()?._socket?.bytesRead ?? 0;
    const came = received - this.#received;
    this.#received = received;
    return came > (packetBurst + (packetsPerSecond * sweepMs) / 1_000) * packetBytes;
  }

  /** Bytes that were written for this socket and have not left. */
  get unsent(): number {
    return this.#below()?.bufferedAmount ?? 0;
  }

  /** Packets that wait because the reader has not taken the ones before them. */
  get queued(): number {
    return this.#inside().writeBuffer.length;
  }

  isNotReading(now: number): boolean {
    if (this.queued > this.#limits.queuedPackets) return true;
    return this.#patience.isOver(unsentBytes(this.#below()?._socket ?? null), now);
  }

  /** Resolves when all that was written has left, or the socket is gone. */
  drained(): Promise<void> {
    const { engine } = this;
    if (engine.readyState !== 'open' || engine.transport.writable) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        engine.transport.off('ready', done);
        engine.off('close', done);
        resolve();
      };
      engine.transport.on('ready', done);
      engine.on('close', done);
    });
  }

  /** Whether it has been told to go. */
  get isClosing(): boolean {
    return this.#closing;
  }

  close(closing: Closing): void {
    const below = this.#below();
    if (!below || this.#closing) return;
    this.#closing = true;
    // Socket.IO would hang up at once on what it no longer expects, and the reason would never leave.
    this.engine.removeAllListeners('data');
    if (closing === 'not-reading') {
      below.terminate();
      return;
    }
    setTimeout(() => below.terminate(), farewellMs).unref();
    if (closing === 'flood') below.pause();
    const { code, reason } = closings[closing];
    // What was written last, the reason, has to leave before the door shuts.
    if (this.engine.transport.writable) below.close(code, reason);
    else void this.drained().then(() => below.close(code, reason));
  }

  #below(): WebSocketBelow | null {
    return this.#inside().transport.socket ?? null;
  }

  #inside(): EngineInside {
    return this.engine as unknown as EngineInside;
  }
}

/** Calls back for every socket that opens, before Socket.IO has heard of it: those that never say so count as well. */
export function onEachEngine(io: Server, callback: (engine: Engine) => void): void {
  io.engine.on('connection', callback);
}
