import { limits } from '../../shared/limits.ts';

/** Every limit of the live side, for sockets and streams. All of them can be set; the defaults suit two cores. */
export interface GatewayLimits {
  /** Sockets and streams that one address may hold open (one /64 of IPv6 counts as an address). */
  connectionsPerAddress: number;
  /** Sockets and streams in all: what a node’s memory carries at about 16 kB each, with room for catch-up. */
  connections: number;
  /** Timelines that one socket may follow. */
  timelinesPerSocket: number;
  /** Packets of any kind that a socket may send at once, and how many it earns back each second. */
  packetBurst: number;
  packetsPerSecond: number;
  /** The largest packet that a socket may send. A `follow` has some 150 bytes. */
  packetBytes: number;
  /** A socket that opens and then never says that it is Socket.IO. */
  connectMs: number;
  /** Together under 25 s: what takes longer to answer is gone. */
  pingIntervalMs: number;
  pingTimeoutMs: number;
  /** How long nothing may be sent to followers of a timeline. An odd number, so that timers do not beat in step. */
  headMs: number;
  /** Packets that may wait for a reader before it is taken for one that does not read. */
  queuedPackets: number;
  /** The same for a stream, in bytes. */
  queuedStreamBytes: number;
  /** A reader that has given no sign of reading what waits for it (a socket: see reading.ts), for so long, does not read. */
  stuckMs: number;
  /** A socket is asked for such a sign when so many bytes were written since, or any so long ago. With `stuckMs` under 20 s. */
  askBytes: number;
  askMs: number;
  /** So many bytes may go to a socket that has never answered a question: it may not know how, or not read. */
  muteBytes: number;
  /** How often each connection is looked at. */
  sweepMs: number;
  /** Answers to `follow` that are written but not yet sent, over all sockets: further ones wait. */
  catchUpBytes: number;
}

export const defaultGatewayLimits: GatewayLimits = {
  connectionsPerAddress: 2_000,
  connections: 20_000,
  timelinesPerSocket: 100,
  packetBurst: 500,
  packetsPerSecond: 50,
  packetBytes: 4_096,
  connectMs: 5_000,
  pingIntervalMs: 15_013,
  pingTimeoutMs: 8_009,
  headMs: limits.headSeconds * 1_000 - 39,
  queuedPackets: 200,
  queuedStreamBytes: 1_048_576,
  stuckMs: 11_000,
  askBytes: 32_768,
  askMs: 3_000,
  muteBytes: 2 * 1_048_576,
  sweepMs: 1_013,
  catchUpBytes: 64 * 1_048_576,
};
