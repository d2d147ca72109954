import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { change, changes, onWires } from './wire.ts';

beforeEach(() => {
  jest.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  jest.useRealTimers();
});

/** Lets promises that are settled take effect. */
const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(0).then(() => undefined);

/** Lets time pass until the follower opens another channel; the milliseconds it took. */
function untilOpened({ wires }: ReturnType<typeof onWires>): number {
  const before = wires.length;
  for (let ms = 0; ms < 600_000; ms += 100) {
    if (wires.length > before) return ms;
    jest.advanceTimersByTime(100);
  }
  throw new Error('it never opened another');
}

describe('a follower', () => {
  test('LIVE30 asks from its position and tells each change once, in order', () => {
    const { last, seen, states } = onWires();
    expect(last().asked).toEqual(['first:5']);
    last().listener.caughtUp('first:7', changes(6, 7));
    for (const seq of [7, 8, 6, 8, 9]) last().listener.change(change(seq));
    expect(seen).toEqual([6, 7, 8, 9]);
    expect(states).toEqual(['catching-up', 'live']);
  });

  test('LIVE30 that sees a gap asks again from its last position', () => {
    const { last, seen } = onWires();
    last().listener.caughtUp('first:5', []);
    last().listener.change(change(6));
    last().listener.change(change(8));
    expect(last().asked).toEqual(['first:5', 'first:6']);
    last().listener.caughtUp('first:8', changes(7, 8));
    expect(seen).toEqual([6, 7, 8]);
  });

  test('LIVE30 does not trust an answer with a hole in it', () => {
    const { last, seen, states, means } = onWires();
    last().listener.caughtUp('first:8', changes(6, 8));
    expect(seen).toEqual([6]);
    expect(states.at(-1)).toMatch(/^offline/);
    jest.advanceTimersByTime(30_000);
    expect(means()).toHaveLength(2);
    expect(last().asked).toEqual(['first:6']);
  });

  test('LIVE31 that hears of a head ahead of it, or of another log, asks again', () => {
    const { last } = onWires();
    last().listener.caughtUp('first:5', []);
    last().listener.head('first:5');
    last().listener.head('first:4');
    expect(last().asked).toEqual(['first:5']);
    last().listener.head('first:6');
    last().listener.head('second:1');
    expect(last().asked).toEqual(['first:5', 'first:5', 'first:5']);
  });

  test('LIVE30 without a position takes the one it is given', () => {
    const { last, seen } = onWires({ since: null });
    expect(last().asked).toEqual([null]);
    last().listener.caughtUp('first:5', []);
    last().listener.change(change(6));
    last().listener.change(change(8));
    expect(seen).toEqual([6]);
    expect(last().asked).toEqual([null, 'first:6']);
  });

  test('LIVE35 that is told to start over says so, and goes on from where the server stood', async () => {
    const { last, seen, resets, states } = onWires();
    last().listener.reset('second:3');
    await settle();
    expect(resets).toEqual(['second:3']);
    expect(last().asked).toEqual(['first:5', 'second:3']);
    last().listener.caughtUp('second:4', changes(4));
    expect(seen).toEqual([4]);
    expect(states).toEqual(['catching-up', 'live']);
  });

  test('LIVE35 goes on from the position of what was fetched anew, and tells nothing in between', async () => {
    let fetched: (position: string) => void = () => undefined;
    const onReset = (): Promise<string> =>
      new Promise((resolve) => {
        fetched = resolve;
      });
    const { last, seen } = onWires({ onReset });
    last().listener.reset('second:3');
    last().listener.change(change(4));
    last().listener.head('second:4');
    expect(last().asked).toEqual(['first:5']);
    fetched('second:2');
    await settle();
    expect(last().asked).toEqual(['first:5', 'second:2']);
    last().listener.caughtUp('second:4', changes(3, 4));
    expect(seen).toEqual([3, 4]);
  });

  test('LIVE35 whose page can’t be fetched anew tries again later', async () => {
    let failures = 1;
    const onReset = async (position: string): Promise<string> => {
      if (failures-- > 0) throw new Error('offline');
      return position;
    };
    const { last, means } = onWires({ onReset });
    last().listener.reset('second:3');
    await settle();
    jest.advanceTimersByTime(6_000);
    expect(means()).toHaveLength(2);
    expect(last().asked).toEqual(['first:5']);
    last().listener.reset('second:3');
    await settle();
    expect(last().asked).toEqual(['first:5', 'second:3']);
  });

  test('LIVE36 that is stopped, even by its own page, tells nothing more', () => {
    const seen: number[] = [];
    const follower = onWires({
      onChange: ({ seq }) => {
        seen.push(seq);
        if (seq === 6) follower.stop();
      },
    });
    follower.last().listener.caughtUp('first:8', changes(6, 7, 8));
    jest.advanceTimersByTime(120_000);
    expect(seen).toEqual([6]);
    expect(follower.states).toEqual(['catching-up']);
    expect(follower.wires.every(({ wire }) => wire.isClosed)).toBe(true);
  });
});

describe('a follower whose connection breaks', () => {
  test('LIVE32 or falls silent is connected again within 25 s', () => {
    const { last, wires, states } = onWires();
    last().listener.caughtUp('first:5', []);
    jest.advanceTimersByTime(10_000);
    last().listener.head('first:5');
    jest.advanceTimersByTime(19_000);
    expect(wires).toHaveLength(1);
    jest.advanceTimersByTime(6_000);
    expect(wires).toHaveLength(2);
    expect(wires[0]?.wire.isClosed).toBe(true);
    last().listener.caughtUp('first:6', changes(6));
    expect(states).toEqual(['catching-up', 'live', 'catching-up', 'live']);
  });

  test('LIVE33 comes back at a random moment of a window that doubles, and the page knows since when', () => {
    const { last, wires, states } = onWires({}, { random: () => 0.5 });
    last().listener.caughtUp('first:5', []);
    jest.advanceTimersByTime(4_000);
    last().listener.head('first:5');
    last().listener.lost();
    expect(states.at(-1)).toBe('catching-up');
    for (const window of [3_000, 6_000, 12_000, 24_000, 30_000, 30_000]) {
      const before = wires.length;
      jest.advanceTimersByTime(window / 2 - 1);
      expect(wires).toHaveLength(before);
      jest.advanceTimersByTime(1);
      expect(wires).toHaveLength(before + 1);
      last().listener.lost();
    }
    expect(states).toEqual(['catching-up', 'live', 'catching-up', 'offline since 1004000']);
  });

  test('LIVE34 tries three times over a socket, twice over a stream, then by polling, and from the beginning', () => {
    const follower = onWires();
    for (let i = 0; i < 6; i++) {
      follower.last().listener.lost();
      untilOpened(follower);
    }
    expect(follower.means()).toEqual(['socket', 'socket', 'socket', 'stream', 'stream', 'polling', 'socket']);
  });

  test('LIVE34 polls where there is no EventSource', () => {
    const follower = onWires({}, { stream: undefined });
    for (let i = 0; i < 3; i++) {
      follower.last().listener.lost();
      untilOpened(follower);
    }
    expect(follower.means()).toEqual(['socket', 'socket', 'socket', 'polling']);
  });

  test('LIVE34 that lives on a stream comes back on a stream', () => {
    const follower = onStream();
    follower.last().listener.lost();
    untilOpened(follower);
    expect(follower.means().slice(-2)).toEqual(['stream', 'stream']);
  });

  test('LIVE34 tries the socket beside the stream, and changes over only when it works', () => {
    const follower = onStream();
    const { last, seen, wires } = follower;
    const stream = last();
    const heads = setInterval(() => stream.listener.head('first:6'), 9_000);
    expect(untilOpened(follower)).toBe(90_000);
    last().listener.lost();
    expect(stream.isClosed).toBe(false);
    expect(untilOpened(follower)).toBe(180_000);
    clearInterval(heads);

    stream.listener.change(change(7));
    last().listener.caughtUp('first:8', changes(7, 8));
    expect(stream.isClosed).toBe(true);
    last().listener.change(change(9));
    expect(seen).toEqual([6, 7, 8, 9]);
    expect(follower.means().slice(-2)).toEqual(['socket', 'socket']);
    expect(wires.filter(({ wire }) => !wire.isClosed)).toHaveLength(1);
    expect(follower.states.at(-1)).toBe('live');
  });

  function onStream() {
    const follower = onWires();
    for (let i = 0; i < 3; i++) {
      follower.last().listener.lost();
      untilOpened(follower);
    }
    follower.last().listener.caughtUp('first:6', changes(6));
    return follower;
  }
});

describe('a page that comes back to life', () => {
  test('LIVE36 does not wait out its time when the network is back', () => {
    const { last, wires, window, states } = onWires();
    last().listener.caughtUp('first:5', []);
    window.isOnline = false;
    window.tell('offline');
    expect(states.at(-1)).toBe('offline since 1000000');
    last().listener.lost();
    window.isOnline = true;
    window.tell('online');
    expect(wires).toHaveLength(2);
    last().listener.caughtUp('first:5', []);
    expect(states.at(-1)).toBe('live');
  });

  test('LIVE36 does not trust a connection that was silent while it slept, and leaves a lively one alone', () => {
    const { last, wires, window } = onWires();
    last().listener.caughtUp('first:5', []);
    window.tell('visibilitychange');
    expect(wires).toHaveLength(1);
    jest.setSystemTime(1_000_000 + 3_600_000);
    window.tell('visibilitychange');
    expect(wires).toHaveLength(2);
    expect(wires[0]?.wire.isClosed).toBe(true);
  });
});
