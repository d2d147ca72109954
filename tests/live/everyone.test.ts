import { afterEach, expect, test } from '@jest/globals';
import type { Change } from '../../shared/change.ts';
import type { ChangesAnswer } from '../../shared/protocol.ts';
import { call, daymarks } from '../support/daymark-process.ts';
import { development, gaza } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { readStream } from './stream-reader.ts';
import { changesOf, connect, endAll, follow, range, record, whenDone } from './support.ts';

/** Outsiders’ clients, written against the contract alone; the project’s own is in client.test.ts. */
const servers = daymarks();
afterEach(async () => {
  await endAll();
  await servers.end();
});

const api = '/api/v1/timelines';

interface Follower {
  seen: () => Change[];
}

async function overSocket(url: string): Promise<Follower> {
  const socket = await connect(url);
  const { changes } = record(socket);
  changesOf(await follow(socket));
  return { seen: () => changes };
}

async function overStream(url: string): Promise<Follower> {
  const { events } = await readStream(url);
  await waitFor(() => events.length > 0, 'the head');
  return {
    seen: () => events.filter(({ event }) => event === 'change').map(({ data }) => JSON.parse(data) as Change),
  };
}

async function byPolling(url: string, from: string): Promise<Follower> {
  const seen: Change[] = [];
  let position = from;
  let isOver = false;
  whenDone(() => {
    isOver = true;
  });
  const poll = async (): Promise<boolean> => {
    if (isOver) return true;
    const response = await fetch(`${url}${api}/gaza/changes?since=${position}`);
    const answer = (await response.json()) as ChangesAnswer;
    if ('reset' in answer) throw new Error('reset');
    seen.push(...answer.changes);
    position = answer.position;
    return false;
  };
  void waitFor(poll, 'the end', { withinMs: 120_000 });
  return { seen: () => seen };
}

async function position(url: string): Promise<string> {
  return (await call({ url }, 'GET', `${api}/gaza`)).body.position;
}

test('LIVE40 4 posters with 50 posts each, 20 followers: each sees each change once, in order', async () => {
  const { url } = await servers.start();
  expect((await call({ url }, 'POST', api, gaza)).status).toBe(201);
  const start = await position(url);
  const followers = await Promise.all([
    ...range(1, 7).map(() => overSocket(url)),
    ...range(1, 7).map(() => overStream(url)),
    ...range(1, 6).map(() => byPolling(url, start)),
  ]);

  const posted: string[] = [];
  await Promise.all(
    range(1, 4).map(async (poster) => {
      for (const post of range(1, 50)) {
        const { status, body } = await call(
          { url },
          'POST',
          `${api}/gaza/updates`,
          development({ headline: `${poster}: ${post}` }),
        );
        expect(status).toBe(201);
        posted.push(body.id);
      }
    }),
  );
  await waitFor(() => followers.every(({ seen }) => seen().length >= 200), 'everybody to have seen everything');

  const { body: log } = await call({ url }, 'GET', `${api}/gaza/changes?since=${start}`);
  expect(log.changes.map(({ seq }: Change) => seq)).toEqual(range(1, 200));
  for (const { seen } of followers) expect(seen()).toEqual(log.changes);
  expect(log.changes.map(({ update }: { update: { id: string } }) => update.id).sort()).toEqual(posted.sort());

  // A resume from every prefix gives exactly the rest.
  const socket = await connect(url);
  const [epoch] = start.split(':');
  for (const seq of range(0, 200)) {
    expect(changesOf(await follow(socket, `${epoch}:${seq}`))).toEqual(log.changes.slice(seq));
  }
  expect(await follow(socket, 'otherlog:5')).toEqual({ ok: true, position: `${epoch}:200`, reset: true });
});
