import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { Server, type Socket } from 'socket.io';
import { WebSocket } from 'ws';
import { FanoutAdapter, fanoutOf } from '../../server/live/fanout-adapter.ts';
import { waitFor } from '../support/wait-for.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** mulberry32: the seed of a failure is in the title of its test. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Reader {
  ws: WebSocket;
  socket: Socket;
  heard: string[];
  /** By room, what it must hear: everything that was broadcast while it was in. */
  due: Map<string, string[]>;
  paused: boolean;
}

const rooms = ['a', 'b'];

async function open(io: Server, port: number): Promise<Reader> {
  const ws = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
  const heard: string[] = [];
  ws.on('message', (data) => {
    const [, word] = /^42\["say","([^"-]*)/.exec(String(data)) ?? [];
    if (word !== undefined) heard.push(word);
  });
  await once(ws, 'message');
  const connected = once(io, 'connection') as Promise<[Socket]>;
  ws.send('40');
  const [socket] = await connected;
  return { ws, socket, heard, due: new Map(rooms.map((room) => [room, []])), paused: false };
}

test.each([1, 2, 3, 4, 5, 6])(
  'LIVE53 nothing is lost, doubled or out of order under joining, leaving, stalling and closing (seed %i)',
  async (seed) => {
    const random = randomFrom(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const server = createServer();
    const io = new Server(server, { transports: ['websocket'], adapter: FanoutAdapter });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(() => io.close());
    const { port } = server.address() as AddressInfo;
    const all: Reader[] = [];
    for (let at = 0; at < 12; at++) all.push(await open(io, port));
    let live = [...all];
    ends.push(() => all.map(({ ws }) => ws.terminate()));

    for (let step = 0; step < 1_500; step++) {
      const reader = pick(live);
      const room = pick(rooms);
      const chance = random();
      if (chance < 0.5) {
        const word = `${room}${step}`;
        io.to(room).emit('say', word.padEnd(random() < 0.1 ? 60_000 : 20 + random() * 300, '-'));
        for (const { socket, due } of live) if (socket.rooms.has(room)) due.get(room)?.push(word);
      } else if (chance < 0.62) reader.socket.join(room);
      else if (chance < 0.68) reader.socket.leave(room);
      else if (chance < 0.74) {
        if (reader.paused) reader.ws.resume();
        else reader.ws.pause();
        reader.paused = !reader.paused;
      } else if (chance < 0.745 && live.length > 6) {
        live = live.filter((one) => one !== reader);
        reader.ws.terminate();
        await once(reader.socket, 'disconnect');
      } else if (chance < 0.9) await turn();
    }
    for (const { ws } of live) ws.resume();
    for (const { socket } of live) socket.emit('say', 'end');
    await turn();
    io.emit('say', 'end of all');
    await waitFor(() => live.every(({ heard }) => heard.at(-1) === 'end of all'), 'the end', { withinMs: 30_000 });
    for (const { heard, due } of live) {
      for (const room of rooms) expect(heard.filter((word) => word.startsWith(room))).toEqual(due.get(room));
    }
    expect(fanoutOf(io)?.served.joined).toBeGreaterThan(0);
    expect(fanoutOf(io)?.served.ordinary).toBeGreaterThan(0);
  },
);
