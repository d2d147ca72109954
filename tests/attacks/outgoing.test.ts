import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, Socket } from 'node:net';
import { afterEach, expect, jest, test } from '@jest/globals';
import { type Site, startSite } from '../http/support.ts';
import { development } from '../support/spine.ts';
import { Newsroom } from './newsroom.ts';

/**
 * Who may open a connection, and to what. A feature that asks for an address somebody has typed in goes through
 * `server/delivery/sender.ts`, with its guards (no private networks, no redirects, a pinned address: HOOK8), or fails here.
 */
const mayConnect: Record<string, string> = {
  'server/store/': 'Redis, at the addresses of the configuration',
  'server/media/s3-storage.ts': 'the store of images that the configuration names; follows no redirect',
  'server/delivery/sender.ts': 'receivers of webhooks and subscribers to feeds, outside private networks; HOOK8',
  'server/delivery/public-address.ts': 'name servers, for those who call others',
  'server/media/image-fetcher.ts':
    'images of an import, where that is asked for: public addresses alone, each redirect looked at',
  'server/side-process.ts': 'no connection: processes for pixels, which import nothing that could open one',
};

const ways = [
  /(?<![\w.])fetch\s*\(/,
  /'undici'|'axios'|'got'|'node-fetch'|'node:(?:http2|dgram|dns|dns\/promises|tls|child_process)'/,
  /import\s*\{[^}]*\b(?:request|get|Agent|globalAgent)\b[^}]*\}\s*from\s*'node:https?'/,
  /import\s*\{[^}]*\b(?:connect|createConnection)\b[^}]*\}\s*from\s*'node:net'/,
  /import\s+(?:\*\s+as\s+)?\w+[^{]*from\s*'node:(?:https?|net)'/,
  /new (?:WebSocket|EventSource|XMLHttpRequest)\b/,
];

test('ATK40 nothing in the server but what keeps its data and what tells those outside opens connections', () => {
  const sources = ['server', 'shared'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`),
  );
  const opening = sources
    .filter((path) => !Object.keys(mayConnect).some((home) => path.startsWith(home)))
    .filter((path) => ways.some((way) => way.test(readFileSync(path, 'utf8'))));
  expect(opening).toEqual([]);
});

/** Spellings of one address of this machine, and of places that only a machine inside would reach. */
const inside = (port: number): string[] =>
  [
    `127.0.0.1:${port}`,
    `127.1:${port}`,
    `2130706433:${port}`,
    `0x7f000001:${port}`,
    `0177.0.0.1:${port}`,
    `0:${port}`,
    `0.0.0.0:${port}`,
    `localhost:${port}`,
    `localhost.:${port}`,
    `[::1]:${port}`,
    `[::]:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    `[::ffff:7f00:1]:${port}`,
    `user:password@127.0.0.1:${port}`,
    `example.org@127.0.0.1:${port}`,
    `127.0.0.1:${port}#@example.org`,
    `①②⑦.⓪.⓪.①:${port}`,
    '169.254.169.254/latest/meta-data/',
    '[fd00:ec2::254]/latest/meta-data/',
    '10.0.0.1',
    '192.168.0.1',
    '100.64.0.1',
  ].map((host) => `http://${host}`);

afterEach(() => {
  jest.restoreAllMocks();
});

let site: Site | undefined;
afterEach(async () => {
  await site?.end();
  site = undefined;
});

test('ATK40 an address in a text, a source or a parameter is asked by nobody', async () => {
  let asked = 0;
  const listener = createServer((socket) => {
    asked += 1;
    socket.destroy();
  });
  listener.unref().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  site = await startSite();
  const newsroom = new Newsroom(site.url, site.admin);
  const connecting = jest.spyOn(Socket.prototype, 'connect');
  const { port } = listener.address() as { port: number };
  for (const url of inside(port)) {
    const body = `<p><a href="${url}">x</a><img src="${url}"></p>`;
    const update = development({ headline: url, body, sources: [{ name: url, url: 'https://example.org/' }] });
    const { id } = await newsroom.write<{ id: string }>('POST', '/api/v1/timelines/gaza/updates', update);
    await newsroom.ask('POST', '/api/v1/timelines/gaza/updates', { ...update, sources: [{ name: null, url }] });
    for (const path of [
      `/gaza/updates/${id}`,
      `/gaza/day/124?url=${encodeURIComponent(url)}`,
      `/oembed?url=${encodeURIComponent(url)}`,
    ])
      await newsroom.ask('GET', path, undefined, {
        Referer: encodeURI(url),
        'X-Forwarded-Host': encodeURI(url.slice(7)),
      });
  }
  expect(asked).toBe(0);
  const own = new URL(site.url).port;
  const elsewhere = connecting.mock.calls.filter(
    ([to]) => !JSON.stringify(to).includes(`"port":"${own}"`) && !JSON.stringify(to).includes(`"port":${own}`),
  );
  expect(elsewhere).toEqual([]);
  newsroom.close();
  listener.close();
});
