/** A packet up to this length goes out as it is: a reader that gets 64 kB in a second has read it within `stuckMs`. */
const longBytes = 512 * 1_024;
const fragmentBytes = 128 * 1_024;

const text = 0x1;
const continuation = 0x0;
const ping = 0x9;
const last = 0x80;

/** What is used of a packet of Engine.IO’s beyond its published types. */
export interface EnginePacket {
  type: string;
  data?: unknown;
  options?: { wsPreEncodedFrame?: readonly Buffer[] };
}

/**
 * Cuts a long packet into fragments of one WebSocket message, with a question (see reading.ts) after each: else a reader on a
 * slow line could give no sign of reading for as long as the whole takes. `ask` is told how many bytes come before the
 * question. Leaves a packet that is short, or framed already.
 */
export function fragment(packet: EnginePacket, ask: (before: number) => Buffer): void {
  const { type, data, options } = packet;
  if (type !== 'message' || typeof data !== 'string' || data.length < longBytes / 3) return;
  if (options?.wsPreEncodedFrame) return;
  const bytes = Buffer.from(`4${data}`);
  if (bytes.length <= longBytes) return;
  const frames: Buffer[] = [];
  let before = 0;
  const push = (...parts: Buffer[]): void => {
    for (const part of parts) before += part.length;
    frames.push(...parts);
  };
  for (let at = 0; at < bytes.length; at += fragmentBytes) {
    const piece = bytes.subarray(at, at + fragmentBytes);
    const isLast = at + fragmentBytes >= bytes.length;
    push(head((at === 0 ? text : continuation) | (isLast ? last : 0), piece.length), piece);
    const word = ask(before);
    push(head(ping | last, word.length), word);
  }
  packet.options = { ...options, wsPreEncodedFrame: [Buffer.concat(frames)] };
}

/** Of a frame as a server sends it: unmasked. */
function head(first: number, length: number): Buffer {
  if (length < 126) return Buffer.from([first, length]);
  if (length < 65_536) return Buffer.from([first, 126, length >> 8, length & 0xff]);
  const bytes = Buffer.alloc(10);
  bytes.writeUInt8(first, 0);
  bytes.writeUInt8(127, 1);
  bytes.writeBigUInt64BE(BigInt(length), 2);
  return bytes;
}
