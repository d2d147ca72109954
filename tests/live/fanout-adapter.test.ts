import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket as TcpSocket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Server, type Socket } from 'socket.io';
import { WebSocket } from 'ws';
import { FanoutAdapter, fanoutOf } from '../../server/live/fanout-adapter.ts';
import { waitFor } from '../support/wait-for.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Reader {
  ws: WebSocket;
  /** Event packets in the order they came, as JSON. */
  heard: string[];
  /** The server’s side of it. */
  socket: Socket;
}

async function start(adapter: typeof FanoutAdapter | undefined = FanoutAdapter) {
  const server = createServer();
  const io = new Server(server, { transports: ['websocket'], ...(adapter && { adapter }) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => io.close());
  const { port } = server.address() as AddressInfo;
  const fanout = fanoutOf(io);

  const open = async (): Promise<{ ws: WebSocket; heard: string[] }> => {
    const ws = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
    const heard: string[] = [];
    ws.on('message', (data) => {
      const text = String(data);
      if (text.startsWith('42') || text.startsWith('45')) heard.push(text.slice(text.indexOf('[')));
    });
    ends.push(() => ws.terminate());
    await once(ws, 'message');
    return { ws, heard };
  };
  const reader = async (...rooms: string[]): Promise<Reader> => {
    const { ws, heard } = await open();
    const connected = once(io, 'connection') as Promise<[Socket]>;
    ws.send('40');
    const [socket] = await connected;
    await socket.join(rooms);
    return { ws, heard, socket };
  };
  return { io, fanout, open, reader, say: (room: string, ...words: unknown[]) => io.to(room).emit('say', ...words) };
}

const said = (...words: unknown[]): string => JSON.stringify(['say', ...words]);
const tcpOf = ({ socket }: Reader): TcpSocket =>
  (socket.conn.transport as unknown as { socket: { _socket: TcpSocket } }).socket._socket;

/** Stops reading until the server has bytes for this reader that the kernel does not take. */
async function stuff(node: Awaited<ReturnType<typeof start>>, reader: Reader, room: string): Promise<string[]> {
  const sent: string[] = [];
  reader.ws.pause();
  await waitFor(() => {
    const word = `${sent.length}`.padEnd(200_000, '-');
    sent.push(said(word));
    node.say(room, word);
    return tcpOf(reader).writableLength > 0;
  }, 'a socket that is not idle');
  return sent;
}

describe('broadcasts', () => {
  test('LIVE50 what is broadcast in one turn reaches each idle socket in one write', async () => {
    const node = await start();
    const readers = await Promise.all(Array.from({ length: 5 }, () => node.reader('a')));
    const written = readers.map(() => 0);
    for (const [at, reader] of readers.entries()) {
      const tcp = tcpOf(reader);
      const write = tcp.write.bind(tcp) as (bytes: Uint8Array) => boolean;
      tcp.write = ((bytes: Uint8Array) => {
        written[at] = (written[at] ?? 0) + 1;
        return write(bytes);
      }) as typeof tcp.write;
    }
    for (let word = 0; word < 20; word++) node.say('a', word);
    const all = Array.from({ length: 20 }, (_, word) => said(word));
    await waitFor(() => readers.every(({ heard }) => heard.length === 20));
    expect(readers.map(({ heard }) => heard)).toEqual(readers.map(() => all));
    expect(written).toEqual([1, 1, 1, 1, 1]);
  });

  test('LIVE51 the libraries are built inside as the fast way expects: idle sockets go that way, all of them', async () => {
    const node = await start();
    const readers = await Promise.all(Array.from({ length: 3 }, () => node.reader('a')));
    for (let word = 0; word < 4; word++) {
      node.say('a', word);
      await waitFor(() => readers.every(({ heard }) => heard.length === word + 1));
    }
    expect(node.fanout?.served).toEqual({ joined: 12, ordinary: 0 });
  });

  test.each([1, 60, 110, 118, 119, 200, 65_510, 65_522, 65_523, 80_000])(
    'LIVE52 a text of %i characters arrives whole, also between others',
    async (length) => {
      const node = await start();
      const reader = await node.reader('a');
      const words = ['before', 'x'.repeat(length), 'é—ї'.repeat(length), 'after'];
      for (const word of words) node.say('a', word);
      await waitFor(() => reader.heard.length === 4);
      expect(reader.heard).toEqual(words.map((word) => said(word)));
    },
  );

  test('LIVE53 a socket that is not idle gets the same, in the same order, once it reads again', async () => {
    const node = await start();
    const [slow, quick] = [await node.reader('a'), await node.reader('a')];
    const sent = await stuff(node, slow, 'a');
    const joinedOnly = (node.fanout?.served.ordinary ?? 0) === 0;
    for (let word = 0; word < 50; word++) {
      node.say('a', word);
      sent.push(said(word));
    }
    await waitFor(() => quick.heard.length === sent.length);
    expect(joinedOnly).toBe(true);
    expect(node.fanout?.served.ordinary).toBeGreaterThan(0);
    expect(slow.heard.length).toBeLessThan(sent.length);
    slow.ws.resume();
    await waitFor(() => slow.heard.length >= sent.length);
    node.say('a', 'last');
    await waitFor(() => slow.heard.at(-1) === said('last'));
    expect(slow.heard).toEqual([...sent, said('last')]);
    expect(quick.heard.slice(0, sent.length)).toEqual(sent);
  });

  test('LIVE54 who joins gets nothing of before, who leaves all of it, whatever the turn', async () => {
    const node = await start();
    const [stays, comes, goes] = [await node.reader('a'), await node.reader(), await node.reader('a')];
    node.say('a', 'one');
    comes.socket.join('a');
    node.say('a', 'two');
    goes.socket.leave('a');
    node.say('a', 'three');
    await waitFor(() => stays.heard.length === 3 && comes.heard.length === 2);
    comes.socket.emit('say', 'bye');
    goes.socket.emit('say', 'bye');
    await waitFor(() => comes.heard.at(-1) === said('bye') && goes.heard.at(-1) === said('bye'));
    expect(stays.heard).toEqual([said('one'), said('two'), said('three')]);
    expect(comes.heard).toEqual([said('two'), said('three'), said('bye')]);
    expect(goes.heard).toEqual([said('one'), said('two'), said('bye')]);
  });

  test('LIVE54 an answer that follows a join comes after everything that was broadcast before it', async () => {
    const node = await start();
    const reader = await node.reader('a');
    node.say('a', 'one');
    reader.socket.join('a');
    reader.socket.emit('say', 'answer');
    node.say('a', 'two');
    await waitFor(() => reader.heard.length === 3);
    expect(reader.heard).toEqual([said('one'), said('answer'), said('two')]);
  });

  test('LIVE53 a socket in the middle of its handshake hears nothing, and all that comes after it', async () => {
    const node = await start();
    const early = await node.reader('a');
    const { ws, heard } = await node.open();
    node.say('a', 'one');
    await waitFor(() => early.heard.length === 1);
    const connected = once(node.io, 'connection') as Promise<[Socket]>;
    ws.send('40');
    const [socket] = await connected;
    socket.join('a');
    node.say('a', 'two');
    await waitFor(() => heard.length > 0);
    expect(heard).toEqual([said('two')]);
  });

  test('LIVE53 a socket that goes away between broadcast and write disturbs nobody', async () => {
    const node = await start();
    const [stays, ...others] = await Promise.all(Array.from({ length: 4 }, () => node.reader('a')));
    const [closes, breaks, leaves] = others;
    const gone = Promise.all(others.map(({ socket }) => once(socket, 'disconnect')));
    node.say('a', 'one');
    closes?.socket.disconnect(true);
    if (breaks) tcpOf(breaks).destroy();
    leaves?.socket.conn.close();
    node.say('a', 'two');
    await gone;
    node.say('a', 'three');
    await waitFor(() => stays?.heard.length === 3);
    expect(stays?.heard).toEqual([said('one'), said('two'), said('three')]);
  });

  test('LIVE53 broadcasts out of the ordinary keep their place among the others', async () => {
    const node = await start();
    const [reader, left] = [await node.reader('a', 'b'), await node.reader('a', 'c')];
    node.say('a', 'one');
    node.io.to('a').except('c').emit('say', 'two');
    node.say('a', 'three');
    node.io.to('a').volatile.emit('say', 'four');
    node.io.to(['a', 'b']).emit('say', 'five');
    node.io.emit('say', 'six');
    const answered = node.io.to('b').timeout(2_000).emitWithAck('say', 'seven');
    node.say('a', 'eight');
    await waitFor(() => [reader, left].every(({ heard }) => heard.includes(said('eight'))));
    reader.ws.send('430[]');
    await answered;
    // A volatile one may be dropped, and is where the one before it is still being written.
    const heardBy = ({ heard }: Reader): string[] => heard.filter((text) => text !== said('four'));
    expect(heardBy(reader)).toEqual(['one', 'two', 'three', 'five', 'six', 'seven', 'eight'].map((word) => said(word)));
    expect(heardBy(left)).toEqual(['one', 'three', 'five', 'six', 'eight'].map((word) => said(word)));
  });

  test('LIVE53 bytes go Socket.IO’s own way and keep their place', async () => {
    const node = await start();
    const reader = await node.reader('a');
    node.say('a', 'one');
    node.say('a', Buffer.from('two'));
    node.say('a', 'three');
    await waitFor(() => reader.heard.length === 3);
    expect(reader.heard).toEqual([said('one'), said({ _placeholder: true, num: 0 }), said('three')]);
  });
});
