import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address that Daymark doesn’t call: this machine, its networks, or what clouds keep their secrets at. */
export class RefusedAddress extends Error {
  override name = 'RefusedAddress';
}

/** Every address that a name stands for. Rejects where there is none. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

const globalIpv6 = ipaddr.parseCIDR('2000::/3');

/**
 * Whether the whole internet can reach it: not loopback, private, link-local, shared, unique local, multicast, reserved, nor a
 * form that carries one of these within (mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || address.match(globalIpv6);
}

/** The address that a URL has in place of a name, if it has one. */
export function addressIn(url: string): string | null {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? null : host;
}

/** The addresses of a name, none of which is other than public. Throws RefusedAddress. */
export async function publicAddresses(host: string, resolve: Resolve): Promise<LookupAddress[]> {
  const addresses = await resolve(host);
  if (addresses.every(({ address }) => isPublicAddress(address))) return addresses;
  throw new RefusedAddress(`${host} is in a network that is not called`);
}

/**
 * Resolves a name for the one connection that is then made to what was found and looked at here: a name that stands for
 * something else a moment later gains nothing.
 */
export function publicLookup(resolve: Resolve): LookupFunction {
  return (host, { all }, answer) => {
    publicAddresses(host, resolve).then(
      (addresses) => {
        const [first] = addresses;
        if (all) answer(null, addresses);
        else answer(null, first?.address ?? '', first?.family);
      },
      (error) => answer(error, ''),
    );
  };
}

/** RFC 6761: name servers don’t know it. */
const thisMachine = /(^|\.)localhost\.?$/i;

/**
 * Asks the name servers directly. The system’s own way waits in the few threads that files and passwords need too, and
 * whoever has a slow name server could hold them all.
 */
export function asksNameServers(): Resolve {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  return async (host) => {
    if (thisMachine.test(host)) return [{ address: '127.0.0.1', family: 4 }];
    const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const found = [
      ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
      ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
    ];
    if (found.length === 0) throw four.status === 'rejected' ? four.reason : new Error(`${host} has no address`);
    return found;
  };
}
