import type { Change } from '../../shared/change.ts';
import { parsePosition } from '../../shared/position.ts';
import { type FollowOptions, type FollowState, follow } from '../feed/follow.ts';
import { sharedSocketsWith } from '../feed/socket-channel.ts';

export interface EmbedFollower {
  /** Where what it shows stands. */
  position(): string;
  change(change: Change): void;
  /** Has to be fetched again; resolves to the position that it then stands at. */
  startOver(): Promise<string>;
  state(state: FollowState, since: Date | undefined): void;
}

/** Changes remembered for those who join a little behind. */
const remembered = 200;

/** All timelines of a server that a page follows share a socket. */
const sockets = sharedSocketsWith(globalThis.WebSocket);

/** One following for all embeds of a timeline on a page, however many there are. */
class SharedFeed {
  readonly #followers = new Set<EmbedFollower>();
  readonly #recent: Change[] = [];
  readonly #end: () => void;
  #epoch: string;
  #seq: number;
  #state: [FollowState, Date | undefined] = ['catching-up', undefined];

  constructor(origin: string, timeline: string, since: string, check: FollowOptions['check'], ended: () => void) {
    const at = parsePosition(since);
    this.#epoch = at?.epoch ?? '';
    this.#seq = at?.seq ?? 0;
    const feed = follow({
      url: origin,
      timeline,
      since,
      with: { socket: sockets },
      ...(check && { check }),
      onChange: (change) => this.#take(change),
      onReset: () => this.#startOver(),
      onState: (state, heard) => {
        this.#state = [state, heard];
        for (const follower of this.#followers) follower.state(state, heard);
      },
    });
    this.#end = () => {
      feed.stop();
      ended();
    };
  }

  join(follower: EmbedFollower): () => void {
    this.#followers.add(follower);
    const at = parsePosition(follower.position());
    const missed = this.#recent.filter(({ seq }) => seq > (at?.seq ?? 0));
    const isWhole = at?.epoch === this.#epoch && at.seq + missed.length >= this.#seq;
    if (isWhole) for (const change of missed) follower.change(change);
    else follower.startOver().catch(console.warn);
    follower.state(...this.#state);
    return () => {
      this.#followers.delete(follower);
      if (this.#followers.size === 0) this.#end();
    };
  }

  #take(change: Change): void {
    this.#seq = change.seq;
    this.#recent.push(change);
    if (this.#recent.length > remembered) this.#recent.shift();
    for (const follower of this.#followers) follower.change(change);
  }

  async #startOver(): Promise<string> {
    const positions = await Promise.all([...this.#followers].map((follower) => follower.startOver()));
    const [first] = positions.map(parsePosition).sort((a, b) => (a?.seq ?? 0) - (b?.seq ?? 0));
    this.#recent.length = 0;
    this.#epoch = first?.epoch ?? '';
    this.#seq = first?.seq ?? 0;
    return `${this.#epoch}:${this.#seq}`;
  }
}

const feeds = new Map<string, SharedFeed>();

/** Follows a timeline with all others on this page that do. Returns how to leave. */
export function join(
  origin: string,
  timeline: string,
  follower: EmbedFollower,
  check?: FollowOptions['check'],
): () => void {
  const key = `${origin}/${timeline}`;
  const feed = feeds.get(key) ?? new SharedFeed(origin, timeline, follower.position(), check, () => feeds.delete(key));
  feeds.set(key, feed);
  return feed.join(follower);
}
