import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { addressBehind } from '../../server/http/address.ts';
import { securityHeaders } from '../../server/http/security-headers.ts';
import { development, editor, expectOk } from '../support/spine.ts';
import { api, assets, site } from './support.ts';

const the = site();
const pages = ['/', '/gaza', '/gaza/days', '/gaza/day/124', '/docs/api', '/docs/problems', '/nowhere', '/gaza/day/x'];

describe('pages', () => {
  test.each(pages)('HTTP41 %s runs nothing inline, is framed by nobody and asks no third party', async (path) => {
    for (let round = 0; round < 2; round++) {
      const { headers, text } = await the().request.get(path);
      const policy = new Map(
        String(headers['content-security-policy'])
          .split(';')
          .map((part) => [part.split(' ')[0], part.split(' ').slice(1)]),
      );
      const style = /<style>(.*?)<\/style>/.exec(text)?.[1] ?? '';
      expect(style.startsWith(assets.css)).toBe(true);
      expect(policy.get('script-src')).toEqual(["'self'"]);
      expect(policy.get('style-src')).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
      expect(policy.get('style-src')).not.toContain("'unsafe-inline'");
      expect(policy.get('default-src')).toEqual(["'none'"]);
      expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      for (const name of ['set-cookie', 'x-powered-by', 'strict-transport-security', 'access-control-allow-origin'])
        expect(headers[name]).toBeUndefined();
      expect(text).not.toMatch(/<script(?! type="application\/ld\+json">|[^>]* src="\/)|\son\w+=|style="|src="(?!\/)/);
    }
  });

  test('HTTP41 HSTS goes with https alone', () => {
    const of = (publicUrl: string | null) => securityHeaders({ publicUrl, styleSources: [] });
    expect(of('https://live.example.org').page['Strict-Transport-Security']).toBe('max-age=31536000');
    expect(of('https://live.example.org').page['Content-Security-Policy']).toContain(
      "connect-src 'self' wss://live.example.org",
    );
    expect(of('http://live.example.org').data['Strict-Transport-Security']).toBeUndefined();
    expect(of(null).page['Strict-Transport-Security']).toBeUndefined();
  });
});

describe('other origins', () => {
  const origin = { Origin: 'https://elsewhere.example' };

  test('HTTP40 any origin may read, refusals included, never with credentials of the browser', async () => {
    const { id } = expectOk(await the().spine.desk.publish(editor, 'gaza', development())).update;
    for (const path of [
      api,
      `${api}/gaza`,
      `${api}/gaza/days/124`,
      `${api}/gaza/updates/${id}`,
      `${api}/nowhere`,
      `${api}/gaza/changes`,
      '/api/v1/openapi.json',
      `${api}/gaza/export.ndjson`,
    ]) {
      for (let round = 0; round < 2; round++) {
        const { headers } = await the().request.get(path).set(origin);
        expect(headers['access-control-allow-origin']).toBe('*');
        expect(headers['access-control-allow-credentials']).toBeUndefined();
        expect(headers['access-control-expose-headers']).toBe(
          'ETag, Location, Retry-After, Idempotent-Replay, Daymark-Removed',
        );
        expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
      }
    }
  });

  test('HTTP40 a browser’s question before a write is answered', async () => {
    const ask = {
      ...origin,
      'Access-Control-Request-Method': 'PATCH',
      'Access-Control-Request-Headers': 'authorization,if-match,content-type',
    };
    const { headers } = await the().request.options(`${api}/gaza/updates/x`).set(ask).expect(204);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-allow-methods']).toBe('GET, HEAD, PATCH, DELETE, OPTIONS');
    for (const name of ['Authorization', 'Content-Type', 'If-Match', 'Idempotency-Key', 'Last-Event-ID'])
      expect(headers['access-control-allow-headers']).toContain(name);
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });

  test('HTTP40 a foreign page writes with a bearer token, and with nothing else', async () => {
    const write = () => the().request.post(`${api}/gaza/updates`).set(origin).send(development());
    await write().set(the().admin).expect(201);
    await write().set('Cookie', 'session=x').expect(401);
  });
});

describe('addresses', () => {
  const request = (forwarded?: string) =>
    ({ socket: { remoteAddress: '10.0.0.1' }, headers: forwarded ? { 'x-forwarded-for': forwarded } : {} }) as never;
  test.each([
    [0, '1.1.1.1', '10.0.0.1'],
    [1, undefined, '10.0.0.1'],
    [1, '1.1.1.1', '1.1.1.1'],
    [1, 'forged, 1.1.1.1', '1.1.1.1'],
    [2, 'forged, 1.1.1.1, 10.0.0.2', '1.1.1.1'],
    [2, '1.1.1.1', '1.1.1.1'],
  ])('HTTP36 behind %s trusted proxies, %s is %s', (proxies, forwarded, address) => {
    expect(addressBehind(proxies)(request(forwarded))).toBe(address);
  });
});

describe('wrong turns', () => {
  test('HTTP34 a method that an address does not know is 405 with those it does', async () => {
    const { headers, body } = await the().request.put(`${api}/gaza/updates/x`).expect(405);
    expect([headers['allow'], body.code]).toEqual(['GET, HEAD, PATCH, DELETE, OPTIONS', 'method-not-allowed']);
    expect((await the().request.get(`${api}/gaza/import`).expect(405)).headers['allow']).toBe('POST, OPTIONS');
    expect((await the().request.post('/gaza').expect(405)).headers['allow']).toBe('GET, HEAD, OPTIONS');
    expect((await the().request.delete('/healthz').expect(405)).headers['allow']).toBe('GET, HEAD, OPTIONS');
  });

  test('HTTP34 an unknown address is a page to people and a problem to programs', async () => {
    const types = async (path: string, accept?: string) => {
      const asked = the().request.get(path);
      const { status, headers } = await (accept === undefined ? asked : asked.set('Accept', accept));
      return [status, String(headers['content-type']).split(';')[0], headers['cache-control']];
    };
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    expect(await types('/nowhere', browser)).toEqual([404, 'text/html', 'no-store']);
    expect(await types('/nowhere')).toEqual([404, 'text/html', 'no-store']);
    expect(await types('/nowhere', 'application/json')).toEqual([404, 'application/problem+json', 'no-store']);
    for (const path of [
      '/api',
      '/api/v1',
      '/api/v2/timelines',
      `${api}/gaza/nothing`,
      `${api}/gaza/updates/x/nothing`,
      '/api/%00',
    ]) {
      expect(await types(path, browser)).toEqual([404, 'application/problem+json', 'no-store']);
    }
  });

  test('HTTP71 files of the build are served for ever; other names are none', async () => {
    for (const name of [
      '..%2fmanifest.json',
      '%2e%2e/manifest.json',
      '..%5cmanifest.json',
      'none.js',
      'manifest.json',
      '.env',
      'x',
      '%00.js',
    ]) {
      const { status } = await the().request.get(`/assets/${name}`);
      expect([name, status]).toEqual([name, 404]);
    }
  });

  test('HTTP70 alive and ready', async () => {
    await the().request.get('/healthz').expect(200, { status: 'ok' });
    await the().request.get('/readyz').expect(200, { status: 'ready' });
  });
});
