import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { Change } from '../../shared/change.ts';
import { formatPosition, parsePosition } from '../../shared/position.ts';
import type { FollowReply } from '../../shared/protocol.ts';
import { clientFrame, FrameReader, pongFrame } from './frames.ts';
import { type Seen, take } from './soak-day.ts';

/** What all followers of a process share. */
export interface Surroundings {
  port: number;
  timeline: string;
  /** The day as the page has it now. */
  fetchDay: () => Promise<Seen>;
  /** Parses a packet, once for all followers that get the same. */
  parse: (text: string) => unknown;
  tally: Tally;
  onFault: (fault: string) => void;
}

export interface Tally {
  delivered: number;
  caughtUp: number;
  connects: number;
  resets: number;
  behindHead: number;
  silences: number;
}

const shared = Buffer.alloc(64 * 1024);
const opcodes = { text: 0x1, close: 0x8, ping: 0x9 };
/** The contract’s: who hears nothing for so long reconnects. */
const silenceMs = 25_000;
const answerMs = 20_000;
const backOffMostMs = 5_000;

/** A reader for a whole day, as the contract wants it: position, gap, reset, reconnection with full jitter. */
export class SoakFollower {
  readonly #around: Surroundings;
  #seen: Seen | null = null;
  #socket: Socket | null = null;
  #frames: FrameReader | null = null;
  #upgraded = false;
  #live = false;
  #asked = 0;
  #askedAt: number | null = null;
  #heardAt = 0;
  #failures = 0;
  #timer: NodeJS.Timeout | null = null;
  #away = true;
  #stalled = false;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  get seen(): Seen | null {
    return this.#seen;
  }

  get isLive(): boolean {
    return this.#live;
  }

  come(): void {
    this.#away = false;
    this.#later(0);
  }

  leave(): void {
    this.#away = true;
    this.#stalled = false;
    if (this.#timer) clearTimeout(this.#timer);
    this.#drop();
  }

  /** Stops reading: nothing is taken from the kernel any more, no ping is answered. */
  stall(): void {
    if (!this.#socket || !this.#live) return;
    this.#stalled = true;
    this.#socket.pause();
  }

  wake(): void {
    if (!this.#stalled) return;
    this.#stalled = false;
    this.#heardAt = performance.now();
    this.#socket?.resume();
  }

  /** To be called each second. */
  watch(now: number): void {
    if (this.#away || this.#stalled || !this.#socket) return;
    const unanswered = this.#askedAt !== null && now - this.#askedAt > answerMs;
    if (now - this.#heardAt <= silenceMs && !unanswered) return;
    this.#around.tally.silences += 1;
    this.#again();
  }

  async #open(): Promise<void> {
    try {
      this.#seen ??= await this.#around.fetchDay();
    } catch {
      this.#failures += 1;
      this.#later();
      return;
    }
    if (this.#away) return;
    this.#upgraded = false;
    this.#heardAt = performance.now();
    this.#askedAt = null;
    this.#frames = new FrameReader((opcode, bytes, start, end) => this.#frame(opcode, bytes, start, end));
    const socket: Socket = connect({
      port: this.#around.port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer: shared, callback: (length): boolean => this.#read(socket, shared.subarray(0, length)) },
    });
    this.#socket = socket;
    socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${this.#around.port}\r\n` +
        'Connection: Upgrade\r\nUpgrade: websocket\r\nOrigin: https://live.example.org\r\n' +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    );
    // `close` follows, and says the same.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.#socket === socket) this.#again();
    });
  }

  /** Full jitter: anything up to twice as long as the last time at most. */
  #later(ms = Math.random() * Math.min(backOffMostMs, 250 * 2 ** this.#failures)): void {
    if (this.#away) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#open(), ms);
  }

  #again(): void {
    this.#failures += 1;
    this.#drop();
    this.#later();
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#live = false;
    this.#stalled = false;
    socket?.destroy();
  }

  #read(socket: Socket, bytes: Buffer): boolean {
    if (socket !== this.#socket) return true;
    this.#heardAt = performance.now();
    if (this.#upgraded) this.#frames?.read(bytes);
    else this.#upgrade(bytes);
    return true;
  }

  #upgrade(bytes: Buffer): void {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0 || !bytes.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) {
      this.#again();
      return;
    }
    this.#upgraded = true;
    if (bytes.length > end + 4) this.#frames?.read(bytes.subarray(end + 4));
  }

  #frame(opcode: number, bytes: Buffer, start: number, end: number): void {
    if (opcode === opcodes.text) this.#packet(bytes.toString('utf8', start, end));
    else if (opcode === opcodes.ping) this.#socket?.write(pongFrame(bytes.subarray(start, end)));
    else if (opcode === opcodes.close) this.#again();
  }

  #packet(text: string): void {
    if (text.startsWith('42[')) this.#event(this.#around.parse(text.slice(2)) as [string, unknown]);
    else if (text === '2') this.#socket?.write(clientFrame('3'));
    else if (text.startsWith('43')) this.#answer(text);
    else if (text.startsWith('40')) this.#follow();
    else if (text.startsWith('0')) this.#socket?.write(clientFrame('40'));
    else if (text.startsWith('41')) this.#again();
    else if (text.startsWith('44')) this.#around.onFault(`refused: ${text.slice(0, 200)}`);
  }

  #follow(): void {
    if (!this.#seen) return;
    this.#asked += 1;
    this.#askedAt = performance.now();
    const request = { timeline: this.#around.timeline, since: formatPosition(this.#seen.position) };
    this.#socket?.write(clientFrame(`42${this.#asked}${JSON.stringify(['follow', request])}`));
  }

  #answer(text: string): void {
    const bracket = text.indexOf('[');
    if (Number(text.slice(2, bracket)) !== this.#asked) return;
    this.#askedAt = null;
    const [reply] = this.#around.parse(text.slice(bracket)) as [FollowReply];
    if (!reply.ok) {
      // A server that has just come up may not know its store yet: whoever is refused comes again.
      if (reply.error.status !== 503) this.#around.onFault(`not followed: ${JSON.stringify(reply).slice(0, 200)}`);
      this.#again();
    } else if ('reset' in reply) void this.#startOver();
    else this.#caughtUp(reply.changes, reply.position);
  }

  #caughtUp(changes: readonly Change[], position: string): void {
    const { tally, onFault } = this.#around;
    for (const change of changes) this.#take(change, 'catching up');
    tally.caughtUp += changes.length;
    if (this.#seen && formatPosition(this.#seen.position) !== position)
      onFault(`catching up: at ${formatPosition(this.#seen.position)} when told to be at ${position}`);
    if (!this.#live) tally.connects += 1;
    this.#live = true;
    this.#failures = 0;
  }

  /** Told to start over: the page is fetched again, and followed from where it stands. */
  async #startOver(): Promise<void> {
    this.#around.tally.resets += 1;
    const socket = this.#socket;
    this.#seen = null;
    try {
      this.#seen = await this.#around.fetchDay();
      if (this.#socket === socket) this.#follow();
    } catch {
      if (this.#socket === socket) this.#again();
    }
  }

  #event([name, content]: [string, unknown]): void {
    // While an answer is on its way: it has these changes too.
    if (this.#askedAt !== null || !this.#seen || !this.#live) return;
    if (name === 'head') this.#head((content as { position: string }).position);
    if (name !== 'change') return;
    const change = content as Change;
    if (change.seq > this.#seen.position.seq + 1) {
      this.#around.onFault(`hole: ${change.seq} after ${this.#seen.position.seq}`);
      this.#follow();
      return;
    }
    this.#take(change, 'live');
    this.#around.tally.delivered += 1;
  }

  #head(text: string): void {
    const head = parsePosition(text);
    const mine = this.#seen?.position;
    if (!head || !mine || (head.epoch === mine.epoch && head.seq <= mine.seq)) return;
    this.#around.tally.behindHead += 1;
    this.#follow();
  }

  #take(change: Change, when: string): void {
    if (!this.#seen) return;
    for (const fault of take(this.#seen, change)) this.#around.onFault(`${when}: ${fault}`);
  }
}
