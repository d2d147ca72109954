import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { endAll, follow, range, record, seqs, startLive, whenDone } from '../live/support.ts';
import { waitFor } from '../support/wait-for.ts';
import { frame, openTcp, upgrade } from './ws-frames.ts';

afterEach(endAll);

/** A socket that has said it is Socket.IO and from then on does what no library would. */
async function rogue(url: string) {
  const socket = await openTcp(url);
  whenDone(() => void socket.destroy());
  let heard = '';
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1');
  });
  socket.write(upgrade());
  await waitFor(() => heard.includes('0{"sid"'), 'the handshake');
  socket.write(frame('40'));
  await waitFor(() => heard.includes('40{"sid"'), 'the answer');
  return { socket, gone: new Promise((resolve) => socket.once('close', resolve)), heard: () => heard };
}

/** Writes the same again and again, for as long as it is let. */
function pour(socket: Socket, bytes: Buffer): void {
  const once = (): void => void (socket.writable && socket.write(bytes, () => setImmediate(once)));
  once();
}

/** Floods that no packet of Socket.IO’s comes of. */
const floods: [string, Buffer][] = [
  ['WebSocket’s own pings', frame('x'.repeat(125), { opcode: 9 })],
  ['WebSocket’s own pongs', frame('x'.repeat(125), { opcode: 10 })],
  ['forged answers to pings', frame('3')],
];

/** One answer to a ping, in a thousand pieces of which all but one are empty. */
const inPieces = Buffer.concat([
  frame('3', { last: false }),
  ...range(1, 998).map(() => frame('', { opcode: 0, last: false })),
  frame('', { opcode: 0 }),
]);

describe('a flood below Socket.IO', () => {
  test.each(floods)('ATK30 of %s is cut off, and nobody else notices', async (_, one) => {
    const node = await startLive({ packetBurst: 100, sweepMs: 50, packetBytes: 100 });
    const good = await node.connect();
    const heard = record(good);
    await follow(good);
    const { socket, gone } = await rogue(node.url);
    pour(socket, Buffer.concat(range(1, 1_000).map(() => one)));
    await node.post(10);
    await gone;
    await waitFor(() => node.gateway.connections === 1, 'it to be counted out');
    await waitFor(() => heard.changes.length >= 10, 'all changes');
    expect(seqs(heard.changes)).toEqual(range(1, 10));
  });

  test('ATK30 of bytes that make hardly a packet is cut off', async () => {
    const node = await startLive({ packetBurst: 5_000, sweepMs: 50, packetBytes: 100 });
    const { socket, gone } = await rogue(node.url);
    pour(socket, inPieces);
    await gone;
  });

  test('ATK31 who does not answer the goodbye is counted until he is gone, and is gone soon', async () => {
    const node = await startLive({ connectionsPerAddress: 5 });
    const rogues = await Promise.all(range(1, 5).map(() => rogue(node.url)));
    // A packet for a namespace that was never entered: Socket.IO itself hangs up.
    for (const { socket } of rogues) socket.write(frame('42/nowhere,["x"]'));
    await waitFor(() => rogues.every(({ heard }) => heard().includes('\u0088')), 'the goodbyes');
    const late = await openTcp(node.url);
    late.write(upgrade());
    const [answer] = (await once(late, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 429 /);
    await Promise.all(rogues.map(({ gone }) => gone));
    await waitFor(() => node.gateway.connections === 0, 'them to be counted out');
    await node.connect();
  });
});
