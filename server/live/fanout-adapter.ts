import type { Server } from 'socket.io';
import { Adapter, type BroadcastOptions } from 'socket.io-adapter';

/**
 * What is used of the libraries beyond their published types. All of it is looked at before each use, so that a version
 * that is built otherwise costs speed and nothing else; tests/live/fanout-adapter.test.ts fails when that happens.
 */
interface EngineInside {
  readonly readyState: string;
  readonly upgrading: boolean;
  readonly writeBuffer?: readonly unknown[];
  readonly transport: TransportInside;
}
interface ClientInside {
  readonly conn: EngineInside;
  writeToEngine(encoded: readonly string[], options: PacketOptions): void;
}
interface TransportInside {
  readonly name: string;
  readonly writable: boolean;
  readonly socket?: WebSocketInside;
}
interface WebSocketInside {
  readonly readyState: number;
  readonly _sender?: { readonly _state: number; readonly _queue: readonly unknown[] };
  readonly _socket?: TcpSocket | null;
}
interface TcpSocket {
  readonly writable: boolean;
  readonly writableLength: number;
  write(bytes: Uint8Array): boolean;
}
interface SocketInside {
  readonly client: ClientInside;
  readonly _anyOutgoingListeners?: readonly unknown[];
}
interface PacketOptions {
  preEncoded: true;
  wsPreEncodedFrame: Buffer[];
}

interface Packet {
  type: number;
  nsp?: string;
  id?: number;
  data?: unknown;
}

/** A packet on its way to a room: as Socket.IO encodes it, and as the WebSocket frame that carries it. */
interface Prepared {
  encoded: readonly string[];
  frame: Buffer;
}

const open = 1;
const idleSender = 0;

/**
 * Carries broadcasts to a room with as few writes as may be, for a write costs the kernel more than all else: frames each
 * packet once for everybody, collects the packets of one turn of the event loop, and gives each idle socket all of them in
 * one write. A socket that is not idle (bytes or packets wait, it is closing, it is no WebSocket) gets each packet in
 * Socket.IO’s own way, which queues them; so the order on every socket stays that of the broadcasts.
 *
 * Membership counts at the moment of the broadcast: whoever joins or leaves has everything before that written first. Only a
 * packet that a socket is sent alone may overtake broadcasts of the same turn.
 */
export class FanoutAdapter extends Adapter {
  readonly #waiting = new Map<string, Prepared[]>();
  #turn: NodeJS.Immediate | null = null;
  /** Sockets served in the fast way, and in Socket.IO’s own, since the start. */
  readonly served = { joined: 0, ordinary: 0 };

  override broadcast(packet: Packet, options: BroadcastOptions): void {
    const room = simpleRoom(packet, options);
    const prepared = room === null ? null : this.#prepare(packet);
    if (room === null || prepared === null) {
      this.#flush();
      super.broadcast(packet, options);
      return;
    }
    const waiting = this.#waiting.get(room);
    if (waiting) waiting.push(prepared);
    else this.#waiting.set(room, [prepared]);
    this.#turn ??= setImmediate(() => this.#flush());
  }

  override broadcastWithAck(...all: Parameters<Adapter['broadcastWithAck']>): void {
    this.#flush();
    super.broadcastWithAck(...all);
  }

  override addAll(id: string, rooms: Set<string>): void {
    for (const room of rooms) this.#flushRoom(room);
    super.addAll(id, rooms);
  }

  override del(id: string, room: string): void {
    this.#flushRoom(room);
    super.del(id, room);
  }

  override close(): void {
    this.#flush();
    super.close();
  }

  #prepare(packet: Packet): Prepared | null {
    packet.nsp = this.nsp.name;
    const encoded: unknown[] = this.nsp.server.encoder.encode(packet);
    const [text] = encoded;
    return encoded.length === 1 && typeof text === 'string' ? { encoded: [text], frame: textFrame(`4${text}`) } : null;
  }

  #flush(): void {
    if (this.#turn) clearImmediate(this.#turn);
    this.#turn = null;
    for (const room of [...this.#waiting.keys()]) this.#flushRoom(room);
  }

  #flushRoom(room: string): void {
    const waiting = this.#waiting.get(room);
    if (!waiting) return;
    this.#waiting.delete(room);
    const frames = waiting.map(({ frame }) => frame);
    const bytes = frames.length === 1 && frames[0] ? frames[0] : Buffer.concat(frames);
    const sockets: Map<string, SocketInside> = this.nsp.sockets;
    for (const id of this.rooms.get(room) ?? []) {
      const socket = sockets.get(id);
      if (!socket) continue;
      const idle = idleTcp(socket);
      if (idle) idle.write(bytes);
      else
        for (const { encoded, frame } of waiting)
          socket.client.writeToEngine(encoded, { preEncoded: true, wsPreEncodedFrame: [frame] });
      this.served[idle ? 'joined' : 'ordinary'] += 1;
    }
  }
}

/** The one room that an ordinary event goes to; null for everything out of the ordinary. */
function simpleRoom(packet: Packet, { rooms, except, flags }: BroadcastOptions): string | null {
  const isPlain =
    rooms.size === 1 && !except?.size && packet.id === undefined && (!flags || Object.keys(flags).length === 0);
  return isPlain ? ([...rooms][0] ?? null) : null;
}

/**
 * The TCP socket below, where nothing whatever waits to be sent on any of the layers and none is about to close; else
 * null. Every property is compared with what it must be: one that is missing makes the socket not idle.
 */
function idleTcp({ client, _anyOutgoingListeners }: SocketInside): TcpSocket | null {
  const { conn } = client;
  const { transport } = conn;
  if (_anyOutgoingListeners && _anyOutgoingListeners.length > 0) return null;
  if (conn.readyState !== 'open' || conn.upgrading !== false || conn.writeBuffer?.length !== 0) return null;
  if (transport.name !== 'websocket' || transport.writable !== true) return null;
  const { socket } = transport;
  if (socket?.readyState !== open || socket._sender?._state !== idleSender || socket._sender._queue?.length !== 0)
    return null;
  const tcp = socket._socket;
  return tcp?.writable === true && tcp.writableLength === 0 ? tcp : null;
}

/** One whole WebSocket text frame as a server sends it: final, unmasked, uncompressed. */
function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafeSlow(head + length);
  frame[0] = 0x81;
  if (head === 2) frame[1] = length;
  else if (head === 4) frame.writeUInt16BE(length, frame.writeUInt8(126, 1));
  else frame.writeBigUInt64BE(BigInt(length), frame.writeUInt8(127, 1));
  frame.write(text, head);
  return frame;
}

/** The adapter of the namespace that everybody follows in; null where Socket.IO’s own is in use. */
export function fanoutOf(io: Server): FanoutAdapter | null {
  const { adapter } = io.of('/');
  return adapter instanceof FanoutAdapter ? adapter : null;
}
