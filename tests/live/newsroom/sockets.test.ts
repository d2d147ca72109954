import { afterEach, describe, expect, test } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import type { Actor } from '../../../server/domain/actor.ts';
import type { Credentials } from '../../../server/live/newsroom/credentials.ts';
import { tellingQuietly } from '../../../server/live/newsroom/quiet.ts';
import type { ArriveReply, FromNewsroom, ToNewsroom } from '../../../shared/newsroom-protocol.ts';
import { editor, reporter, silent } from '../../support/spine.ts';
import { freshPrefix } from '../../support/test-redis.ts';
import { waitFor } from '../../support/wait-for.ts';
import { endAll, type LiveNode, startLive, whenDone } from '../support.ts';

afterEach(endAll);

type Staff = Socket<ToNewsroom, FromNewsroom>;
const known: Record<string, Actor> = { ed: editor, rep: reporter, far: { ...editor, timelines: ['kyiv'] } };

/** A node whose staff are known by these tokens; taking one away signs it out. */
function newsroom(prefix = freshPrefix(), tokens = { ...known }): Promise<LiveNode> {
  const identify = async ({ authorization }: Credentials) =>
    tokens[authorization?.slice('Bearer '.length) ?? ''] ?? null;
  return startLive({}, { prefix }, { identify, identifyEveryMs: 20 });
}

async function enter({ url }: LiveNode, token: string): Promise<Staff> {
  const options = { transports: ['websocket'], reconnection: false, forceNew: true, auth: { token } };
  const socket: Staff = io(`${url}/newsroom`, options);
  whenDone(() => void socket.disconnect());
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

const arrive = (socket: Staff, timeline = 'gaza'): Promise<ArriveReply> =>
  new Promise((resolve) => socket.emit('arrive', { timeline }, resolve));

describe('the newsroom’s sockets', () => {
  test('DESK23 only staff are let in, and only to the desks of their timelines', async () => {
    const node = await newsroom();
    await expect(enter(node, 'nobody')).rejects.toMatchObject({ data: { code: 'unauthenticated' } });
    expect(await arrive(await enter(node, 'far'))).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(await arrive(await enter(node, 'ed'), 'nowhere')).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  test('DESK20, DESK21 colleagues on two nodes see each other, and what each edits', async () => {
    const prefix = freshPrefix();
    const [one, two] = [await newsroom(prefix), await newsroom(prefix)];
    const [ed, rep] = [await enter(one, 'ed'), await enter(two, 'rep')];
    let seen: string[] = [];
    ed.on('people', ({ people }) => {
      seen = people.map(({ name, editing }) => `${name} ${editing}`);
    });
    await arrive(ed);
    const reply = await arrive(rep);
    rep.emit('edit', { timeline: 'gaza', update: 'u1' });
    await waitFor(() => seen.includes('Reporter u1'));
    expect(reply.ok && reply.you).toBe(rep.id);
    rep.disconnect();
    await waitFor(() => !seen.some((one) => one.startsWith('Reporter')));
  });

  test('DESK22 open desks are told of drafts and settings, on every node', async () => {
    const prefix = freshPrefix();
    const [one, two] = [await newsroom(prefix), await newsroom(prefix)];
    const ed = await enter(two, 'ed');
    await arrive(ed);
    const heard = new Promise((resolve) => ed.once('quiet', resolve));
    tellingQuietly(one.newsroomChannel, silent)('gaza', 'drafts');
    expect(await heard).toEqual({ timeline: 'gaza', what: 'drafts' });
  });

  test('DESK24 who signs out, or gets another role, is disconnected by itself', async () => {
    const tokens = { ...known };
    const node = await newsroom(freshPrefix(), tokens);
    for (const after of [undefined, { ...editor, role: 'reporter' as const }]) {
      tokens['ed'] = editor;
      const ed = await enter(node, 'ed');
      const told = new Promise<{ code: string }>((resolve) => ed.once('problem', resolve));
      const gone = new Promise((resolve) => ed.once('disconnect', resolve));
      if (after) tokens['ed'] = after;
      else delete tokens['ed'];
      expect((await told).code).toBe('unauthenticated');
      expect(await gone).toBe('io server disconnect');
    }
  });

  test('DESK25 what is no request is disconnected; a flood is as with readers', async () => {
    const node = await newsroom();
    const bad = await enter(node, 'ed');
    const gone = new Promise((resolve) => bad.once('disconnect', resolve));
    bad.emit('edit', { timeline: 'gaza' } as never);
    expect(await gone).toBe('io server disconnect');
    const flood = await enter(node, 'ed');
    const flooded = new Promise((resolve) => flood.once('disconnect', resolve));
    for (let i = 0; i < 700; i++) flood.emit('leave', { timeline: 'gaza' });
    expect(['io server disconnect', 'transport close']).toContain(await flooded);
  });
});
