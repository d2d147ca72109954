import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import type { ProblemCode } from '../../shared/problems.ts';

/** Names the far end of a request. Only what knows the trusted proxies may look at X-Forwarded-For. */
export type AddressOf = (request: IncomingMessage) => string;

export const remoteAddress: AddressOf = (request) => request.socket.remoteAddress ?? '';

/** The two ways to follow that hold a connection open. */
export type Way = 'socket' | 'stream';

/** Why connections were refused (`full`, `full-for-address`) or ended by us. */
export type DropReason = 'full' | 'full-for-address' | 'not-reading' | 'flood' | 'malformed';

/**
 * Counts open sockets and streams, per address and in all, and those that were turned away. Addresses are held while a
 * connection of theirs is open, and nowhere else.
 */
export class Admission {
  readonly #perAddress: number;
  readonly #inAll: number;
  readonly #addresses = new Map<string, number>();
  /** Open ones by the way they follow. */
  readonly open: Record<Way, number> = { socket: 0, stream: 0 };
  /** Since the start. */
  readonly dropped: Record<DropReason, number> = {
    full: 0,
    'full-for-address': 0,
    'not-reading': 0,
    flood: 0,
    malformed: 0,
  };

  constructor(most: { connectionsPerAddress: number; connections: number }) {
    this.#perAddress = most.connectionsPerAddress;
    this.#inAll = most.connections;
  }

  get count(): number {
    return this.open.socket + this.open.stream;
  }

  /** Why a further connection of this address cannot be taken now; null where it can. */
  refusal(address: string): Extract<ProblemCode, 'overloaded' | 'too-many-requests'> | null {
    if (this.count >= this.#inAll) {
      this.dropped.full += 1;
      return 'overloaded';
    }
    if ((this.#addresses.get(group(address)) ?? 0) < this.#perAddress) return null;
    this.dropped['full-for-address'] += 1;
    return 'too-many-requests';
  }

  /** Counts a connection in; the answer counts it out, once. */
  enter(address: string, way: Way): () => void {
    const key = group(address);
    this.open[way] += 1;
    this.#addresses.set(key, (this.#addresses.get(key) ?? 0) + 1);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.#leave(key, way);
    };
  }

  #leave(key: string, way: Way): void {
    this.open[way] -= 1;
    const left = (this.#addresses.get(key) ?? 1) - 1;
    if (left > 0) this.#addresses.set(key, left);
    else this.#addresses.delete(key);
  }
}

/** One household or server has a whole /64 of IPv6 to itself: counting single addresses would limit nobody. */
function group(address: string): string {
  const plain = address.replace(/^::ffff:/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [front = '', back] = plain.split('::');
  const head = front === '' ? [] : front.split(':');
  const tail = back ? back.split(':') : [];
  const zeros = back === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array<string>(Math.max(0, zeros)).fill('0'), ...tail].slice(0, 4).join(':');
}
