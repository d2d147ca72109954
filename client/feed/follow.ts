import type { Change } from '../../shared/change.ts';
import type { Channel, OpenChannel } from './channel.ts';
import { Feed } from './feed.ts';
import { savesData } from './saves-data.ts';
import { socketsWith } from './socket-channel.ts';

export type FollowState = 'live' | 'catching-up' | 'offline';

export interface FollowOptions {
  /** Any address of the server; its origin counts. */
  url: string;
  timeline: string;
  /** The position at which the page was rendered; null: from now on. */
  since: string | null;
  /** Each change after `since`, once and in order. */
  onChange: (change: Change) => void;
  /**
   * What was shown can’t be continued: fetch it again. `position` is where the server stands; following goes on from there,
   * or from the position that is returned (that of what was fetched: it may be older or newer).
   */
  onReset: (position: string) => Promise<string> | string | undefined;
  /** `since`, with `offline`: when something was last heard. */
  onState: (state: FollowState, since?: Date) => void;
  /** Comes before the code of a channel is loaded, and may refuse it; a widget looks whether it is what was pinned. */
  check?: (part: 'stream-channel' | 'polling-channel') => Promise<unknown>;
  /** What the surroundings lack, or a test replaces. */
  with?: Partial<Surroundings>;
}

export interface Surroundings {
  socket: OpenChannel;
  /** Absent where there is no EventSource: then polling comes next. */
  stream: OpenChannel | undefined;
  polling: OpenChannel;
  random: () => number;
  now: () => number;
  isOnline: () => boolean;
  /** Where `online`, `offline` and `pageshow` are told; and where `visibilitychange` is. */
  window: EventTarget | undefined;
  document: (EventTarget & { visibilityState?: string }) | undefined;
  /** Silence that is taken for a dead connection: a `head` comes every 9 s, and it must be repaired within 25 s. */
  silenceMs: number;
  /** After how long on another channel the socket is tried again, at first; doubles up to 16 times. */
  retrySocketMs: number;
}

/**
 * Follows a timeline from a position, whatever happens to the connection: each change is told once and in order, or
 * `onReset` says to start over. Socket.IO first, Server-Sent Events and polling where it can’t get through.
 */
export function follow(options: FollowOptions): { stop: () => void } {
  const feed = new Feed(options, { ...browser(options.check), ...options.with });
  feed.start();
  return { stop: () => feed.stop() };
}

const silenceMs = 20_000;
const pollingMs = 5_000;
/** For readers who save data. A dead connection is then replaced within 45 s, not 25. */
const thriftyPollingMs = 20_000;

function browser(check: FollowOptions['check'] = async () => undefined): Surroundings {
  const random = Math.random;
  return {
    socket: socketsWith(globalThis.WebSocket),
    stream: typeof EventSource === 'undefined' ? undefined : whenNeeded(() => check('stream-channel').then(streams)),
    polling: whenNeeded(() => check('polling-channel').then(polling)),
    random,
    now: Date.now,
    isOnline: () => typeof navigator === 'undefined' || navigator.onLine !== false,
    window: typeof window === 'undefined' ? undefined : window,
    document: typeof document === 'undefined' ? undefined : document,
    silenceMs,
    retrySocketMs: 60_000,
  };
}

const streams = async (): Promise<OpenChannel> => (await import('./stream-channel.ts')).streamsWith(EventSource);
const polling = async (): Promise<OpenChannel> => {
  const { pollingWith } = await import('./polling-channel.ts');
  return pollingWith({
    fetch: (...request) => fetch(...request),
    random: Math.random,
    everyMs: savesData() ? thriftyPollingMs : pollingMs,
    // With 6 s from one question to the next, and 3 s of jitter after a loss, a dead connection is replaced within 25 s.
    answerMs: 15_000,
  });
};

/** A channel whose code is loaded when it is first opened: nearly all readers get by with the socket. */
const whenNeeded =
  (load: () => Promise<OpenChannel>): OpenChannel =>
  (target, listener) => {
    let channel: Channel | undefined;
    let closed = false;
    load().then(
      (open) => {
        if (!closed) channel = open(target, listener);
      },
      () => closed || listener.lost(),
    );
    return {
      again: () => channel?.again(),
      close: () => {
        closed = true;
        channel?.close();
      },
    };
  };
