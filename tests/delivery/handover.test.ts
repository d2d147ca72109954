import { afterEach, describe, expect, test } from '@jest/globals';
import { Sender } from '../../server/delivery/sender.ts';
import { call, daymarks } from '../support/daymark-process.ts';
import { development, gaza } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { delivering } from './delivery-support.ts';
import { answers, receivers, stalls } from './receiver.ts';

const start = delivering();
const receiver = receivers();
const servers = daymarks();
afterEach(() => servers.end());

describe('one node after another', () => {
  test('HOOK9 one node delivers, the others watch; what it was about to do when it stopped the next one does', async () => {
    const it = await start({ deadlineMs: 60_000 });
    const partner = await receiver(stalls);
    await it.webhook({ url: partner.url });
    await it.publish();
    const other = it.another(new Sender({ allowsPrivate: true }));
    await it.deliverer.look();
    await waitFor(() => partner.got.length === 1, 'the first attempt');
    await other.look();
    await other.settled();
    expect(partner.got).toHaveLength(1);
    await it.deliverer.stop();
    partner.behave = answers(200);
    await waitFor(async () => {
      await other.look();
      await other.settled();
      return partner.got.length === 2;
    }, 'the other node to take over');
    const [hook] = await it.site.spine.hooks.hooks('gaza');
    expect(hook).toMatchObject({ failures: 0, deliveries: [{ attempt: 1, status: 200 }] });
    await other.stop();
  });

  test('HOOK9 a look that began before a delivery ended does not deliver the same again', async () => {
    const it = await start({ deadlineMs: 60_000 });
    const held: (() => void)[] = [];
    const partner = await receiver((res) => void held.push(() => res.end()));
    await it.webhook({ url: partner.url });
    await it.publish();
    await it.deliverer.look();
    await waitFor(() => held.length === 1, 'the delivery to be under way');
    const { store } = it.site.spine;
    const takeLease = store.takeLease.bind(store);
    store.takeLease = async (...asked) => {
      for (const answer of held) answer();
      await it.deliverer.settled();
      return takeLease(...asked);
    };
    await it.deliver();
    expect(partner.seqs).toEqual([1]);
  });

  test('HOOK9 two that deliver at once for a moment tell it twice, and neither sets the other back', async () => {
    const it = await start({ deadlineMs: 60_000 });
    const lates: (() => void)[] = [];
    const partner = await receiver((res, nth) => (nth === 1 ? lates.push(() => res.end()) : res.end()) as never);
    await it.webhook({ url: partner.url });
    await it.publish();
    await it.publish();
    await it.deliverer.look();
    await waitFor(() => partner.got.length === 1, 'the first attempt');
    const { hooks, live } = it.site.spine;
    const other = it.another();
    Object.assign(it.site.spine.store, { takeLease: async (_job: string, holder: string) => `${holder} 1` });
    await other.look();
    await other.settled();
    expect(partner.seqs).toEqual([1, 1, 2]);
    for (const late of lates) late();
    await it.deliverer.settled();
    const { epoch } = live.timeline('gaza')?.position ?? {};
    expect(await hooks.hooks('gaza')).toMatchObject([{ position: `${epoch}:2` }]);
    expect(partner.seqs).toEqual([1, 1, 2]);
    await other.stop();
  });

  test('HOOK9 kill -9 of the server in the middle of deliveries: each change comes, in order, with its id', async () => {
    const dataDir = servers.newDataDir();
    const env = { WEBHOOKS_PRIVATE_NETWORKS: 'yes' };
    let server = await servers.start({ dataDir, env });
    await call(server, 'POST', '/api/v1/timelines', gaza);
    const partner = await receiver();
    const webhooks = '/api/v1/timelines/gaza/webhooks';
    expect((await call(server, 'POST', webhooks, { name: 'Partner', url: partner.url })).status).toBe(201);
    const acknowledged: number[] = [];
    const changes = 40;
    for (const killAt of [5, 17, 30]) {
      const killed = new Promise<void>((resolve) => {
        partner.onGot = () => {
          if (new Set(partner.seqs).size < killAt) return;
          partner.onGot = () => undefined;
          server.process.once('exit', () => resolve());
          server.process.kill('SIGKILL');
        };
        // On a slow machine it may have got so far before anybody looked.
        partner.onGot();
      });
      const posting = (async () => {
        while (acknowledged.length < changes) {
          const posted = await call(server, 'POST', '/api/v1/timelines/gaza/updates', development()).catch(() => null);
          if (posted?.status !== 201) return;
          acknowledged.push(posted.status);
        }
      })();
      await Promise.all([killed, posting]);
      server = await servers.start({ dataDir, env });
    }
    const { body } = await call(server, 'GET', '/api/v1/timelines/gaza/head');
    const last = Number(body.position.split(':')[1]);
    expect(last).toBeGreaterThanOrEqual(acknowledged.length);
    await waitFor(() => partner.seqs.includes(last), 'the last change to be delivered', { withinMs: 30_000 });
    const { seqs } = partner;
    const firsts = seqs.filter((seq, at) => seqs.indexOf(seq) === at);
    expect(firsts).toEqual(Array.from({ length: last }, (_, at) => at + 1));
    const ids = new Map(
      partner.got.map(({ headers, body: sent }) => [headers['webhook-id'], JSON.parse(sent).position]),
    );
    expect(ids.size).toBe(last);
    expect(seqs.length - last).toBeLessThanOrEqual(3);
  }, 180_000);
});
