import type { Socket } from 'socket.io';

/** What a socket of the newsroom came with, as it is looked at again and again. */
export interface Credentials {
  /** A bearer token, or null. */
  authorization: string | null;
  cookie: string | null;
  origin: string | null;
  host: string | null;
  address: string;
}

export function credentialsOf(socket: Socket, address: string): Credentials {
  const { headers, auth } = socket.handshake;
  const token: unknown = auth['token'];
  const header = headers.authorization ?? null;
  return {
    authorization: typeof token === 'string' ? `Bearer ${token}` : header,
    cookie: headers.cookie ?? null,
    origin: headers.origin ?? null,
    host: headers.host ?? null,
    address,
  };
}
