import type { Logger } from 'pino';
import type { Socket } from 'socket.io';
import type { Change } from '../../shared/change.ts';
import { limits as shared } from '../../shared/limits.ts';
import { formatPosition, type Position } from '../../shared/position.ts';
import { type Problem, problem } from '../../shared/problems.ts';
import type { FollowReply, ToFollower, ToServer } from '../../shared/protocol.ts';
import { StoreUnavailable } from '../store/store.ts';
import { catchUp, withoutRemoved } from './catch-up.ts';
import type { Connection } from './connection.ts';
import type { LiveLog } from './live-log.ts';
import type { Outflow } from './outflow.ts';
import { parseStart, type SocketRequest } from './requests.ts';

type NoEvents = Record<string, never>;
export type FollowerSocket = Socket<ToServer, ToFollower & { problem: (problem: Problem) => void }, NoEvents, Follower>;

export interface FollowerParts {
  live: LiveLog;
  log: Logger;
  outflow: Outflow;
  timelinesPerSocket: number;
}

type Answer = (reply: FollowReply) => void;

const reach = { most: shared.changesPerAnswer, page: shared.changesPerAnswer };
const prefix = 'timeline:';

/** A prefix keeps a slug apart from the room that Socket.IO gives every socket under its own id. */
export const roomOf = (slug: string): string => prefix + slug;
export const slugOf = (room: string): string | null => (room.startsWith(prefix) ? room.slice(prefix.length) : null);

/** What one socket asks for, one request after the other in the order they came. */
export class Follower {
  readonly #parts: FollowerParts;
  readonly #socket: FollowerSocket;
  readonly connection: Connection;
  #queue: Promise<void> = Promise.resolve();

  constructor(parts: FollowerParts, socket: FollowerSocket, connection: Connection) {
    this.#parts = parts;
    this.#socket = socket;
    this.connection = connection;
  }

  take(request: SocketRequest): void {
    this.#queue = this.#queue.then(() => this.#handle(request));
  }

  async #handle(request: SocketRequest): Promise<void> {
    if (!this.#socket.connected) return;
    if (request.kind === 'refused') request.answer();
    if (request.kind === 'unfollow') {
      this.#socket.leave(roomOf(request.timeline));
      request.answer();
    }
    if (request.kind !== 'follow') return;
    try {
      await this.#follow(request.timeline, request.since, request.answer);
    } catch (error) {
      request.answer({ ok: false, error: this.#problemOf(error, request.timeline) });
    }
  }

  async #follow(slug: string, since: unknown, answer: Answer): Promise<void> {
    const { live, outflow, timelinesPerSocket } = this.#parts;
    const start = parseStart(live, slug, since);
    if (!start.ok) return answer({ ok: false, error: start.problem });
    const room = roomOf(slug);
    if (!this.#socket.rooms.has(room) && this.#socket.rooms.size > timelinesPerSocket) {
      const detail = `One socket follows ${timelinesPerSocket} timelines at the most.`;
      return answer({ ok: false, error: problem('too-many-requests', detail) });
    }
    if (start.value === null) return answer(this.#startNow(slug));
    await this.connection.drained();
    await outflow.turn();
    if (!this.#socket.connected) return;
    await this.#resume(slug, start.value, answer);
    outflow.wrote(this.connection);
  }

  #startNow(slug: string): FollowReply {
    const position = this.#parts.live.timeline(slug)?.position;
    if (!position) return { ok: false, error: problem('not-found', 'There is no timeline of this name.') };
    this.#socket.join(roomOf(slug));
    return { ok: true, position: formatPosition(position), changes: [] };
  }

  #resume(slug: string, since: Position, answer: Answer): Promise<void> {
    const earlier: Change[] = [];
    const socket = this.#socket;
    const joinAt = (reply: FollowReply): void => {
      socket.join(roomOf(slug));
      answer(reply);
    };
    return catchUp(this.#parts.live, slug, since, reach, {
      hold: () => socket.leave(roomOf(slug)),
      history: (changes) => void earlier.push(...changes),
      join: (rest, position) => {
        const changes = earlier.length > 0 ? withoutRemoved([...earlier, ...rest]) : [...rest];
        joinAt({ ok: true, position: formatPosition(position), changes });
      },
      reset: (position) => joinAt({ ok: true, position: formatPosition(position), reset: true }),
    });
  }

  #problemOf(error: unknown, slug: string): Problem {
    if (error instanceof StoreUnavailable) {
      this.#parts.log.warn({ err: error, timeline: slug }, 'a follower could not be caught up: no store');
      return problem('store-unavailable', 'The store cannot be reached just now. Ask again in a moment.');
    }
    this.#parts.log.error({ err: error, timeline: slug }, 'a follower could not be caught up');
    return problem('internal', 'Something went wrong here. Ask again in a moment.');
  }
}
