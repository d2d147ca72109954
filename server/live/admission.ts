import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import type { ProblemCode } from '../../shared/problems.ts';

/** Names the far end of a request. Only what knows the trusted proxies may look at X-Forwarded-For. */
export type AddressOf = (request: IncomingMessage) => string;

export const remoteAddress: AddressOf = (request) => request.socket.remoteAddress ?? '';

/**
 * Counts open sockets and streams, per address and in all. Addresses are held while a connection of theirs is open,
 * and nowhere else.
 */
export class Admission {
  readonly #perAddress: number;
  readonly #inAll: number;
  readonly #open = new Map<string, number>();
  #count = 0;

  constructor(most: { connectionsPerAddress: number; connections: number }) {
    this.#perAddress = most.connectionsPerAddress;
    this.#inAll = most.connections;
  }

  get count(): number {
    return this.#count;
  }

  /** Why a further connection of this address cannot be taken now; null where it can. */
  refusal(address: string): Extract<ProblemCode, 'overloaded' | 'too-many-requests'> | null {
    if (this.#count >= this.#inAll) return 'overloaded';
    return (this.#open.get(group(address)) ?? 0) >= this.#perAddress ? 'too-many-requests' : null;
  }

  /** Counts a connection in; the answer counts it out, once. */
  enter(address: string): () => void {
    const key = group(address);
    this.#count += 1;
    this.#open.set(key, (this.#open.get(key) ?? 0) + 1);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.#leave(key);
    };
  }

  #leave(key: string): void {
    this.#count -= 1;
    const left = (this.#open.get(key) ?? 1) - 1;
    if (left > 0) this.#open.set(key, left);
    else this.#open.delete(key);
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
