import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { WebSocket } from 'ws';
import { call, type DaymarkProcess, daymarks } from '../support/daymark-process.ts';
import { waitFor } from '../support/wait-for.ts';
import { declared } from './support.ts';

const suite = daymarks();
afterEach(() => suite.end());

/** An address of this machine that nothing else uses, and one that a proxy would tell. */
const localAddress = '127.0.0.77';
const reader = {
  'X-Forwarded-For': '203.0.113.9',
  'User-Agent': 'Curious-Reader/7.7',
  Referer: 'https://elsewhere.example/secret',
};
const tell = /127\.0\.0\.77|203\.0\.113\.9|Curious-Reader|elsewhere\.example|q=private|a-guessed-token|admin-token-of/;

async function ask(
  daymark: DaymarkProcess,
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const asked = request(`${daymark.url.replace('localhost', '127.0.0.1')}${path}`, {
    method,
    localAddress,
    agent: false,
    headers: { ...reader, ...headers },
  });
  asked.end(body);
  const [answer] = await once(asked, 'response');
  answer.resume();
  await once(answer, 'end');
  return answer.statusCode;
}

async function open(daymark: DaymarkProcess): Promise<WebSocket> {
  const url = `${daymark.url.replace('http://localhost', 'ws://127.0.0.1')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(url, { localAddress, headers: reader });
  await once(socket, 'message');
  socket.send('40');
  await once(socket, 'message');
  return socket;
}

describe('the log', () => {
  test.each(['debug', 'trace'])('OPS11 at the level %s it names no reader, whatever goes wrong', async (level) => {
    const daymark = await suite.start({
      env: { LOG_LEVEL: level, TRUSTED_PROXIES: '1', CONNECTIONS: '3', WORKERS: '1' },
    });
    const json = { 'Content-Type': 'application/json' };
    const updates = '/api/v1/timelines/gaza-sample/updates';
    const wrong = { Authorization: 'Bearer a-guessed-token' };
    expect(await ask(daymark, 'GET', '/gaza-sample?q=private')).toBe(200);
    expect(await ask(daymark, 'GET', '/nowhere/at/all?q=private')).toBe(404);
    expect(await ask(daymark, 'GET', '/%E0%A4%A')).toBe(404);
    expect(await ask(daymark, 'POST', updates, '{', json)).toBe(401);
    expect(await ask(daymark, 'POST', updates, '{}', { ...json, ...wrong })).toBe(401);
    expect(await ask(daymark, 'GET', '/metrics')).toBe(403);
    const flooder = await open(daymark);
    const malformed = await open(daymark);
    const gone = [flooder, malformed].map((socket) => once(socket, 'close'));
    malformed.send('4nonsense');
    for (let n = 0; n < 2_000; n++) flooder.send(`42${n}["follow",{"timeline":"gaza-sample"}]`);
    await Promise.all(gone);
    const three = [await open(daymark), await open(daymark), await open(daymark)];
    expect(await ask(daymark, 'GET', '/api/v1/timelines/gaza-sample/stream')).toBe(503);
    for (const socket of three) socket.terminate();
    const { status } = await call(daymark, 'POST', updates, { occurredAt: '2024-02-07', headline: 'x' }, reader);
    expect(status).toBe(201);
    await waitFor(() => daymark.output().includes('/api/v1/timelines/:slug/updates'), 'the line of the write');
    expect(daymark.output()).toContain('a socket was disconnected');
    expect(await daymark.stop()).toBe(0);
    expect(
      daymark
        .output()
        .split('\n')
        .filter((line) => tell.test(line)),
    ).toEqual([]);
  });

  test('OPS11 nor does it hold what was being written when Redis answered with an error', async () => {
    const daymark = await suite.start({ env: { LOG_LEVEL: 'trace', WORKERS: '1' } });
    const redis = new Redis({ path: join(daymark.dataDir, 'redis/redis.sock') });
    await redis.set('dm:{gaza-sample}:drafts', 'of another type');
    redis.disconnect();
    const draft = { occurredAt: '2024-02-07', headline: 'Not for anybody yet', status: 'draft' };
    expect((await call(daymark, 'POST', '/api/v1/timelines/gaza-sample/updates', draft)).status).toBe(500);
    await waitFor(() => daymark.output().includes('WRONGTYPE'), 'the error in the log');
    expect(daymark.output()).not.toContain('Not for anybody yet');
  });

  test('OPS1 OPS5 a whole server tells of itself, of its process and of its Redis', async () => {
    const daymark = await suite.start({ env: { WORKERS: '1' } });
    const text = await (await fetch(`${daymark.url}/metrics`)).text();
    const names = declared(text);
    for (const name of [
      'daymark_followers',
      'daymark_redis_up',
      'daymark_data_disk_free_bytes',
      'daymark_write_seconds',
    ])
      expect(names).toContain(name);
    expect(names).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(names).toContain('process_open_fds');
    expect(text).toContain('daymark_redis_aof_enabled{node="primary"} 1');
  });

  test('OPS7 several workers are told by whichever is asked, none of them and nothing left out', async () => {
    const daymark = await suite.start({ env: { WORKERS: '2' } });
    const one = declared(await (await fetch(`${daymark.url}/metrics`)).text());
    expect(one).toContain('process_start_time_seconds');
    for (let asked = 0; asked < 4; asked++) {
      const answer = await fetch(`${daymark.url}/metrics`, { headers: { Connection: 'close' } });
      const text = await answer.text();
      for (const worker of ['1', '2']) {
        expect(text).toMatch(new RegExp(`^process_start_time_seconds{worker="${worker}"} \\d`, 'm'));
        expect(text).toContain(`daymark_followers{way="socket",worker="${worker}"} 0`);
      }
    }
  });
});
