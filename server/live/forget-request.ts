import type { IncomingMessage } from 'node:http';
import type { Socket as NetSocket } from 'node:net';
import type { Socket } from 'socket.io';

const nothing: Readonly<Record<string, never>> = Object.freeze({});

/** Stands for the request that a socket began with: all that is asked of it later, and the connection. */
class ForgottenRequest {
  readonly socket: NetSocket;

  constructor(socket: NetSocket) {
    this.socket = socket;
  }

  get connection(): NetSocket {
    return this.socket;
  }

  get headers(): typeof nothing {
    return nothing;
  }

  get _query(): typeof nothing {
    return nothing;
  }

  get url(): string {
    return '';
  }
}

/**
 * Socket.IO keeps with every socket the HTTP request that it began with, headers, query and address, as long as it lives.
 * Nobody asks for them once it is admitted: they are a tenth of a follower’s memory, and more about a reader than need be known.
 */
export function forgetRequest(socket: Pick<Socket, 'conn' | 'handshake'>): void {
  const { conn } = socket;
  Object.assign(conn, { request: new ForgottenRequest(conn.request.socket), remoteAddress: '' });
  Object.assign(socket, { handshake: emptyHandshake });
}

/**
 * To be called when a handshake begins. Engine.IO makes a response for its middlewares, of which there are none here, and
 * a listener that holds it, and with it the request, for as long as the connection is open.
 */
export function releaseResponse({ socket }: IncomingMessage): void {
  const listeners = socket.listeners('close');
  const [only] = listeners;
  if (listeners.length === 1 && only) socket.off('close', only as () => void);
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
