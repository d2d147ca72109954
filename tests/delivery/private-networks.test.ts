import { describe, expect, test } from '@jest/globals';
import { addressIn, isPublicAddress, publicLookup } from '../../server/delivery/public-address.ts';
import { Sender } from '../../server/delivery/sender.ts';
import { delivering, webhooks } from './delivery-support.ts';
import { answers, receivers } from './receiver.ts';

const receiver = receivers();
const refusedFault = 'the address is in a network that is not called';

const inside = [
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
  '①②⑦.⓪.⓪.①',
  '0',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.0.192',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '[::]',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[fe80::1]',
  '[fd00:ec2::254]',
  '[fc00::1]',
  '[ff02::1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '[2001:db8::1]',
];

describe('addresses that are not called', () => {
  test.each(inside)('HOOK8 %s is none that the whole internet reaches', (host) => {
    const address = addressIn(`http://${host}/`);
    expect(address).not.toBeNull();
    expect(isPublicAddress(address ?? '')).toBe(false);
  });

  test.each(['9.9.9.9', '172.32.0.1', '192.169.0.1', '[2606:4700::1111]', '[::ffff:9.9.9.9]'])(
    'HOOK8 %s is one',
    (host) => {
      expect(isPublicAddress(addressIn(`http://${host}/`) ?? '')).toBe(true);
    },
  );

  test('HOOK8 a name is looked up for the very connection, and one private address among others spoils all', async () => {
    let answers = [{ address: '9.9.9.9', family: 4 }];
    const resolve = async () => answers;
    const sender = new Sender({ allowsPrivate: false, resolve });
    expect(await sender.allows('http://rebinding.example/')).toBe(true);
    const inner = await receiver();
    const url = `http://rebinding.example:${inner.port}/`;
    const send = () => sender.send({ kind: 'webhook', url, headers: {}, body: '{}' });
    answers = [{ address: '127.0.0.1', family: 4 }];
    expect(await send()).toMatchObject({ status: null, fault: refusedFault });
    answers = [
      { address: '9.9.9.9', family: 4 },
      { address: '::ffff:127.0.0.1', family: 6 },
    ];
    expect(await send()).toMatchObject({ status: null, fault: refusedFault });
    expect(await sender.allows('http://rebinding.example/')).toBe(false);
    expect(inner.got).toEqual([]);
  });

  test('HOOK8 the connection goes to the addresses that were looked at, however the name answers a moment later', async () => {
    let asked = 0;
    const resolve = async () => [{ address: asked++ === 0 ? '9.9.9.9' : '127.0.0.1', family: 4 }];
    const looked = await new Promise((done) =>
      publicLookup(resolve)('rebinding.example', { all: true }, (_error, addresses) => done(addresses)),
    );
    expect(looked).toEqual([{ address: '9.9.9.9', family: 4 }]);
    expect(asked).toBe(1);
  });

  test('HOOK8 a name without an address is a fault of the receiver, not a refusal', async () => {
    const resolve = async (): Promise<never> => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));
    const sender = new Sender({ allowsPrivate: false, resolve });
    expect(await sender.allows('https://nowhere.example/')).toBe(true);
    expect(
      await sender.send({ kind: 'webhook', url: 'https://nowhere.example/', headers: {}, body: '' }),
    ).toMatchObject({
      fault: 'ENOTFOUND',
    });
  });
});

describe('a webhook into a private network', () => {
  const start = delivering({ allowsPrivate: false });

  test('HOOK8 is refused when it is made, by address or by name', async () => {
    const it = await start();
    for (const host of [...inside, 'localhost', 'localhost.']) {
      const sent = { name: 'x', url: `http://${host}/` };
      const { body } = await it.site.request.post(webhooks).set(it.editor).send(sent).expect(422);
      expect(body.errors).toEqual([{ path: '/url', message: 'must be outside this machine and private networks' }]);
    }
  });

  test('HOOK8 is not reached by a redirect, nor where the setting was taken back', async () => {
    const it = await start();
    const [inner, outer] = [await receiver(), await receiver(answers(307, { Location: 'http://127.0.0.1:1/' }))];
    const { hooks } = it.site.spine;
    const open = new Sender({ allowsPrivate: true });
    expect(await open.send({ kind: 'webhook', url: outer.url, headers: {}, body: '' })).toMatchObject({ status: 307 });
    outer.behave = answers(307, { Location: inner.url });
    expect(await open.send({ kind: 'webhook', url: outer.url, headers: {}, body: '' })).toMatchObject({ status: 307 });
    expect(inner.got).toEqual([]);
    const hook = await it.webhook({ url: 'http://9.9.9.9/' });
    const before = await hooks.hook('gaza', hook.id);
    if (before?.kind !== 'webhook') throw new Error('it is there');
    await hooks.saveHook('gaza', before, { ...before, url: inner.url });
    await it.publish();
    await it.deliver();
    expect(inner.got).toEqual([]);
    expect((await it.read(hook)).deliveries).toMatchObject([{ status: null, fault: refusedFault }]);
  });
});
