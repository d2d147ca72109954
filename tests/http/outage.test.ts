import { afterEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { limitersFor } from '../../server/http/rate-limits.ts';
import { admin, development, editor, expectOk, gaza, type Spine, startSpine } from '../support/spine.ts';
import { startRedis } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';
import { adminToken, api, openSite, type Site, startSite } from './support.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A site on a Redis of its own, which a test may stop. */
async function fragile(): Promise<{ site: Site; spine: Spine; freeze: () => void; thaw: () => void }> {
  const redis = await startRedis();
  ends.push(() => redis.end('SIGKILL'));
  const spine = await startSpine({ url: redis.url });
  expectOk(await spine.desk.createTimeline(admin, gaza));
  const site = await openSite(spine);
  ends.push(() => site.end());
  const thaw = (): void => void redis.process.kill('SIGCONT');
  ends.push(async () => thaw());
  return { site, spine, freeze: () => void redis.process.kill('SIGSTOP'), thaw };
}

describe('while the store cannot be reached', () => {
  test('HTTP17 readers keep the last version, and what is not there is 503', async () => {
    const { site, spine, freeze, thaw } = await fragile();
    const { update } = expectOk(await spine.desk.publish(editor, 'gaza', development({ headline: 'Still here' })));
    const known = ['/', '/gaza', '/gaza/day/124', `${api}/gaza/days/124`, `${api}/gaza/updates/${update.id}`];
    for (const path of known) await site.request.get(path).expect(200);

    freeze();
    await waitFor(() => !spine.live.connected, 'the outage to be noticed');
    spine.clock.ms += 86_400_000;
    for (const path of known) {
      const { headers, text } = await site.request.get(path).expect(200);
      expect(text).toContain(path === '/' ? 'War on the Gaza Strip' : 'Still here');
      expect(headers['cache-status']).toContain('STORE-UNREACHABLE');
    }
    const [unknown, page, write, exported, ready] = await Promise.all([
      site.request.get(`${api}/gaza/days/1`),
      site.request.get('/gaza/day/1').set('Accept', 'text/html'),
      site.request.post(`${api}/gaza/updates`).set(site.admin).send(development()),
      site.request.get(`${api}/gaza/export.ndjson`),
      site.request.get('/readyz'),
    ]);
    for (const { status, headers } of [unknown, page, write, exported, ready]) {
      expect([status, Number(headers['retry-after']) > 0]).toEqual([503, true]);
    }
    for (const { body } of [unknown, write, exported, ready]) expect(body.code).toBe('store-unavailable');
    expect(page.headers['content-type']).toContain('text/html');
    await site.request.get('/healthz').expect(200);

    thaw();
    await waitFor(() => spine.live.connected, 'the store to be back');
    const { headers } = await site.request.get(`${api}/gaza/days/1`).expect(200);
    expect(headers['cache-status']).toBeUndefined();
    await site.request.get('/readyz').expect(200);
  });

  test('HTTP18 a text that was taken down before it does not come back', async () => {
    const { site, spine, freeze } = await fragile();
    const { update } = expectOk(await spine.desk.publish(editor, 'gaza', development({ headline: 'Unspeakable' })));
    const places = ['/gaza/day/124', `${api}/gaza/days/124`, `${api}/gaza/updates/${update.id}`];
    for (const path of places) await site.request.get(path).expect(200);
    expectOk(await spine.desk.remove(editor, 'gaza', update.id, 'Wrong'));
    freeze();
    await waitFor(() => !spine.live.connected, 'the outage to be noticed');
    for (const { status, text } of await Promise.all(places.map((path) => site.request.get(path)))) {
      expect(status).toBe(503);
      expect(text).not.toContain('Unspeakable');
    }
  });
});

describe('what nobody foresaw', () => {
  test('HTTP32 goes out as an id alone, and into the log whole', async () => {
    const written: string[] = [];
    const log = pino({ level: 'error' }, { write: (line: string) => void written.push(line) });
    const site = await startSite({ log, streams: { open: () => thrown('the secret of /srv/app.ts') } });
    ends.push(() => site.end());
    const { body, text } = await site.request.get(`${api}/gaza/stream`).expect(500);
    expect(body).toMatchObject({ status: 500, code: 'internal', type: '/docs/problems#internal' });
    expect(text).not.toMatch(/secret|\.ts|stack/);
    const id = /[0-9a-f-]{36}/.exec(body.detail)?.[0] ?? 'none';
    expect(written.join('')).toContain(id);
    expect(written.join('')).toContain('the secret');
  });
});

describe('limits', () => {
  test('HTTP35 writes are counted per token', async () => {
    const site = await startSite({ rates: { writesPerSecond: 3 } });
    ends.push(() => site.end());
    const one = await site.as({ role: 'reporter' });
    const statuses = async (by: Record<string, string>) => {
      const all = Array.from({ length: 6 }, () => site.request.post(`${api}/gaza/updates`).set(by).send(development()));
      return (await Promise.all(all))
        .map(({ status, headers }) => (status === 429 ? `429 ${headers['retry-after']}` : String(status)))
        .sort();
    };
    expect(await statuses(one)).toEqual(['201', '201', '201', '429 1', '429 1', '429 1']);
    expect(await statuses(await site.as({ role: 'reporter' }))).toContain('201');
  });

  test('HTTP35 reads are counted per address, but not those that are ready', async () => {
    const site = await startSite({ rates: { readsPerSecond: 5 }, trustedProxies: 1 });
    ends.push(() => site.end());
    const from = (address: string, path: string) => site.request.get(path).set('X-Forwarded-For', address);
    await from('192.0.2.1', `${api}/gaza/days/1`).expect(200);
    for (let i = 0; i < 20; i++) await from('192.0.2.1', `${api}/gaza/days/1`).expect(200);
    const others = await Promise.all(
      Array.from({ length: 20 }, (_, i) => from('192.0.2.2', `${api}/gaza/days/${i + 2}`)),
    );
    const refused = others.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(10);
    expect(refused[0]?.body).toMatchObject({ code: 'too-many-requests' });
    expect(refused[0]?.headers['retry-after']).toBe('1');
    await from('192.0.2.3', `${api}/gaza/days/50`).expect(200);
  });

  test('HTTP35 unknown credentials are counted per address, and lock nobody else out', async () => {
    const site = await startSite({ rates: { failedAuthPerMinute: 3 } });
    ends.push(() => site.end());
    const tried: number[] = [];
    for (let i = 0; i < 5; i++)
      tried.push((await site.request.get('/api/v1/tokens').set('Authorization', `Bearer guess-${i}`)).status);
    expect(tried).toEqual([401, 401, 401, 429, 429]);
    await site.request
      .post(`${api}/gaza/updates`)
      .set(await site.as({ role: 'reporter' }))
      .send(development())
      .expect(201);
    await site.request.get('/api/v1/tokens').set('Authorization', `Bearer ${adminToken}`).expect(200);
  });

  test('HTTP35 by default there is room for what the contract promises', async () => {
    const { defaultRateLimits } = await import('../../server/http/rate-limits.ts');
    expect(defaultRateLimits.writesPerSecond).toBeGreaterThanOrEqual(200);
    expect(defaultRateLimits.readsPerSecond).toBeGreaterThanOrEqual(500);
    const { writes } = limitersFor(defaultRateLimits);
    const taken = await Promise.all(Array.from({ length: 200 }, () => writes.take('token')));
    expect(taken.filter((refusal) => refusal !== null)).toEqual([]);
  });
});

function thrown(message: string): never {
  throw new Error(message);
}
