import type { Channel, Listener } from '../../../client/feed/channel.ts';
import type { FollowOptions, Surroundings } from '../../../client/feed/follow.ts';
import { follow } from '../../../client/feed/follow.ts';
import type { Change } from '../../../shared/change.ts';

/** A channel that a test plays the server of. */
export class Wire implements Channel {
  readonly listener: Listener;
  readonly asked: (string | null)[] = [];
  isClosed = false;

  constructor(listener: Listener) {
    this.listener = listener;
    this.again();
  }

  again(): void {
    this.asked.push(this.listener.since());
  }

  close(): void {
    this.isClosed = true;
  }
}

export const change = (seq: number): Change => ({
  timeline: 'gaza',
  seq,
  hash: '',
  at: '',
  type: 'update.removed',
  day: 1,
  date: '2023-10-07',
  id: `u${seq}`,
});

export const changes = (...seqs: number[]): Change[] => seqs.map(change);

export class TestWindow extends EventTarget {
  isOnline = true;
  visibilityState = 'visible';
  tell(type: string): void {
    this.dispatchEvent(new Event(type));
  }
}

/** A follower on wires, with everything that it told its page. `random` is 1: it waits as long as it ever would. */
export function onWires(more: Partial<FollowOptions> = {}, around: Partial<Surroundings> = {}) {
  const wires: { means: string; wire: Wire }[] = [];
  const seen: number[] = [];
  const states: string[] = [];
  const resets: string[] = [];
  const window = new TestWindow();
  const opens = (means: string) => (_: unknown, listener: Listener) => {
    const wire = new Wire(listener);
    wires.push({ means, wire });
    return wire;
  };
  const { stop } = follow({
    url: 'https://daymark.example/gaza/day/124',
    timeline: 'gaza',
    since: 'first:5',
    onChange: ({ seq }) => seen.push(seq),
    onReset: (position) => {
      resets.push(position);
      return undefined;
    },
    onState: (state, since) => states.push(since ? `${state} since ${since.getTime()}` : state),
    ...more,
    with: {
      socket: opens('socket'),
      stream: opens('stream'),
      polling: opens('polling'),
      random: () => 1,
      isOnline: () => window.isOnline,
      window,
      document: window,
      ...around,
    },
  });
  const last = (): Wire => {
    const { wire } = wires.at(-1) ?? {};
    if (!wire) throw new Error('no channel was opened');
    return wire;
  };
  return { wires, last, seen, states, resets, window, stop, means: () => wires.map(({ means }) => means) };
}
