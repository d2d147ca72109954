/** One whole message or control frame of a server: never masked. The bytes are lent and change after the callback. */
export type OnFrame = (opcode: number, bytes: Buffer, start: number, end: number) => void;

const text = 0x1;
const close = 0x8;
const last = 0x80;
const wholeText = last | text;

/**
 * Cuts a stream of bytes into WebSocket frames: just enough of the protocol for a load client, which must cost far less
 * than the server that it measures.
 */
export class FrameReader {
  readonly #onFrame: OnFrame;
  #rest: Buffer | null = null;
  /** Of a message that comes in several frames. */
  #fragments: Buffer[] = [];

  constructor(onFrame: OnFrame) {
    this.#onFrame = onFrame;
  }

  read(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = 0;
    for (;;) {
      const body = bodyOf(bytes, at);
      if (!body || body.end > bytes.length) break;
      const first = bytes[at] ?? 0;
      if (first === wholeText || (first & 0x0f) >= close) this.#onFrame(first & 0x0f, bytes, body.start, body.end);
      else this.#fragment(first, bytes.subarray(body.start, body.end));
      at = body.end;
    }
    this.#rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : null;
  }

  #fragment(first: number, bytes: Buffer): void {
    this.#fragments.push(Buffer.from(bytes));
    if (first < last) return;
    const whole = Buffer.concat(this.#fragments.splice(0));
    this.#onFrame(text, whole, 0, whole.length);
  }
}

function bodyOf(bytes: Buffer, at: number): { start: number; end: number } | null {
  if (bytes.length < at + 2) return null;
  const short = (bytes[at + 1] ?? 0) & 0x7f;
  if (short < 126) return { start: at + 2, end: at + 2 + short };
  if (short === 126) {
    if (bytes.length < at + 4) return null;
    return { start: at + 4, end: at + 4 + bytes.readUInt16BE(at + 2) };
  }
  if (bytes.length < at + 10) return null;
  return { start: at + 10, end: at + 10 + Number(bytes.readBigUInt64BE(at + 2)) };
}

/** A short text as a client frames it: masked, as the protocol wants, with a mask of zeros. */
export function clientFrame(text: string): Buffer {
  const body = Buffer.from(text);
  if (body.length > 125) {
    const head = Buffer.from([0x81, 0xfe, body.length >> 8, body.length & 0xff, 0, 0, 0, 0]);
    return Buffer.concat([head, body]);
  }
  return Buffer.concat([Buffer.from([0x81, 0x80 | body.length, 0, 0, 0, 0]), body]);
}

/** The answer to a ping of up to 125 bytes, which gives back what it brought. */
export const pongFrame = (word: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x8a, 0x80 | word.length, 0, 0, 0, 0]), word]);
