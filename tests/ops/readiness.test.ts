import { createServer } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import supertest from 'supertest';
import { readyz } from '../../server/http/house.ts';
import { openSite, type Site } from '../http/support.ts';
import { startSpine } from '../support/spine.ts';
import { startRedis } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function reasons(site: Site): Promise<string[]> {
  const { status, body } = await site.request.get('/readyz');
  if (status === 200) expect(body).toEqual({ status: 'ready' });
  else expect({ status, of: body.status }).toEqual({ status: 503, of: 503 });
  return body.reasons ?? [];
}

describe('readiness', () => {
  test('OPS9 a node is not ready while its store is frozen, says why, and is ready when it is back', async () => {
    const redis = await startRedis();
    ends.push(() => redis.end('SIGKILL'));
    const spine = await startSpine({ url: redis.url });
    const site = await openSite(spine);
    ends.push(() => site.end());
    ends.push(async () => redis.process.kill('SIGCONT'));
    expect(await reasons(site)).toEqual([]);
    redis.process.kill('SIGSTOP');
    expect(await reasons(site)).toContain('store-unreachable');
    await waitFor(async () => (await reasons(site)).includes('log-not-followed'), 'the log to be given up');
    redis.process.kill('SIGCONT');
    await waitFor(async () => (await reasons(site)).length === 0, 'readiness');
  });

  test('OPS9 a store that answers is not enough: a log that nobody has looked at for long is not followed', async () => {
    const store = { ping: () => Promise.resolve() };
    const live = { connected: true, lookedMsAgo: 20_000 };
    const app = express().get('/readyz', readyz({ store, live, isDraining: () => false }));
    const { body } = await supertest(app).get('/readyz').expect(503);
    expect(body).toMatchObject({ code: 'store-unavailable', reasons: ['log-not-followed'] });
  });

  test('OPS10 a node that was told to stop says so at once, and still serves', async () => {
    let draining = false;
    const site = await openSite(await startSpine(), { isDraining: () => draining });
    ends.push(() => site.end());
    expect(await reasons(site)).toEqual([]);
    draining = true;
    const { body, headers } = await site.request.get('/readyz').expect(503);
    expect(body).toMatchObject({ code: 'stopping', reasons: ['draining'] });
    expect(headers['cache-control']).toBe('no-store');
    await site.request.get('/healthz').expect(200);
    await site.request.get('/').expect(200);
  });

  test('OPS9 who asks while the store is being asked waits for the same answer', async () => {
    let pings = 0;
    let answer = (): void => undefined;
    const ping = (): Promise<void> => {
      pings += 1;
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
    const live = { connected: true, lookedMsAgo: 0 };
    const app = express().get('/readyz', readyz({ store: { ping }, live, isDraining: () => false }));
    let arrived = 0;
    const server = createServer((req, res) => {
      app(req, res);
      arrived += 1;
      if (arrived === 20) answer();
    });
    const asked = Array.from({ length: 20 }, () => supertest(server).get('/readyz').expect(200));
    await Promise.all(asked);
    expect(pings).toBe(1);
  });
});
