import { afterEach, describe, expect, test } from '@jest/globals';
import { Admission } from '../../server/live/admission.ts';
import { openGateway } from '../../server/live/gateway.ts';
import { defaultGatewayLimits } from '../../server/live/gateway-limits.ts';
import { Streams } from '../../server/live/sse.ts';
import { measureFollowers } from '../../server/ops/live-metrics.ts';
import { Metrics, textOf } from '../../server/ops/metrics.ts';
import { measureStore } from '../../server/ops/store-metrics.ts';
import { connect, reached } from '../../server/store/connection.ts';
import { VitalSigns } from '../../server/store/vitals.ts';
import { api, openSite, type Site, startSite } from '../http/support.ts';
import { connectRaw, connect as connectSocket, endAll, follow, whenDone } from '../live/support.ts';
import { picture } from '../media/laden-images.ts';
import { publishWith, upload } from '../media/upload.ts';
import { admin, development, expectOk, gaza, silent, startSpine } from '../support/spine.ts';
import { startRedis } from '../support/test-redis.ts';
import { waitFor } from '../support/wait-for.ts';
import { parseMetrics } from './support.ts';

afterEach(endAll);

async function scrape(site: Site): Promise<Map<string, number>> {
  return parseMetrics((await site.request.get('/metrics').expect(200)).text);
}

async function opened(): Promise<Site> {
  const site = await startSite();
  whenDone(() => site.end());
  return site;
}

describe('what an operator asks', () => {
  test('OPS1 answers by route and class of status, refusals by code, writes by outcome', async () => {
    const site = await opened();
    await site.request.get(`${api}/gaza`).expect(200);
    await site.request.get(`${api}/gaza`).expect(200);
    await site.request.get('/no/such/address').expect(404);
    await site.request.get(`${api}/gaza/changes?since=nonsense`).expect(422);
    const post = () => site.request.post(`${api}/gaza/updates`).set(site.admin).set('Idempotency-Key', 'one');
    await post().send(development()).expect(201);
    await post().send(development()).expect(200);
    await site.request.post(`${api}/gaza/updates`).set(site.admin).send({}).expect(422);
    const found = await scrape(site);
    const requests = (method: string, route: string, status: string) =>
      found.get(`daymark_requests_total{method="${method}",route="${route}",status="${status}"}`);
    expect(requests('GET', '/api/v1/timelines/:slug', '2xx')).toBe(2);
    expect(requests('GET', 'none', '4xx')).toBe(1);
    expect(requests('POST', '/api/v1/timelines/:slug/updates', '2xx')).toBe(2);
    expect(requests('POST', '/api/v1/timelines/:slug/updates', '4xx')).toBe(1);
    expect(found.get('daymark_refusals_total{code="malformed-position"}')).toBe(1);
    expect(found.get('daymark_refusals_total{code="validation-failed"}')).toBe(1);
    const writes = (outcome: string) => found.get(`daymark_write_seconds_count{outcome="${outcome}"}`);
    expect([writes('written'), writes('replayed'), writes('refused'), writes('failed')]).toEqual([1, 1, 1, 0]);
  });

  test('OPS2 how much is answered from memory, and what that takes', async () => {
    const site = await opened();
    for (let i = 0; i < 5; i++) await site.request.get(`${api}/gaza/days`).expect(200);
    await site.request.get(`${api}/gaza`).expect(200);
    const found = await scrape(site);
    const answers = (result: string) => found.get(`daymark_prepared_answers_total{result="${result}"}`);
    expect([answers('hit'), answers('miss'), answers('stale')]).toEqual([4, 2, 0]);
    expect(found.get('daymark_prepared_builds_total')).toBe(2);
    expect(found.get('daymark_prepared_answers')).toBe(2);
    expect(found.get('daymark_prepared_bytes')).toBeGreaterThan(1_000);
  });

  test('OPS3 how far this node is behind the log', async () => {
    const site = await opened();
    const { desk, clock } = site.spine;
    clock.ms += 60_000;
    expectOk(await desk.publish(admin, 'gaza', development()));
    const found = await scrape(site);
    expect(found.get('daymark_change_lag_seconds_count')).toBe(1);
    expect(found.get('daymark_changes_total{type="update.published"}')).toBe(1);
    expect(found.get('daymark_log_followed')).toBe(1);
    expect(found.get('daymark_log_look_age_seconds')).toBeLessThan(60);
    expect(found.get('daymark_timelines')).toBe(1);
  });

  test('OPS16 what became of uploaded images, how much that is, and how long it took', async () => {
    const site = await opened();
    const bytes = await picture(640, 480).jpeg().toBuffer();
    const kept = await upload(site, bytes);
    expect(kept.status).toBe(201);
    expect((await upload(site, Buffer.from('<svg/>'))).status).toBe(415);
    const publish = await publishWith(site, [kept.body]);
    await site.request
      .delete(`${api}/gaza/updates/${publish.body.id}`)
      .set(site.admin)
      .send({ reason: 'x' })
      .expect(204);
    const found = await scrape(site);
    const images = (outcome: string) => found.get(`daymark_images_total{outcome="${outcome}"}`);
    expect([images('kept'), images('refused'), images('unavailable')]).toEqual([1, 1, 0]);
    expect(found.get('daymark_images_deleted_total')).toBe(1);
    expect(found.get('daymark_image_bytes_total{of="uploaded"}')).toBe(bytes.length + '<svg/>'.length);
    expect(found.get('daymark_image_bytes_total{of="kept"}')).toBeGreaterThan(500);
    expect(found.get('daymark_image_seconds_total')).toBeGreaterThan(0);
  });

  test('OPS4 who follows by which way, and who was sent away why', async () => {
    const spine = await startSpine();
    expectOk(await spine.desk.createTimeline(admin, gaza));
    const { live, clock } = spine;
    const limits = { ...defaultGatewayLimits, connections: 3 };
    const admission = new Admission(limits);
    const shared = { live, clock: clock.now, log: silent, limits, admission };
    const streams = new Streams(shared);
    const metrics = new Metrics({ version: '0' });
    const site = await openSite(spine, { streams, metrics });
    const gateway = openGateway({ ...shared, server: site.server });
    measureFollowers(metrics.registry, admission, { gateway, streams });
    whenDone(async () => {
      gateway.close();
      streams.close();
      await site.end();
    });

    await follow(await connectSocket(site.url));
    const malformed = await connectRaw(site.url);
    const stream = await fetch(`${site.url}${api}/gaza/stream`);
    await expect(connectSocket(site.url)).rejects.toThrow();
    const before = await scrape(site);
    expect(before.get('daymark_followers{way="socket"}')).toBe(2);
    expect(before.get('daymark_followers{way="stream"}')).toBe(1);
    expect(before.get('daymark_connections_dropped_total{reason="full"}')).toBe(1);
    malformed.send('42["no such event"]');
    await stream.body?.cancel();
    await waitFor(() => admission.count === 1, 'two to have gone');
    expectOk(await spine.desk.publish(admin, 'gaza', development()));
    await waitFor(
      async () => (await scrape(site)).get('daymark_fanout_sockets_total{write="joined"}') === 1,
      'a write',
    );
    const after = await scrape(site);
    expect(after.get('daymark_followers{way="socket"}')).toBe(1);
    expect(after.get('daymark_followers{way="stream"}')).toBe(0);
    expect(after.get('daymark_connections_dropped_total{reason="malformed"}')).toBe(1);
    expect(after.get('daymark_connections_dropped_total{reason="not-reading"}')).toBe(0);
  });

  test('OPS5 how Redis is: whether it answers, its memory, its append-only file', async () => {
    const redis = await startRedis(['--appendonly', 'yes']);
    const connection = connect(redis.url, silent);
    await reached(connection, 10_000);
    const vitals = new VitalSigns(connection, silent);
    whenDone(async () => {
      connection.disconnect();
      await redis.end('SIGKILL');
    });
    const metrics = new Metrics({ version: '0' });
    measureStore(metrics.registry, () => vitals.all);
    const read = async () => {
      await vitals.look();
      return parseMetrics(await metrics.text());
    };
    const of = (found: Map<string, number>, name: string) => found.get(`daymark_redis_${name}{node="primary"}`);
    const well = await read();
    expect([of(well, 'up'), of(well, 'aof_enabled'), of(well, 'aof_write_ok'), of(well, 'aof_rewrite_ok')]).toEqual([
      1, 1, 1, 1,
    ]);
    expect(of(well, 'used_memory_bytes')).toBeGreaterThan(100_000);
    expect(of(well, 'ping_seconds')).toBeLessThan(60);
    redis.process.kill('SIGSTOP');
    const frozen = await read();
    redis.process.kill('SIGCONT');
    expect(of(frozen, 'up')).toBe(0);
    expect(of(frozen, 'used_memory_bytes')).toBeUndefined();
  });
});

describe('the series', () => {
  test('OPS6 their number does not grow with timelines, addresses and clients, and none names one', async () => {
    const site = await opened();
    const visit = async (n: number) => {
      for (const path of [`/place-${n}`, `/gaza/day/${n}`, `${api}/gaza/updates/id-${n}`, `/x/${n}/y?token=t-${n}`]) {
        await site.request.get(path).set('User-Agent', `Client-${n}`);
      }
      await site.request.get('/api/v1/tokens').set('Authorization', `Bearer guess-${n}`);
    };
    await visit(1);
    const before = await scrape(site);
    for (let n = 1_001; n <= 1_030; n++) await visit(n);
    const { text } = await site.request.get('/metrics');
    // Asking for the metrics is itself counted from the second time on.
    const added = [...parseMetrics(text).keys()].filter((name) => !before.has(name) && !name.includes('"/metrics"'));
    expect(added).toEqual([]);
    expect(text).not.toMatch(/10[0-3]\d"|gaza|guess|Client|127\.0\.0\.1/);
  });

  test('OPS7 several processes are told in one text, each under its own name', async () => {
    const two = ['1', '2'].map((worker) => new Metrics({ version: '9', worker }));
    const text = await textOf(await Promise.all(two.map((metrics) => metrics.snapshot())));
    expect(parseMetrics(text)).toEqual(
      new Map([
        ['daymark_build_info{version="9",worker="1"}', 1],
        ['daymark_build_info{version="9",worker="2"}', 1],
      ]),
    );
  });
});

describe('who is told', () => {
  test('OPS8 without a token neighbours alone, and nobody through a proxy', async () => {
    const site = await opened();
    const { headers } = await site.request.get('/metrics').expect(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    for (const [name, value] of [
      ['X-Forwarded-For', '127.0.0.1'],
      ['X-Real-IP', '10.0.0.1'],
      ['Forwarded', 'for=127.0.0.1'],
      ['Via', '1.1 proxy'],
    ] as const) {
      const { body } = await site.request.get('/metrics').set(name, value).expect(403);
      expect(body.code).toBe('forbidden');
    }
  });

  test('OPS8 with METRICS_TOKEN whoever sends it, and nobody else', async () => {
    const site = await startSite({ metricsToken: 'a-token-for-the-scraper-alone' });
    whenDone(() => site.end());
    const { headers } = await site.request.get('/metrics').expect(401);
    expect(headers['www-authenticate']).toBe('Bearer realm="metrics"');
    await site.request.get('/metrics').set(site.admin).expect(401);
    const right = { Authorization: 'Bearer a-token-for-the-scraper-alone', 'X-Forwarded-For': '203.0.113.9' };
    await site.request.get('/metrics').set(right).expect(200);
  });
});
