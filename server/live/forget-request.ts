import type { Socket } from 'socket.io';

const nothing: Readonly<Record<string, never>> = Object.freeze({});

/**
 * Socket.IO keeps with every socket the HTTP request that it began with, headers, query and address, as long as it lives.
 * Nobody asks for them once it is admitted: they are a tenth of a follower’s memory, and more about a reader than need be known.
 */
export function forgetRequest(socket: Pick<Socket, 'request' | 'handshake'>): void {
  const { request } = socket;
  request.headers = nothing;
  request.rawHeaders = [];
  Object.assign(request, { _query: nothing });
  Object.assign(socket, { handshake: emptyHandshake });
}

const emptyHandshake = {
  headers: nothing,
  query: nothing,
  auth: nothing,
  time: '',
  address: '',
  url: '',
  xdomain: false,
  secure: false,
  issued: 0,
};
