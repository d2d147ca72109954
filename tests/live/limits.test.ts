import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { admin, development, expectOk, gaza } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import {
  changesOf,
  connectRaw,
  endAll,
  follow,
  openRaw,
  range,
  record,
  said,
  seqs,
  startLive,
  type TestSocket,
  whenDone,
} from './support.ts';

afterEach(endAll);

interface Gone {
  code: number;
  reason: string;
}

async function goes(socket: WebSocket): Promise<Gone> {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  return { code, reason: reason.toString() };
}

/** Why Socket.IO’s own client was sent away, and what it was told before. */
async function dismissed(socket: TestSocket): Promise<{ reason: string; codes: string[] }> {
  const codes: string[] = [];
  socket.on('problem', ({ code }) => codes.push(code));
  const reason = await new Promise<string>((resolve) => socket.once('disconnect', resolve));
  return { reason, codes };
}

describe('a client that sends too much', () => {
  test('LIVE12 is disconnected with a reason, and nobody else notices', async () => {
    const node = await startLive({ packetBurst: 100 });
    const good = await node.connect();
    const heard = record(good);
    await follow(good);
    const flooder = await node.connectRaw();
    const going = goes(flooder);
    for (const n of range(1, 100_000)) flooder.send(`42${n}["follow",{"timeline":"gaza"}]`);
    await node.post(20);
    expect(await going).toEqual({ code: 4429, reason: 'too many packets' });
    await waitFor(() => heard.changes.length >= 20, 'all changes');
    expect(seqs(heard.changes)).toEqual(range(1, 20));
    expect(good.connected).toBe(true);
  });

  test('LIVE12 Socket.IO’s own client hears the problem and does not come back by itself', async () => {
    const node = await startLive({ packetBurst: 10 });
    const socket = await node.connect();
    const going = dismissed(socket);
    for (const _ of range(1, 11)) socket.emit('unfollow', { timeline: 'gaza' });
    expect(await going).toEqual({ reason: 'io server disconnect', codes: ['too-many-requests'] });
  });

  test('LIVE12 packets are earned back with time', async () => {
    const node = await startLive({ packetBurst: 10, packetsPerSecond: 5 });
    const socket = await node.connect();
    for (const _ of range(1, 4)) {
      for (const __ of range(1, 5)) await follow(socket);
      node.clock.ms += 1_000;
    }
    const going = dismissed(socket);
    for (const _ of range(1, 11)) socket.emit('unfollow', { timeline: 'gaza' });
    expect((await going).reason).toBe('io server disconnect');
  });

  test('LIVE15 a socket follows no more timelines than the limit, and keeps those that it follows', async () => {
    const node = await startLive({ timelinesPerSocket: 1 });
    expectOk(await node.desk.createTimeline(admin, { ...gaza, slug: 'other' }));
    const socket = await node.connect();
    expect(await follow(socket)).toMatchObject({ ok: true });
    expect(await follow(socket, undefined, 'other')).toMatchObject({ ok: false, error: { code: 'too-many-requests' } });
    expect(await follow(socket)).toMatchObject({ ok: true });
    socket.emit('unfollow', { timeline: 'gaza' });
    expect(await follow(socket, undefined, 'other')).toMatchObject({ ok: true });
  });
});

describe('a client that sends what is no request', () => {
  test.each([
    ['a follow without acknowledgement', '42["follow",{"timeline":"gaza"}]'],
    ['a payload that is no object', '421["follow","gaza"]'],
    ['a payload that is a list', '421["follow",["gaza"]]'],
    ['no payload', '421["follow"]'],
    ['more arguments than there are', '421["follow",{"timeline":"gaza"},{}]'],
    ['an event that does not exist', '421["publish",{"timeline":"gaza"}]'],
    ['an event called error', '42["error",{"timeline":"gaza"}]'],
    ['something that is not JSON', '42["follow",{'],
    ['a reserved event', '42["disconnect"]'],
    ['an unknown packet of Engine.IO', 'x'],
    ['an unknown packet of Socket.IO', '49'],
  ])('LIVE13 %s: is disconnected with a reason', async (_, packet) => {
    const node = await startLive();
    const socket = await node.connectRaw();
    const going = goes(socket);
    socket.send(packet);
    expect(await going).toEqual({ code: 4400, reason: 'malformed packet' });
  });

  test('LIVE13 a packet over 4 kB is not read', async () => {
    const node = await startLive();
    const socket = await node.connectRaw();
    const going = goes(socket);
    socket.send(`421["follow",{"timeline":"${'x'.repeat(4_096)}"}]`);
    expect(await going).toMatchObject({ code: 1009 });
  });

  test('LIVE13 names that objects have of themselves are no timelines', async () => {
    const node = await startLive();
    const socket = await node.connect();
    for (const name of ['__proto__', 'constructor', 'toString', '', 'x'.repeat(3_000)]) {
      expect(await follow(socket, undefined, name)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    }
  });

  test('LIVE16 a socket that never says it is Socket.IO is closed', async () => {
    const node = await startLive({ connectMs: 50 });
    const socket = openRaw(node.url);
    await goes(socket);
    await waitFor(() => node.gateway.connections === 0, 'it to be counted out');
  });

  test('LIVE16 a socket that does not answer pings is closed', async () => {
    const node = await startLive({ pingIntervalMs: 30, pingTimeoutMs: 30 });
    await goes(await node.connectRaw());
    await waitFor(() => node.gateway.connections === 0, 'it to be counted out');
  });
});

describe('a client that does not read', () => {
  test('LIVE14 is dropped for the packets that wait, and the others get every change', async () => {
    const node = await startLive({ queuedPackets: 20, sweepMs: 20 });
    const good = await node.connect();
    const heard = record(good);
    await follow(good);
    const stopped = await node.connectRaw();
    stopped.send('421["follow",{"timeline":"gaza"}]');
    await said(stopped, '431');
    stopped.pause();
    const body = `<p>${'x'.repeat(90_000)}</p>`;
    let posted = 0;
    while (node.gateway.connections > 1 && posted < 300) {
      expectOk(await node.desk.publish(admin, 'gaza', development({ body })));
      posted += 1;
    }
    expect(node.gateway.connections).toBe(1);
    await waitFor(() => heard.changes.length >= posted, 'all changes');
    expect(seqs(heard.changes)).toEqual(range(1, posted));
  });

  test('LIVE14, LIVE56 is dropped though hardly anything waits for it and it forges answers; one that reads stays', async () => {
    const node = await startLive({ sweepMs: 20, askMs: 0 });
    const [good, stopped] = [await node.connectRaw(), await node.connectRaw()];
    const answered = (socket: WebSocket): Promise<unknown> => once(socket, 'ping');
    await Promise.all([good, stopped].map(answered));
    for (const socket of [good, stopped]) {
      socket.send('421["follow",{"timeline":"gaza"}]');
      await said(socket, '431');
    }
    stopped.pause();
    const forging = setInterval(() => {
      stopped.pong('forged');
      stopped.send('3');
    }, 20);
    whenDone(() => clearInterval(forging));
    const gone = once(stopped, 'close');
    await waitFor(async () => {
      await node.post(1);
      await answered(good);
      node.clock.ms += 1_000;
      return node.gateway.connections === 1;
    }, 'the one that does not read to be dropped');
    stopped.resume();
    await gone;
    expect(good.readyState).toBe(WebSocket.OPEN);
  });

  test('LIVE57 a follower that reads gets a long answer whole', async () => {
    const node = await startLive({ sweepMs: 20 });
    const body = `<p>${'ж'.repeat(90_000)}</p>`;
    for (const _ of range(1, 8)) expectOk(await node.desk.publish(admin, 'gaza', development({ body })));
    const changes = changesOf(await follow(await node.connect(), node.position(0)));
    expect(changes.map((change) => ('update' in change ? change.update.body : null))).toEqual(
      range(1, 8).map(() => body),
    );
  });

  test('LIVE14 is dropped when it has taken nothing for 11 s, however little waits', async () => {
    const node = await startLive({ queuedPackets: 10_000, sweepMs: 20 });
    const body = `<p>${'x'.repeat(90_000)}</p>`;
    for (const _ of range(1, 100)) expectOk(await node.desk.publish(admin, 'gaza', development({ body })));
    const stopped = await node.connectRaw();
    stopped.send(`421["follow",{"timeline":"gaza","since":"${node.position(0)}"}]`);
    stopped.pause();
    // Another one asks after it, so that the answer to the first is on its way.
    expect(changesOf(await follow(await node.connect(), node.position(99)))).toHaveLength(1);
    await waitFor(() => {
      node.clock.ms += 500;
      return node.gateway.connections === 1;
    }, 'the one that does not read to be dropped');
  });
});

describe('too many connections', () => {
  const refusal = (url: string): Promise<{ status: number; retryAfter: string }> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
      socket.on('unexpected-response', (_, { statusCode = 0, headers }) => {
        resolve({ status: statusCode, retryAfter: String(headers['retry-after']) });
        socket.terminate();
      });
      socket.on('open', () => reject(new Error('it was let in')));
      socket.on('error', () => undefined);
    });

  test.each([
    ['of one address', { connectionsPerAddress: 2 }, 429],
    ['in all', { connections: 2 }, 503],
  ])('LIVE15 %s are refused with the time to wait, and let in when others have gone', async (_, limits, status) => {
    const node = await startLive(limits);
    const [first] = [await node.connectRaw(), await node.connectRaw()];
    expect(await refusal(node.url)).toEqual({ status, retryAfter: '10' });
    const going = goes(first);
    first.close();
    await going;
    await waitFor(() => node.gateway.connections === 1, 'it to be counted out');
    await connectRaw(node.url);
  });

  test('LIVE15 streams count as well', async () => {
    const node = await startLive({ connectionsPerAddress: 2 });
    const leave = new AbortController();
    const stream = (): Promise<Response> => fetch(`${node.url}/api/v1/timelines/gaza/stream`, { signal: leave.signal });
    await node.connectRaw();
    expect((await stream()).status).toBe(200);
    expect((await stream()).status).toBe(429);
    expect(await refusal(node.url)).toMatchObject({ status: 429 });
    leave.abort();
    await waitFor(() => node.gateway.connections === 1, 'it to be counted out');
    await connectRaw(node.url);
  });
});

test('LIVE17 at the end everybody is sent away, so as to come back by themselves', async () => {
  const node = await startLive();
  const [raw, socket] = [await node.connectRaw(), await node.connect()];
  const going = Promise.all([goes(raw), dismissed(socket)]);
  node.gateway.close();
  const [{ code, reason }, told] = await going;
  expect({ code, reason }).toEqual({ code: 1001, reason: 'shutting down' });
  expect(told.reason).toBe('transport close');
});
