import type { Socket } from 'node:net';
import { waitFor } from '../support/wait-for.ts';
import { frame, openTcp, upgrade } from './ws-frames.ts';

export interface BareFollower {
  socket: Socket;
  /** Bytes so far. */
  received(): number;
  /** What it has been told: all of it with `since`, else the beginning. */
  text(): string;
  /** How many of WebSocket’s pings it has answered, which it does as long as it reads. */
  answered(): number;
  /** Resolves when the connection is gone. */
  gone: Promise<void>;
}

/** Of a ping with six bytes. In texts there are no such bytes. */
const pingHead = Buffer.from([0x89, 6]);

/** A follower of `gaza` without a library: it can stop reading while it goes on talking. */
export async function bareFollower(url: string, since?: string, localAddress?: string): Promise<BareFollower> {
  const socket = await openTcp(url, localAddress);
  let received = 0;
  let heard = '';
  let answered = 0;
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length;
    const ping = chunk.indexOf(pingHead);
    if (ping >= 0) {
      socket.write(frame(chunk.subarray(ping + 2, ping + 8), { opcode: 10 }));
      answered += 1;
    }
    if (since !== undefined || heard.length < 2_000) heard += chunk.toString('latin1');
  });
  const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.write(upgrade());
  await waitFor(() => heard.includes('0{"sid"'), 'the handshake');
  socket.write(frame('40'));
  await waitFor(() => heard.includes('40{"sid"'), 'the answer');
  socket.write(frame(`421["follow",{"timeline":"gaza"${since ? `,"since":"${since}"` : ''}}]`));
  if (!since) await waitFor(() => heard.includes('431['), 'the follow');
  return { socket, received: () => received, text: () => heard, answered: () => answered, gone };
}
