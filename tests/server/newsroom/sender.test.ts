import { expect, test } from '@jest/globals';
import { senderOf } from '../../../server/newsroom/replies/sender.ts';

test('RPL10 a sender is a keyed hash: of an IPv6 address the network counts, of an e-mail no capitals do', () => {
  const of = (address: string) => senderOf('secret', 'address', address);
  expect(of('192.0.2.1')).toMatch(/^[\w-]{22}$/);
  expect(of('192.0.2.1')).toBe(of('::ffff:192.0.2.1'));
  expect(of('192.0.2.1')).not.toBe(of('192.0.2.2'));
  expect(of('2001:db8:1:2::1')).toBe(of('2001:0db8:1:2:aaaa:bbbb:cccc:dddd'));
  expect(of('2001:db8:1:2::1')).not.toBe(of('2001:db8:1:3::1'));
  expect(of('::1')).not.toBe(of('2001:db8::1'));
  expect(of('192.0.2.1')).not.toBe(senderOf('another', 'address', '192.0.2.1'));
  expect(senderOf('secret', 'email', 'A@Example.org')).toBe(senderOf('secret', 'email', 'a@example.org'));
});
