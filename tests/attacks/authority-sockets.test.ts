import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { Admission } from '../../server/live/admission.ts';
import { type Gateway, openGateway } from '../../server/live/gateway.ts';
import { defaultGatewayLimits } from '../../server/live/gateway-limits.ts';
import type { Present } from '../../shared/newsroom-protocol.ts';
import { site } from '../http/support.ts';
import { admin, expectOk, gaza, silent } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { type Caller, type CallerName, callerNames, makeCallers, makePeople } from './callers.ts';

const the = site();
let gateway: Gateway;
let tokens: Record<CallerName, Caller>;
let people: Record<CallerName, Caller>;

beforeAll(async () => {
  const { spine, server, app } = the();
  expectOk(await spine.desk.createTimeline(admin, { ...gaza, slug: 'kyiv', timeZone: 'Europe/Kyiv' }));
  gateway = openGateway({
    live: spine.live,
    clock: spine.clock.now,
    log: silent,
    limits: defaultGatewayLimits,
    admission: new Admission(defaultGatewayLimits),
    server,
    newsroom: {
      channel: spine.newsroomChannel,
      identify: app.identify,
      hasTimeline: (slug) => spine.live.timeline(slug) !== null,
    },
  });
  tokens = await makeCallers(the());
  people = await makePeople(the());
});
afterAll(() => gateway.close());

const [, ofSockets = ''] = readFileSync('docs/authority.md', 'utf8').split('\n## ');
const rows = [...ofSockets.matchAll(/^\| `(\/\w*)` \|([^|]*)\|(.*)\|$/gm)].map(
  ([, name = '', asked = '', cells = '']) => ({
    namespace: name,
    asked: asked.trim(),
    told: cells.split('|').map((cell) => cell.trim()),
  }),
);

type Reply = { ok: true } | { ok: false; error: { code: string } };
const codeOf = (reply: Reply): string => (reply.ok ? 'ok' : reply.error.code);

/** Somebody who sits at the desk and sees who else is there and what each edits. */
async function witness(): Promise<{ editing: () => (string | null)[]; socket: Socket }> {
  const socket = await enter('/newsroom', tokens.editor);
  let seen: Present[] = [];
  socket.on('people', (desk: { people: Present[] }) => {
    seen = desk.people;
  });
  await socket.emitWithAck('arrive', { timeline: 'gaza' });
  return { socket, editing: () => seen.map(({ editing }) => editing) };
}

async function enter(namespace: string, { headers }: Caller): Promise<Socket> {
  const options = { transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders: headers };
  const socket = io(the().url + namespace, options);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

const acts: Record<string, (socket: Socket) => Promise<string>> = {
  '/ follow': async (socket) => codeOf(await socket.emitWithAck('follow', { timeline: 'gaza' })),
  '/ follow an unknown timeline': async (socket) => codeOf(await socket.emitWithAck('follow', { timeline: 'nowhere' })),
  '/ publish': disconnectedBy('publish'),
  '/newsroom connect': async () => 'ok',
  '/newsroom arrive': async (socket) => codeOf(await socket.emitWithAck('arrive', { timeline: 'gaza' })),
  '/newsroom arrive at an unknown timeline': async (socket) =>
    codeOf(await socket.emitWithAck('arrive', { timeline: 'nowhere' })),
  '/newsroom edit, seated': async (socket) => {
    const reply: Reply = await socket.emitWithAck('arrive', { timeline: 'gaza' });
    if (!reply.ok) return codeOf(reply);
    const { editing, socket: other } = await witness();
    socket.emit('edit', { timeline: 'gaza', update: 'u1' });
    await waitFor(() => editing().includes('u1'));
    other.disconnect();
    return 'ok';
  },
  '/newsroom edit, not seated': async (socket) => {
    const { editing, socket: other } = await witness();
    socket.emit('edit', { timeline: 'gaza', update: 'u1' });
    // What is answered after it was read after it.
    await socket.emitWithAck('arrive', { timeline: 'nowhere' });
    const heard = editing().includes('u1');
    other.disconnect();
    return heard ? 'ok' : 'ignored';
  },
  '/newsroom publish': disconnectedBy('publish'),
};

function disconnectedBy(event: string): (socket: Socket) => Promise<string> {
  return (socket) =>
    new Promise((resolve) => {
      socket.once('disconnect', () => resolve('disconnected'));
      socket.emit(event, { timeline: 'gaza', headline: 'x' });
    });
}

async function told(namespace: string, asked: string, caller: Caller): Promise<string> {
  let socket: Socket;
  try {
    socket = await enter(namespace, caller);
  } catch (error) {
    return (error as { data: { code: string } }).data.code;
  }
  const act = acts[`${namespace} ${asked}`];
  if (!act) throw new Error(`docs/authority.md has a row that is no case: ${namespace} ${asked}`);
  try {
    return await act(socket);
  } finally {
    socket.disconnect();
  }
}

describe('the table of who may do what over a socket', () => {
  test('ATK1 has a row for everything that is asked here, and no other', () => {
    expect(rows.map(({ namespace, asked }) => `${namespace} ${asked}`)).toEqual(Object.keys(acts));
  });

  test.each(rows)('ATK1, DESK23 holds for tokens and people: $namespace $asked', async (row) => {
    for (const callers of [tokens, people]) {
      const found: [string, string][] = [];
      for (const name of callerNames) found.push([name, await told(row.namespace, row.asked, callers[name])]);
      expect(found).toEqual(callerNames.map((name, column) => [name, row.told[column]]));
    }
  });

  test('ATK1 nothing of it has changed the record', async () => {
    expect((await the().spine.store.timeline('gaza'))?.position.seq).toBe(0);
  });
});
