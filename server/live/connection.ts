import type { Socket as NetSocket } from 'node:net';
import type { Server, Socket } from 'socket.io';
import type { FollowerSocket } from './follower.ts';
import type { GatewayLimits } from './gateway-limits.ts';
import { type EnginePacket, fragment } from './long-packets.ts';
import { progressOf, Reading } from './reading.ts';

export type Engine = Socket['conn'];

/** What socket.io’s types do not show: the packets that wait, its WebSocket, and the TCP socket below. */
interface EngineInside {
  readonly writeBuffer: readonly unknown[];
  readonly transport: { readonly socket: WebSocketBelow };
}

export interface WebSocketBelow {
  readonly bufferedAmount: number;
  readonly readyState: number;
  on(event: 'ping' | 'pong', listener: (this: WebSocketBelow, word: Buffer) => void): void;
  on(event: 'close', listener: (this: WebSocketBelow) => void): void;
  readonly _socket: NetSocket | null;
  ping(word: Buffer): void;
  close(code: number, reason: string): void;
  pause(): void;
  terminate(): void;
}

const open = 1;

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
  /** Once it has said that it follows. */
  socket: FollowerSocket | null = null;
  readonly #limits: GatewayLimits;
  readonly #reading = new Reading();
  readonly #left: () => void;
  #tokens: number;
  #filledAt: number;
  #received = 0;
  #closing = false;

  /** `left` is called when nothing of it is open any more. */
  constructor(engine: Engine, limits: GatewayLimits, now: number, left: () => void) {
    this.engine = engine;
    this.#limits = limits;
    this.#left = left;
    this.#tokens = limits.packetBurst;
    this.#filledAt = now;
  }

  get below(): WebSocketBelow {
    return belowOf(this.engine);
  }

  /** Takes a packet in (a token bucket); false when this was one too many. */
  admits(now: number): boolean {
    const earned = (Math.max(0, now - this.#filledAt) * this.#limits.packetsPerSecond) / 1_000;
    this.#tokens = Math.min(this.#limits.packetBurst, this.#tokens + earned);
    this.#filledAt = now;
    this.#tokens -= 1;
    return this.#tokens >= 0;
  }

  /** Whether more bytes came since the last look than the packets it may send can have. To be asked once per sweep. */
  isFlooding(): boolean {
    const { packetBurst, packetsPerSecond, packetBytes, sweepMs } = this.#limits;
    const received = this.below._socket?.bytesRead ?? 0;
    const came = received - this.#received;
    this.#received = received;
    return came > (packetBurst + (packetsPerSecond * sweepMs) / 1_000) * packetBytes;
  }

  /** Bytes that were written for this socket and have not left. */
  get unsent(): number {
    return this.below.bufferedAmount;
  }

  /** Packets that wait because the reader has not taken the ones before them. */
  get queued(): number {
    return (this.engine as unknown as EngineInside).writeBuffer.length;
  }

  /** Puts a question behind what was sent, where it is time for one. */
  askWhetherItReads(now: number): void {
    const { below } = this;
    const written = below._socket?.bytesWritten ?? 0;
    if (below.readyState !== open || !this.#reading.isDue(written, now, this.#limits)) return;
    below.ping(this.#reading.ask(written, now));
  }

  /** Puts questions into a packet that would take a slow line too long without. */
  fragment(packet: EnginePacket, now: number): void {
    const written = this.below._socket?.bytesWritten ?? 0;
    fragment(packet, (before) => this.#reading.ask(written + before, now));
  }

  /** False where it was not asked for this. */
  takesAnswer(word: Buffer, now: number): boolean {
    return this.#reading.answer(word, this.below._socket?.bytesWritten ?? 0, now);
  }

  isNotReading(now: number): boolean {
    if (this.queued > this.#limits.queuedPackets) return true;
    return this.#reading.isOver(progressOf(this.below._socket), now, this.#limits);
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
    const { below } = this;
    if (this.#closing) return;
    this.#closing = true;
    // Socket.IO would hang up at once on what it no longer expects, and the reason would never leave.
    this.engine.removeAllListeners('data');
    if (closing === 'not-reading') {
      below.terminate();
      return;
    }
    this.terminateSoon();
    if (closing === 'flood') below.pause();
    const { code, reason } = closings[closing];
    // What was written last, the reason, has to leave before the door shuts.
    if (this.engine.transport.writable) below.close(code, reason);
    else void this.drained().then(() => below.close(code, reason));
  }

  /**
   * Socket.IO says goodbye and turns away, which is earlier than all being closed: who does not answer the goodbye would
   * stay, uncounted, for the 30 s of the protocol.
   */
  terminateSoon(): void {
    this.#closing = true;
    setTimeout(() => this.below.terminate(), farewellMs).unref();
  }

  gone(): void {
    this.#left();
  }
}

export const belowOf = (engine: Engine): WebSocketBelow => (engine as unknown as EngineInside).transport.socket;

/** Calls back for every socket that opens, before Socket.IO has heard of it: those that never say so count as well. */
export function onEachEngine(io: Server, callback: (engine: Engine) => void): void {
  io.engine.on('connection', callback);
}
