import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { monotonicMs } from '../support/clock.ts';
import { clientFrame, FrameReader, pongFrame } from './frames.ts';

/** How a follower joins: a bare WebSocket that is sent changes from the start, or Socket.IO 4 with `follow`. */
export type Dialect = { kind: 'bare' } | { kind: 'socket.io'; follow: { timeline: string; since?: string } | null };

export interface FollowerOptions {
  port: number;
  dialect: Dialect;
  /** Called for each change: its seq, and when the bytes were read (monotonic ms). */
  onChange: (seq: number, atMs: number) => void;
  /** Called for what must not happen: a hole, a doubled change, an unexpected end. */
  onFault: (fault: string) => void;
}

/** Read into by every socket of this process in turn: what is in it is used up before the next read. */
const shared = Buffer.alloc(64 * 1024);

/** How a change begins, up to its seq. */
const heads = {
  bare: Buffer.from('{"timeline":"bench","seq":'),
  'socket.io': Buffer.from('42["change",{"timeline":"bench","seq":'),
};

const text = 0x1;
const close = 0x8;
const ping = 0x9;

/** One reader with as little of a client as will do. Checks that changes come once and in order. */
export class RawFollower {
  readonly #options: FollowerOptions;
  readonly #socket: Socket;
  readonly #frames: FrameReader;
  readonly #head: Buffer;
  #opened: (() => void) | null = null;
  #upgraded = false;
  #seq: number | null = null;
  #ending = false;

  private constructor(options: FollowerOptions, opened: () => void) {
    this.#options = options;
    this.#opened = opened;
    this.#head = heads[options.dialect.kind];
    this.#frames = new FrameReader((opcode, bytes, start, end) => this.#frame(opcode, bytes, start, end));
    this.#socket = connect({
      port: options.port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (length) => this.#read(shared.subarray(0, length)),
      },
    });
    this.#socket.write(upgradeRequest(options));
    this.#socket.on('error', (error) => this.#gone(error.message));
    this.#socket.on('close', () => this.#gone('closed'));
  }

  /** Resolves when the server has let it in (and answered its `follow`). */
  static open(options: FollowerOptions): Promise<RawFollower> {
    return new Promise((resolve) => {
      const follower: RawFollower = new RawFollower(options, () => resolve(follower));
    });
  }

  end(): void {
    this.#ending = true;
    this.#socket.destroy();
  }

  #read(bytes: Buffer): boolean {
    if (this.#upgraded) this.#frames.read(bytes);
    else this.#upgrade(bytes);
    return true;
  }

  #upgrade(bytes: Buffer): void {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0 || !bytes.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) {
      this.#gone(`not upgraded: ${bytes.toString('latin1').split('\r\n')[0]}`);
      return;
    }
    this.#upgraded = true;
    if (this.#options.dialect.kind === 'bare') this.#done();
    if (bytes.length > end + 4) this.#frames.read(bytes.subarray(end + 4));
  }

  #frame(opcode: number, bytes: Buffer, start: number, end: number): void {
    if (opcode === text) {
      const head = this.#head;
      if (head.compare(bytes, start, Math.min(start + head.length, end)) === 0)
        this.#change(bytes, start + head.length);
      else if (this.#options.dialect.kind === 'socket.io') this.#talk(bytes.toString('utf8', start, end));
    } else if (opcode === ping) this.#socket.write(pongFrame(bytes.subarray(start, end)));
    else if (opcode === close) this.#gone(`closed by the server: ${bytes.toString('latin1', start, end)}`);
  }

  #change(bytes: Buffer, at: number): void {
    let seq = 0;
    for (let digit = (bytes[at] ?? 0) - 0x30; digit >= 0 && digit <= 9; digit = (bytes[++at] ?? 0) - 0x30) {
      seq = seq * 10 + digit;
    }
    if (this.#seq !== null && seq !== this.#seq + 1) this.#options.onFault(`seq ${seq} after ${this.#seq}`);
    this.#seq = seq;
    this.#options.onChange(seq, monotonicMs());
  }

  /** Engine.IO 4 and Socket.IO 5, as far as a follower gets to hear of them. */
  #talk(packet: string): void {
    const { dialect } = this.#options;
    const follow = dialect.kind === 'socket.io' ? dialect.follow : null;
    if (packet.startsWith('0')) this.#socket.write(clientFrame('40'));
    else if (packet === '2') this.#socket.write(clientFrame('3'));
    else if (packet.startsWith('40')) {
      if (follow) this.#socket.write(clientFrame(`420${JSON.stringify(['follow', follow])}`));
      else this.#done();
    } else if (packet.startsWith('430')) this.#followed(packet.slice(3));
    else if (packet.startsWith('44') || packet.startsWith('41')) this.#gone(packet);
  }

  #followed(reply: string): void {
    const [answer] = JSON.parse(reply) as [{ ok: boolean; position?: string; changes?: { seq: number }[] }];
    if (!answer.ok || !answer.changes) {
      this.#gone(`not followed: ${reply.slice(0, 200)}`);
      return;
    }
    const now = monotonicMs();
    for (const { seq } of answer.changes) this.#options.onChange(seq, now);
    this.#seq = Number(answer.position?.split(':')[1]);
    this.#done();
  }

  #done(): void {
    this.#opened?.();
    this.#opened = null;
  }

  #gone(why: string): void {
    if (this.#ending) return;
    this.#ending = true;
    this.#options.onFault(why);
    this.#done();
    this.#socket.destroy();
  }
}

/** What a browser says of itself: a server that keeps it with every socket shall be seen to. */
const browserHeaders =
  `User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36
Origin: https://live.example.org
Accept-Encoding: gzip, deflate, br, zstd
Accept-Language: en-GB,en;q=0.9,uk;q=0.8
Cache-Control: no-cache
Pragma: no-cache`.replaceAll('\n', '\r\n');

function upgradeRequest({ port, dialect }: FollowerOptions): string {
  const path = dialect.kind === 'bare' ? '/' : '/socket.io/?EIO=4&transport=websocket';
  return (
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${browserHeaders}\r\n` +
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`
  );
}
