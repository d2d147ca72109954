import type { Server } from 'socket.io';
import { Adapter, type BroadcastOptions } from 'socket.io-adapter';

/**
 * What is used of the libraries beyond their published types. All of it is looked at before it is used, so that a version
 * that is built otherwise costs speed and nothing else; tests/live/fanout-adapter.test.ts fails when that happens.
 */
interface SocketInside {
  readonly client: {
    readonly conn: EngineInside;
    writeToEngine(encoded: readonly string[], options: PacketOptions): void;
  };
  readonly _anyOutgoingListeners?: readonly unknown[];
}
interface EngineInside {
  readonly readyState: string;
  readonly upgrading: boolean;
  readonly transport: TransportInside;
}
interface TransportInside {
  readonly name: string;
  /** False from a packet on until it has left: packets wait in the engine meanwhile. */
  readonly writable: boolean;
  readonly socket?: WebSocketInside;
}
interface WebSocketInside {
  readonly readyState: number;
  /** None negotiated: then nothing is compressed, and nothing ever waits in the WebSocket itself. */
  readonly extensions: string;
  readonly _socket?: TcpSocket | null;
}
interface TcpSocket {
  readonly writable: boolean;
  readonly writableLength: number;
  write(bytes: Uint8Array): boolean;
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

/** A member of a room, with the layers below it at hand: following them anew for each write costs a fifth of the write. */
interface Member {
  readonly socket: SocketInside;
  readonly engine: EngineInside;
  readonly transport: TransportInside;
  /** Null where this socket can only be served in Socket.IO’s own way. */
  readonly below: { readonly webSocket: WebSocketInside; readonly tcp: TcpSocket } | null;
}

const open = 1;

/**
 * Carries broadcasts to a room with as few writes as may be, for a write costs the kernel more than all else: frames each
 * packet once for everybody, collects the packets of one turn of the event loop, and gives each idle socket all of them in
 * one write. A socket that is not idle (bytes or packets wait, it is closing, it is no WebSocket) gets each packet in
 * Socket.IO’s own way, which queues them; so every socket hears a room in the order of its broadcasts.
 *
 * Membership counts at the moment of the broadcast: who joins or leaves does so after everything before it was written. Only a
 * packet to a socket alone, or to another room, may overtake broadcasts of the same turn.
 */
export class FanoutAdapter extends Adapter {
  readonly #waiting = new Map<string, Prepared[]>();
  /** Of each room that was ever broadcast to and is not empty: kept in step with `rooms`. */
  readonly #members = new Map<string, Map<string, Member>>();
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
    for (const room of rooms) {
      const members = this.#members.get(room);
      // A socket that the namespace does not know yet: the room is looked through anew when it is next broadcast to.
      if (members && !this.#add(members, id)) this.#members.delete(room);
    }
  }

  override del(id: string, room: string): void {
    this.#flushRoom(room);
    super.del(id, room);
    this.#forget(room, id);
  }

  override delAll(id: string): void {
    for (const room of this.sids.get(id) ?? []) this.#forget(room, id);
    super.delAll(id);
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
    for (const member of this.#membersOf(room).values()) {
      const idle = idleTcp(member);
      if (idle) idle.write(bytes);
      else for (const packet of waiting) sendOrdinarily(member, packet);
      this.served[idle ? 'joined' : 'ordinary'] += 1;
    }
  }

  #membersOf(room: string): Map<string, Member> {
    const known = this.#members.get(room);
    if (known) return known;
    const members = new Map<string, Member>();
    for (const id of this.rooms.get(room) ?? []) this.#add(members, id);
    if (members.size > 0) this.#members.set(room, members);
    return members;
  }

  #add(members: Map<string, Member>, id: string): boolean {
    const socket: SocketInside | undefined = this.nsp.sockets.get(id);
    if (socket) members.set(id, memberOf(socket));
    return socket !== undefined;
  }

  #forget(room: string, id: string): void {
    const members = this.#members.get(room);
    if (members?.delete(id) && members.size === 0) this.#members.delete(room);
  }
}

/** The one room that an ordinary event goes to; null for everything out of the ordinary. */
function simpleRoom(packet: Packet, { rooms, except, flags }: BroadcastOptions): string | null {
  const isPlain =
    rooms.size === 1 && !except?.size && packet.id === undefined && (!flags || Object.keys(flags).length === 0);
  return isPlain ? ([...rooms][0] ?? null) : null;
}

function memberOf(socket: SocketInside): Member {
  const engine = socket.client.conn;
  const { transport } = engine;
  const webSocket = transport.name === 'websocket' ? transport.socket : undefined;
  const tcp = webSocket?.extensions === '' ? webSocket._socket : null;
  return { socket, engine, transport, below: webSocket && tcp ? { webSocket, tcp } : null };
}

/**
 * The TCP socket below, where nothing whatever waits to be sent on any of the layers and none is about to close; else
 * null. Every property is compared with what it must be: one that is missing makes the socket not idle.
 */
function idleTcp({ socket, engine, transport, below }: Member): TcpSocket | null {
  if (!below || engine.transport !== transport || transport.writable !== true) return null;
  if (engine.readyState !== 'open' || engine.upgrading !== false || below.webSocket.readyState !== open) return null;
  if (socket._anyOutgoingListeners && socket._anyOutgoingListeners.length > 0) return null;
  const { tcp } = below;
  return tcp.writable === true && tcp.writableLength === 0 ? tcp : null;
}

function sendOrdinarily({ socket }: Member, { encoded, frame }: Prepared): void {
  socket.client.writeToEngine(encoded, { preEncoded: true, wsPreEncodedFrame: [frame] });
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
