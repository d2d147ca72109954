import type { Change } from '../../shared/change.ts';
import { formatPosition, type Position, parsePosition } from '../../shared/position.ts';
import type { Channel, Listener, Target } from './channel.ts';
import { backOffMs, isBehind, ladder, type Means, place } from './cursor.ts';
import type { FollowOptions, FollowState, Surroundings } from './follow.ts';

type Timer = ReturnType<typeof setTimeout>;

/**
 * One following: holds the position, and one channel that carries changes to it (while a better one is tried, two). The
 * position alone decides what is told on: whatever channels repeat is dropped, whatever they miss is asked for again.
 */
export class Feed {
  readonly #options: FollowOptions;
  readonly #around: Surroundings;
  readonly #target: Target;
  readonly #unlisten: (() => void)[] = [];
  #at: Position | null;
  #channel: Channel | null = null;
  #candidate: Channel | null = null;
  #isLive = false;
  #isResetting = false;
  #isStopped = false;
  #state: FollowState | null = null;
  #rung = 0;
  #failures = 0;
  #socketTries = 0;
  #openedAt = 0;
  #heardAt: number;
  #retryTimer: Timer | undefined;
  #socketTimer: Timer | undefined;
  #silenceTimer: Timer | undefined;

  constructor(options: FollowOptions, around: Surroundings) {
    this.#options = options;
    this.#around = around;
    this.#target = { origin: new URL(options.url).origin, timeline: options.timeline };
    this.#at = parsePosition(options.since);
    this.#heardAt = around.now();
  }

  start(): void {
    const { window, document, silenceMs } = this.#around;
    this.#on(window, 'online', () => this.#wake(0));
    this.#on(window, 'offline', () => this.#tell());
    this.#on(window, 'pageshow', () => this.#wake(silenceMs / 2));
    this.#on(document, 'visibilitychange', () => document?.visibilityState !== 'hidden' && this.#wake(silenceMs / 2));
    // Often: with 20 s of silence and 3 s of jitter after it, 25 s leave little for looking late.
    this.#silenceTimer = setInterval(() => this.#silentMs() > silenceMs && this.#lost(), silenceMs / 40);
    this.#open();
  }

  stop(): void {
    this.#isStopped = true;
    for (const unlisten of this.#unlisten) unlisten();
    clearInterval(this.#silenceTimer);
    this.#drop();
  }

  #on(target: EventTarget | undefined, type: string, listener: () => void): void {
    target?.addEventListener(type, listener);
    this.#unlisten.push(() => target?.removeEventListener(type, listener));
  }

  /** The page is back in life: no more waiting, and no trust in a connection that has been silent for this long. */
  #wake(silentMs: number): void {
    if (this.#channel && this.#silentMs() < silentMs) return;
    this.#failures = 0;
    this.#open();
  }

  #silentMs(): number {
    if (!this.#channel || this.#means() === 'polling') return 0;
    return this.#around.now() - Math.max(this.#heardAt, this.#openedAt);
  }

  #means(): Means {
    const means = ladder[this.#rung % ladder.length] ?? 'socket';
    return means === 'stream' && !this.#around.stream ? 'polling' : means;
  }

  #open(): void {
    this.#drop();
    this.#openedAt = this.#around.now();
    this.#tell();
    this.#channel = this.#channelOf(this.#means());
  }

  #drop(): void {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#socketTimer);
    this.#channel?.close();
    this.#candidate?.close();
    this.#channel = null;
    this.#candidate = null;
    this.#isLive = false;
  }

  #lost(): void {
    const wasLive = this.#isLive;
    this.#drop();
    if (!wasLive) this.#rung += 1;
    this.#failures = wasLive ? 0 : this.#failures + 1;
    this.#tell();
    const waitMs = backOffMs(this.#failures, this.#around.random());
    this.#retryTimer = setTimeout(() => this.#open(), waitMs);
  }

  #channelOf(means: Means): Channel {
    const listener: Listener = {
      since: () => this.#at && formatPosition(this.#at),
      caughtUp: (position, changes) => this.#caughtUp(channel, position, changes),
      change: (change) => this.#heard() && !this.#take(change) && channel.again(),
      head: (position) => this.#heard() && isBehind(this.#at, position) && channel.again(),
      reset: (position) => void this.#reset(position),
      lost: () => (channel === this.#candidate ? this.#planSocket() : this.#lost()),
    };
    const channel = (this.#around[means] ?? this.#around.polling)(this.#target, listener);
    return channel;
  }

  /** False while a reset is under way: until it is known from where to go on, nothing can be told. */
  #heard(): boolean {
    this.#heardAt = this.#around.now();
    return !this.#isResetting;
  }

  #caughtUp(channel: Channel, position: string, changes: readonly Change[]): void {
    if (!this.#heard()) return;
    const isWhole = changes.every((change) => this.#take(change));
    if (this.#isStopped) return;
    if (isWhole) this.#arrive(channel, position);
    else this.#lost();
  }

  #arrive(channel: Channel, position: string): void {
    this.#at ??= parsePosition(position);
    if (channel === this.#candidate) this.#promote(channel);
    if (!this.#isLive && this.#means() !== 'socket') this.#planSocket();
    this.#isLive = true;
    this.#failures = 0;
    this.#tell();
  }

  /** Tells the change on if it is the next one; false: there is one missing before it. */
  #take(change: Change): boolean {
    if (!this.#at || this.#isStopped) return true;
    const where = place(this.#at, change.seq);
    if (where === 'next') {
      this.#at = { epoch: this.#at.epoch, seq: change.seq };
      this.#options.onChange(change);
    }
    return where !== 'gap';
  }

  async #reset(position: string): Promise<void> {
    if (!this.#heard()) return;
    this.#isResetting = true;
    this.#isLive = false;
    this.#tell();
    try {
      const from = (await this.#options.onReset(position)) ?? position;
      this.#isResetting = false;
      this.#at = parsePosition(from);
      this.#channel?.again();
    } catch {
      // What it needed can’t be fetched now: the same position is refused again later, and then it has another go.
      this.#isResetting = false;
      if (!this.#isStopped) this.#lost();
    }
  }

  /** The socket was blocked, but may not be for ever (another network, a proxy set right): tries it beside what works. */
  #planSocket(): void {
    this.#candidate?.close();
    this.#candidate = null;
    clearTimeout(this.#socketTimer);
    const waitMs = this.#around.retrySocketMs * 2 ** Math.min(this.#socketTries, 4) * (0.5 + this.#around.random());
    this.#socketTimer = setTimeout(() => {
      this.#socketTries += 1;
      this.#candidate = this.#channelOf('socket');
    }, waitMs);
  }

  #promote(channel: Channel): void {
    this.#channel?.close();
    this.#channel = channel;
    this.#candidate = null;
    this.#rung = 0;
    this.#socketTries = 0;
  }

  #tell(): void {
    const isOffline = !this.#around.isOnline() || (this.#failures > 0 && !this.#isLive);
    const state = isOffline ? 'offline' : this.#isLive ? 'live' : 'catching-up';
    if (state === this.#state || this.#isStopped) return;
    this.#state = state;
    if (state === 'offline') this.#options.onState(state, new Date(this.#heardAt));
    else this.#options.onState(state);
  }
}
