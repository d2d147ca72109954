import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { waitFor } from '../support/wait-for.ts';
import { delivering, webhooks } from './delivery-support.ts';
import { answers, type Behaviour, receivers, stalls } from './receiver.ts';

const start = delivering();
const receiver = receivers();

const second = 1_000;
const day = 86_400 * second;

/** Begins an answer and never ends it. */
const endless =
  (status: number): Behaviour =>
  (res) => {
    res.writeHead(status);
    const more = (): void => {
      if (res.destroyed) return;
      if (res.write(randomBytes(65_536))) setImmediate(more);
      else res.once('drain', more);
    };
    more();
  };

/** The head of an answer, a byte at a time. */
const drips: Behaviour = (res: ServerResponse) => {
  const socket = res.socket;
  let at = 0;
  const head = 'HTTP/1.1 200 OK\r\nX-Slow: '.padEnd(10_000, 'x');
  const timer = setInterval(() => socket?.write(head[at++] ?? ''), 5);
  socket?.on('close', () => clearInterval(timer));
};

/** How a receiver behaves, and what the log of deliveries says of it. */
const misbehaviours: [string, Behaviour, { status: number | null; fault: string | null }][] = [
  ['answers 500', answers(500), { status: 500, fault: 'answered 500' }],
  ['answers 404', answers(404), { status: 404, fault: 'answered 404' }],
  ['asks for patience', answers(429, { 'Retry-After': '120' }), { status: 429, fault: 'answered 429' }],
  [
    'leads elsewhere',
    answers(302, { Location: 'http://169.254.169.254/latest/meta-data/' }),
    { status: 302, fault: 'answered 302; redirects are not followed' },
  ],
  ['says nothing', stalls, { status: null, fault: 'no answer within 1.5 s' }],
  ['drips the head of an answer', drips, { status: null, fault: 'no answer within 1.5 s' }],
  ['hangs up', (res) => void res.destroy(), { status: null, fault: 'ECONNRESET' }],
  [
    'says 200 and hangs up half-way through its head',
    (res) => void res.socket?.end('HTTP/1.1 200 OK\r\nX-Li'),
    { status: null, fault: 'ECONNRESET' },
  ],
  [
    'speaks no HTTP',
    (res) => void res.socket?.end('220 smtp.example.org ESMTP\r\n'),
    { status: null, fault: 'HPE_INVALID_CONSTANT' },
  ],
  [
    'sends a head without end',
    (res) => void res.socket?.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(1_000_000)}`),
    { status: null, fault: 'HPE_HEADER_OVERFLOW' },
  ],
  ['fails with a body without end', endless(500), { status: 500, fault: 'answered 500' }],
];

describe('receivers that fail, stall and lie', () => {
  test('HOOK3 a receiver that fails is told again, the next change waits, and the log says what was wrong', async () => {
    const it = await start({ deadlineMs: 1_500 });
    const cases = await Promise.all(
      misbehaviours.map(async ([what, behave, log]) => {
        const partner = await receiver(behave);
        return { what, log, partner, hook: await it.webhook({ name: what, url: partner.url }) };
      }),
    );
    await it.publish();
    await it.publish();
    await it.deliver();
    await it.deliver();
    for (const { what, log, partner, hook } of cases) {
      expect([what, partner.got.length]).toEqual([what, 1]);
      expect(await it.read(hook)).toMatchObject({
        name: what,
        failures: 1,
        position: hook.position,
        deliveries: [{ ...log, seq: 1, attempt: 1, delivered: false }],
      });
      partner.behave = answers(200);
    }
    it.wait(150 * second);
    await it.deliver();
    for (const { what, partner, hook } of cases) {
      expect([what, ...partner.seqs]).toEqual([what, 1, 1, 2]);
      expect(await it.read(hook)).toMatchObject({ failures: 0, failingSince: null, nextAttemptAt: null });
    }
  });

  test('HOOK3 a receiver that says 200 has taken it, whatever it does then: its status is its word', async () => {
    const it = await start();
    const hangsUp: Behaviour = (res) =>
      void res.writeHead(200, { 'Content-Length': '9' }).write('x', () => res.destroy());
    for (const behave of [hangsUp, endless(200)]) {
      const partner = await receiver(behave);
      const hook = await it.webhook({ url: partner.url });
      await it.publish();
      await it.publish();
      await it.deliver();
      expect(partner.seqs).toHaveLength(2);
      expect(await it.read(hook)).toMatchObject({ failures: 0, deliveries: [{ status: 200 }, { status: 200 }] });
    }
  });

  test('HOOK3 the wait doubles up to an hour, and is as long as the receiver asks for', async () => {
    const it = await start();
    const partner = await receiver(answers(503));
    const hook = await it.webhook({ url: partner.url });
    await it.publish();
    const waits: number[] = [];
    const attempt = async (): Promise<void> => {
      await it.deliver();
      const { nextAttemptAt } = await it.read(hook);
      waits.push((Date.parse(nextAttemptAt ?? '') - it.site.spine.clock.ms) / second);
      it.site.spine.clock.ms = Date.parse(nextAttemptAt ?? '') - 1;
      await it.deliver();
      it.wait(1);
    };
    for (let n = 0; n < 14; n++) await attempt();
    partner.behave = answers(429, { 'Retry-After': '5000' });
    await attempt();
    await it.site.request.patch(`${webhooks}/${hook.id}`).set(it.editor).send({ enabled: true }).expect(200);
    partner.behave = answers(429, { 'Retry-After': '120' });
    await attempt();
    const until = { Date: 'Fri, 01 Dec 2023 07:00:00 GMT', 'Retry-After': 'Fri, 01 Dec 2023 07:05:00 GMT' };
    partner.behave = answers(503, until);
    await attempt();
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 3_600, 3_600, 3_600, 120, 300]);
    expect(partner.got).toHaveLength(17);
  });

  test('HOOK3 a clock that was set back makes nobody wait for days', async () => {
    const it = await start();
    const partner = await receiver(answers(503));
    await it.webhook({ url: partner.url });
    await it.publish();
    await it.deliver();
    it.wait(-day);
    await it.deliver();
    expect(partner.got).toHaveLength(2);
  });

  test('HOOK5 after three days without success it is disabled, with a notice; tried again it goes on where it stopped', async () => {
    const it = await start();
    const partner = await receiver(answers(500));
    const hook = await it.webhook({ url: partner.url });
    await it.publish();
    await it.publish();
    const failingSince = new Date(it.site.spine.clock.ms).toISOString();
    for (let attempts = 0; attempts < 9; attempts++) {
      await it.deliver();
      it.wait(attempts < 8 ? 3_600 * second : 3 * day);
    }
    expect((await it.read(hook)).disabled).toBeNull();
    await it.deliver();
    const reason = `Nothing could be delivered since ${failingSince}: answered 500.`;
    const disabled = await it.read(hook);
    expect(disabled).toMatchObject({ failures: 10, disabled: { reason }, nextAttemptAt: null });
    const { body } = await it.site.request.get('/api/v1/audit?area=webhook').set(it.site.admin).expect(200);
    expect(body.entries[0]).toMatchObject({ actor: 'daymark', action: 'webhook.disable', target: hook.id, reason });
    it.wait(day);
    await it.deliver();
    expect(partner.got).toHaveLength(10);
    partner.got.splice(0);
    partner.behave = answers(200);
    await it.site.request.patch(`${webhooks}/${hook.id}`).set(it.editor).send({ enabled: true }).expect(200);
    await it.deliver();
    expect(partner.seqs).toEqual([1, 2]);
    expect(await it.read(hook)).toMatchObject({ disabled: null, failures: 0 });
  });

  test('HOOK5 one that says 410 is disabled at once', async () => {
    const it = await start();
    const partner = await receiver(answers(410));
    const hook = await it.webhook({ url: partner.url });
    await it.publish();
    await it.deliver();
    const { disabled } = await it.read(hook);
    expect(disabled?.reason).toBe('The receiver said that it is gone for good (410).');
  });

  test('HOOK4 receivers that stall, many of one host and more than there are places, hold up none that answers', async () => {
    const it = await start({ deadlineMs: 60_000 });
    const good = await receiver();
    const stalled = await Promise.all(Array.from({ length: 3 }, () => receiver(stalls)));
    for (const { url } of stalled) for (let n = 0; n < 6; n++) await it.webhook({ url });
    const hook = await it.webhook({ url: good.url });
    await it.publish();
    await it.deliverer.look();
    await waitFor(() => good.got.length === 1, 'the receiver that answers to be told');
    await it.publish();
    await waitFor(async () => {
      await it.deliverer.look();
      return good.got.length === 2;
    }, 'it to be told the next change while the others stall');
    expect((await it.read(hook)).failures).toBe(0);
    await waitFor(() => stalled.every(({ got }) => got.length === 5), 'five of each host to be told');
  });
});
