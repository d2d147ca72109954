import { type EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, expect, test } from '@jest/globals';
import { Server, type Socket } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { forgetRequest, releaseResponse } from '../../server/live/forget-request.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

test('LIVE55 a socket keeps nothing of what its reader’s browser said of itself, and works on', async () => {
  const server = createServer();
  const allowRequest = (request: IncomingMessage, decide: (refusal: null, allowed: boolean) => void): void => {
    releaseResponse(request);
    decide(null, true);
  };
  const io = new Server(server, { transports: ['websocket'], allowRequest });
  ends.push(() => io.close());
  io.on('connection', (socket) => {
    forgetRequest(socket);
    socket.on('echo', (word: string, answer: (word: string) => void) => answer(word));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const connected = once(io, 'connection') as Promise<[Socket]>;
  const extraHeaders = { 'User-Agent': 'Netscape/1.0', Referer: 'https://example.org/private' };
  const client = connect(`http://127.0.0.1:${port}/?mark=secret`, { transports: ['websocket'], extraHeaders });
  ends.push(() => client.disconnect());

  const [socket] = await connected;
  const { headers, url, rawHeaders } = socket.request;
  const kept = inspect([headers, url, rawHeaders, socket.handshake, socket.conn.remoteAddress], { depth: 9 });
  expect(kept).not.toMatch(/Netscape|private|secret|127\.0\.0\.1/);
  const below = socket.conn.transport as unknown as { socket: { _socket: EventEmitter } };
  // Only that of the WebSocket itself: what Engine.IO adds would hold its request.
  expect(below.socket._socket.listenerCount('close')).toBe(1);
  expect(await client.emitWithAck('echo', 'still here')).toBe('still here');
});
