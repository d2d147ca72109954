import { createECDH } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { Sender } from '../../server/delivery/sender.ts';
import { api, site } from './support.ts';

const resolve = async (host: string) => [{ address: host.includes('inside') ? '10.1.2.3' : '203.0.114.9', family: 4 }];
const the = site({ sender: new Sender({ allowsPrivate: false, resolve }) });
const all = `${api}/gaza/subscriptions`;

const point = createECDH('prime256v1');
point.generateKeys();
const wanted = {
  endpoint: 'https://push.example.org/abc',
  keys: { p256dh: point.getPublicKey('base64url'), auth: 'A'.repeat(22) },
  language: 'ar',
  timeZone: 'Asia/Gaza',
  quiet: { from: '22:00', to: '07:00' },
};

describe('a browser that asks for notifications', () => {
  test('PUSH1 is given the key, asks, changes its wishes, and is forgotten', async () => {
    const { body } = await the().request.get('/api/v1/push').expect(200);
    expect(Buffer.from(body.publicKey, 'base64url')).toHaveLength(65);
    const { body: first } = await the().request.post(all).send(wanted).expect(201);
    const { body: second } = await the()
      .request.post(all)
      .send({ ...wanted, quiet: null })
      .expect(201);
    expect(second).toEqual(first);
    const { push } = the().spine;
    const { found } = await push.subscriptions('gaza', '0');
    expect(found.map(({ subscription }) => subscription)).toEqual([
      { ...wanted, quiet: null, since: expect.stringMatching(/:0$/) },
    ]);
    await the().request.delete(`${all}/${first.id}`).expect(204);
    await the().request.delete(`${all}/${first.id}`).expect(404);
    expect(await push.count('gaza')).toBe(0);
  });

  test.each([
    ['/endpoint', { endpoint: 'http://push.example.org/abc' }],
    ['/endpoint', { endpoint: 'https://127.0.0.1/abc' }],
    ['/endpoint', { endpoint: 'https://[::ffff:10.0.0.1]/abc' }],
    ['/endpoint', { endpoint: 'https://169.254.169.254/latest' }],
    ['/endpoint', { endpoint: 'https://inside.example.org/abc' }],
    ['/keys/p256dh', { keys: { ...wanted.keys, p256dh: 'B'.repeat(87) } }],
    ['/keys/auth', { keys: { ...wanted.keys, auth: 'short' } }],
    ['/timeZone', { timeZone: 'Mars/Olympus' }],
    ['/quiet/from', { quiet: { from: '25:00', to: '07:00' } }],
    ['/quiet/to', { quiet: { from: '07:00', to: '07:00' } }],
    ['/name', { name: 'A reader' }],
  ])('PUSH2 is refused, at %s, what is no public https address, no key or no wish: %j', async (path, more) => {
    const { body } = await the()
      .request.post(all)
      .send({ ...wanted, ...more })
      .expect(422);
    expect(body.errors).toEqual([expect.objectContaining({ path })]);
    expect(await the().spine.push.count('gaza')).toBe(0);
  });

  test('PUSH2 one address asks so often and no more', async () => {
    await the().request.post(`${api}/nowhere/subscriptions`).send(wanted).expect(404);
    let status = 404;
    for (let n = 0; n < 80 && status === 404; n++) ({ status } = await the().request.delete(`${all}/x`));
    expect(status).toBe(429);
  });
});
