import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface FrameOptions {
  /** 0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong; others do not exist. */
  opcode?: number;
  last?: boolean;
  masked?: boolean;
  /** RSV1–3, which nothing of ours has agreed upon. */
  reserved?: number;
  /** What the header says, whatever is behind it. */
  length?: number | bigint;
}

/** A WebSocket frame, right or wrong. The mask is zeros: it must be there, and may say anything. */
export function frame(payload: string | Buffer, options: FrameOptions = {}): Buffer {
  const { opcode = 1, last = true, masked = true, reserved = 0 } = options;
  const body = Buffer.from(payload);
  const length = options.length ?? body.length;
  const first = (last ? 0x80 : 0) | ((reserved & 7) << 4) | (opcode & 15);
  const mask = masked ? 0x80 : 0;
  let head: Buffer;
  if (length < 126) head = Buffer.from([first, mask | Number(length)]);
  else if (length < 65_536) {
    head = Buffer.from([first, mask | 126, 0, 0]);
    head.writeUInt16BE(Number(length), 2);
  } else {
    head = Buffer.alloc(10);
    head[0] = first;
    head[1] = mask | 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, masked ? Buffer.alloc(4) : Buffer.alloc(0), body]);
}

/** The texts of the frames in what a server has sent: whole ones only, control frames left out. */
export function textsIn(bytes: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at + 2 <= bytes.length; ) {
    const opcode = (bytes[at] ?? 0) & 15;
    const short = (bytes[at + 1] ?? 0) & 127;
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (at + head > bytes.length) break;
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    if (at + head + length > bytes.length) break;
    if (opcode === 1) texts.push(bytes.toString('utf8', at + head, at + head + length));
    at += head + length;
  }
  return texts;
}

/** A connection to a server without anything that would keep it from misbehaving. */
export async function openTcp(url: string, localAddress = '127.0.0.1'): Promise<Socket> {
  const { port } = new URL(url);
  const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress });
  socket.on('error', () => undefined);
  socket.setNoDelay(true);
  await once(socket, 'connect');
  return socket;
}

export const upgrade = (path = '/socket.io/?EIO=4&transport=websocket'): string =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    '',
    '',
  ].join('\r\n');

/** Sends `bytes` to an open socket and resolves with all that came back until the server hung up, or `withinMs` had passed. */
export async function throwAt(url: string, bytes: Buffer, withinMs: number, localAddress?: string): Promise<Thrown> {
  const socket = await openTcp(url, localAddress);
  const chunks: Buffer[] = [];
  const closed = once(socket, 'close').then(() => true);
  socket.write(upgrade());
  // What comes before the answers is lost: nobody listens yet.
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (chunk.includes('0{"sid"') && !chunk.includes('40{')) socket.write(frame('40'));
      if (chunk.includes('40{"sid"')) resolve();
    });
    void closed.then(() => resolve());
  });
  socket.write(bytes);
  const waited = new Promise<false>((resolve) => setTimeout(resolve, withinMs, false).unref());
  const wasClosed = await Promise.race([closed, waited]);
  socket.destroy();
  const all = Buffer.concat(chunks);
  const end = all.indexOf('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(all.toString('latin1', 0, 20))?.[1] ?? 0);
  return { wasClosed, status, texts: textsIn(all.subarray(end + 4)) };
}

export interface Thrown {
  /** Whether the server hung up by itself. */
  wasClosed: boolean;
  /** Of the handshake; 0 where nothing came. */
  status: number;
  texts: string[];
}
