import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openGateway } from '../../server/live/gateway.ts';
import { Streams } from '../../server/live/sse.ts';
import { adminToken, api, openSite, type Site } from '../http/support.ts';
import { connect, endAll, follow, record, type TestSocket } from '../live/support.ts';
import { admin, development, expectOk, gaza, type Spine, silent, startSpine } from '../support/spine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startRedis, type TestRedis } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';

const sample = (name: string): string => readFileSync(new URL(`../../ops/${name}`, import.meta.url), 'utf8');
const isInstalled = (program: string): boolean => spawnSync(program, ['-v']).error === undefined;

interface Node {
  site: Site;
  spine: Spine;
  port: number;
  sockets: () => number;
  end(): Promise<void>;
}

async function startNode(url: string): Promise<Node> {
  const spine = await startSpine({ url, prefix: 'dm' });
  const shared = { live: spine.live, clock: spine.clock.now, log: silent };
  const streams = new Streams(shared);
  const site = await openSite(spine, { streams });
  const gateway = openGateway({ ...shared, server: site.server });
  const end = async (): Promise<void> => {
    gateway.close();
    streams.close();
    await site.end();
  };
  return { site, spine, port: Number(new URL(site.url).port), sockets: () => gateway.connections, end };
}

interface Proxy {
  url: string;
  end(): Promise<void>;
}

interface Kind {
  name: string;
  installed: boolean;
  /** The quickest that leaves nothing behind. */
  end: NodeJS.Signals;
  /** Starts it with the sample, on a free port and without what needs root. */
  start(port: number, nodes: readonly number[], folder: string): ChildProcess;
}

const withPorts = (text: string, [one, other]: readonly number[]): string => {
  expect(text).toContain('127.0.0.1:3001');
  expect(text).toContain('127.0.0.1:3002');
  return text.replaceAll('127.0.0.1:3001', `127.0.0.1:${one}`).replaceAll('127.0.0.1:3002', `127.0.0.1:${other}`);
};

const kinds: Kind[] = [
  {
    name: 'nginx',
    installed: isInstalled('nginx'),
    end: 'SIGTERM',
    start(port, nodes, folder) {
      const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
      const writable = places.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n');
      const text = withPorts(sample('nginx.conf'), nodes)
        .replace('listen 80;', `listen 127.0.0.1:${port};`)
        .replace('http {', `http {\n${writable}`)
        .replaceAll('/var/log/nginx', folder)
        .replace('worker_rlimit_nofile 65536;', 'worker_rlimit_nofile 1024;')
        .replace('worker_connections 32768;', 'worker_connections 500;');
      writeFileSync(join(folder, 'nginx.conf'), `daemon off;\npid ${folder}/pid;\n${text}`);
      return spawn('nginx', ['-p', folder, '-e', join(folder, 'error'), '-c', join(folder, 'nginx.conf')]);
    },
  },
  {
    name: 'Caddy',
    installed: isInstalled('caddy'),
    end: 'SIGKILL',
    start(port, nodes, folder) {
      const text = withPorts(sample('Caddyfile'), nodes)
        .replace(/^live\.example\.org/m, `http://127.0.0.1:${port}`)
        .replace(/^\{/m, `{\n\tadmin off\n\tstorage file_system ${folder}`);
      writeFileSync(join(folder, 'Caddyfile'), text);
      const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
      return spawn('caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], { env });
    },
  },
];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function startProxy(kind: Kind, nodes: readonly Node[]): Promise<Proxy> {
  const folder = temporaryFolder();
  const port = await freePort();
  const ports = nodes.map((node) => node.port);
  const child = kind.start(port, ports, folder.path);
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const gone = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  await waitFor(async () => {
    if (child.exitCode !== null) throw new Error(said);
    return (await fetch(`${url}/healthz`)).ok;
  }, kind.name);
  return {
    url,
    end: async () => {
      child.kill(kind.end);
      await gone;
      folder.remove();
    },
  };
}

for (const kind of kinds) {
  (kind.installed ? describe : describe.skip)(`behind ${kind.name}`, () => {
    let nodes: Node[] = [];
    let proxy: Proxy;
    let redis: TestRedis;
    beforeAll(async () => {
      redis = await startRedis();
      const first = await startNode(redis.url);
      expectOk(await first.spine.desk.createTimeline(admin, gaza));
      nodes = [first, await startNode(redis.url)];
      proxy = await startProxy(kind, nodes);
    });
    afterAll(async () => {
      await endAll();
      await proxy?.end();
      for (const node of nodes) await node.end();
      await redis?.end('SIGKILL');
    });

    test('OPS13 pages and answers pass, compressed and with their tags; metrics stay inside', async () => {
      const page = await fetch(`${proxy.url}/gaza`, { headers: { 'Accept-Encoding': 'br' } });
      expect([page.status, page.headers.get('content-encoding')]).toEqual([200, 'br']);
      const tag = page.headers.get('etag') ?? '';
      const again = await fetch(`${proxy.url}/gaza`, { headers: { 'Accept-Encoding': 'br', 'If-None-Match': tag } });
      expect(again.status).toBe(304);
      expect((await fetch(`${proxy.url}/metrics`)).status).toBe(404);
      expect((await fetch(`${nodes[0]?.site.url}/metrics`)).status).toBe(200);
    });

    test('OPS13 sockets are spread over both nodes, and every one hears what is written at either', async () => {
      const sockets: TestSocket[] = [];
      for (let i = 0; i < 6; i++) sockets.push(await connect(proxy.url));
      expect(nodes.map((node) => node.sockets()).every((count) => count > 0)).toBe(true);
      const heard = sockets.map(record);
      for (const socket of sockets) expect(await follow(socket)).toMatchObject({ ok: true });
      for (let i = 0; i < 10; i++) await post(`number ${i}`);
      await waitFor(() => heard.every(({ changes }) => changes.length === 10), 'ten changes on every socket');
      for (const { changes } of heard) {
        const [first = 0] = changes.map(({ seq }) => seq);
        expect(changes.map(({ seq }) => seq - first)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      }
      for (const socket of sockets) socket.disconnect();
    });

    test('OPS13 a stream is not held back', async () => {
      const stop = new AbortController();
      const answer = await fetch(`${proxy.url}${api}/gaza/stream`, { signal: stop.signal });
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
      const next = async (wanted: string): Promise<void> => {
        for (let text = ''; !text.includes(wanted); ) text += (await reader?.read())?.value ?? wanted;
      };
      await next('head');
      await post('streamed');
      await next('streamed');
      stop.abort();
    });

    test('OPS13 an import is answered while it is still being sent', async () => {
      const headers = { Authorization: `Bearer ${adminToken}`, 'Content-Type': 'application/x-ndjson' };
      const sending = request(`${proxy.url}${api}/gaza/import`, { method: 'POST', headers, agent: false });
      sending.write('{"occurredAt": "nonsense", "headline": "x"}\n');
      const [answer] = await once(sending, 'response');
      const [chunk] = await once(answer, 'data');
      expect(JSON.parse(String(chunk).split('\n')[0] ?? '')).toMatchObject({ line: 1 });
      sending.end();
      answer.resume();
      await once(answer, 'end');
    });

    test('OPS13 while the store is away readers keep the last pages, whatever else fails meanwhile', async () => {
      const readAll = () => Promise.all(Array.from({ length: 20 }, () => fetch(`${proxy.url}/gaza`)));
      await readAll();
      redis.process.kill('SIGSTOP');
      try {
        await waitFor(() => nodes.every(({ spine }) => !spine.live.connected), 'the outage to be noticed');
        const unknown = await Promise.all([1, 2, 3, 4, 5, 6].map((day) => fetch(`${proxy.url}/gaza/day/${day}`)));
        expect(unknown.map(({ status }) => status)).toEqual(Array(6).fill(503));
        expect((await readAll()).map(({ status }) => status)).toEqual(Array(20).fill(200));
      } finally {
        redis.process.kill('SIGCONT');
      }
      await waitFor(() => nodes.every(({ spine }) => spine.live.connected), 'the store to be back');
    });

    test('OPS13 a node that goes is passed over: no read fails', async () => {
      const gone = nodes.pop();
      await gone?.end();
      const all = await Promise.all(Array.from({ length: 20 }, () => fetch(`${proxy.url}/gaza`)));
      expect(all.map(({ status }) => status)).toEqual(Array(20).fill(200));
    });

    async function post(headline: string): Promise<void> {
      const answer = await fetch(`${proxy.url}${api}/gaza/updates`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${adminToken}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(development({ headline })),
      });
      expect(answer.status).toBe(201);
    }
  });
}
