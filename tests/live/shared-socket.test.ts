import { afterEach, expect, test } from '@jest/globals';
import { WebSocket as NodeWebSocket } from 'ws';
import { follow } from '../../client/feed/follow.ts';
import { sharedSocketsWith } from '../../client/feed/socket-channel.ts';
import { admin, development, expectOk, gaza } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { endAll, startLive, whenDone } from './support.ts';

afterEach(endAll);

test('LIVE37 several timelines are followed over one socket; who leaves disturbs nobody, and the last closes it', async () => {
  const node = await startLive();
  const { desk } = node;
  expectOk(await desk.createTimeline(admin, { ...gaza, slug: 'kyiv' }));
  const opened: NodeWebSocket[] = [];
  class Counted extends NodeWebSocket {
    constructor(url: string) {
      super(url);
      opened.push(this);
    }
  }
  const socket = sharedSocketsWith(Counted as unknown as typeof WebSocket);
  const followers = ['gaza', 'kyiv', 'gaza'].map((timeline) => {
    const seen: number[] = [];
    const states: string[] = [];
    const { stop } = follow({
      url: node.url,
      timeline,
      since: null,
      onChange: ({ seq }) => seen.push(seq),
      onReset: () => undefined,
      onState: (state) => states.push(state),
      with: { socket, random: () => 0.01 },
    });
    whenDone(stop);
    return { seen, states, stop };
  });
  const [first, other, second] = followers;
  const publish = (slug: string) => desk.publish(admin, slug, development());
  await waitFor(() => followers.every(({ states }) => states.at(-1) === 'live'), 'all are live');
  // The same timeline twice is none for one socket; pages follow each once.
  expect(opened).toHaveLength(2);
  await publish('gaza');
  await publish('kyiv');
  await waitFor(() => followers.every(({ seen }) => seen.length === 1), 'each hears of its own');

  first?.stop();
  await publish('gaza');
  await publish('kyiv');
  await waitFor(() => other?.seen.length === 2 && second?.seen.length === 2, 'the others go on');
  expect(first?.seen).toEqual([1]);

  // A connection that is lost is lost for all of them, and one brings them back.
  for (const one of opened) one.terminate();
  await publish('kyiv');
  await waitFor(() => other?.seen.length === 3, 'it is back');
  other?.stop();
  second?.stop();
  await waitFor(() => opened.every(({ readyState }) => readyState === NodeWebSocket.CLOSED), 'all are closed');
});
