import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';

/**
 * Who sent something, as it may be kept: a hash keyed with a secret of this installation, never the address. Half of an IPv6
 * address is the customer’s to choose, so the other half stands for it.
 */
export function senderOf(secret: string, kind: 'address' | 'email', value: string): string {
  const same = kind === 'email' ? value.toLowerCase() : networkOf(value);
  return createHmac('sha256', secret).update(`${kind} ${same}`).digest('base64url').slice(0, 22);
}

function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('%')[0]?.split('::') ?? [];
  const [front, back] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = tail === undefined ? 0 : 8 - (front?.length ?? 0) - (back?.length ?? 0);
  const groups = [...(front ?? []), ...Array.from({ length: zeros }, () => '0'), ...(back ?? [])];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
