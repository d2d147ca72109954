import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Namespace, Server, Socket } from 'socket.io';
import type { ArriveReply, FromNewsroom, ToNewsroom } from '../../../shared/newsroom-protocol.ts';
import { problem } from '../../../shared/problems.ts';
import { type Result, refuse } from '../../../shared/result.ts';
import { type Actor, authorise } from '../../domain/actor.ts';
import type { NewsroomChannel } from '../../store/newsroom-channel.ts';
import { StoreUnavailable } from '../../store/store.ts';
import { type Credentials, credentialsOf } from './credentials.ts';
import { Presence } from './presence.ts';
import { parseStaffEvent, type StaffRequest } from './staff-requests.ts';

export interface NewsroomParts {
  channel: NewsroomChannel;
  /** Who that is, without counting as activity of a session; null: nobody that may be here. Throws StoreUnavailable. */
  identify: (credentials: Credentials) => Promise<Actor | null>;
  hasTimeline: (slug: string) => boolean;
  log: Logger;
  /** How often each socket is asked again who it is: who has signed out, or lost a role, is gone within two of these. */
  identifyEveryMs?: number;
}

export interface NewsroomGateway {
  close(): void;
}

interface Known {
  actor: Actor;
  credentials: Credentials;
}
type NoEvents = Record<string, never>;
type StaffSocket = Socket<FromNewsroom, ToNewsroom, NoEvents, Known>;
type StaffNamespace = Namespace<FromNewsroom, ToNewsroom, NoEvents, Known>;

/** Odd, so that timers do not beat in step. */
const beatMs = 4_801;
const defaultIdentifyEveryMs = 901;
const desksPerSocket = 20;
const roomOf = (timeline: string): string => `desk:${timeline}`;

/** The newsroom’s sockets: who is at which desk, who edits what. They share limits and metering with those of readers. */
export function openNewsroom(io: Server, addressOf: (socket: Socket) => string, parts: NewsroomParts): NewsroomGateway {
  const { channel, identify, hasTimeline, log } = parts;
  const namespace = io.of('/newsroom') as unknown as StaffNamespace;
  const presence = new Presence({
    node: randomUUID(),
    tell: (message) => void channel.tell(message).catch(lost),
    clock: () => performance.now(),
    onPeople: (timeline) =>
      namespace.to(roomOf(timeline)).emit('people', { timeline, people: presence.people(timeline) }),
    onQuiet: (timeline, what) => namespace.to(roomOf(timeline)).emit('quiet', { timeline, what }),
  });
  const lost = (error: unknown): void => {
    if (error instanceof StoreUnavailable) log.debug({ err: error }, 'the newsroom’s channel is away');
    else log.error({ err: error }, 'the newsroom’s channel failed');
  };
  const hearing = channel.hear((message) => presence.hear(message));
  hearing.then(() => presence.hello(), lost);

  namespace.use((socket, next) => {
    const credentials = credentialsOf(socket, addressOf(socket));
    identify(credentials).then(
      (actor) => {
        if (!actor) return next(refusal());
        socket.data = { actor, credentials };
        next();
      },
      (error: unknown) => {
        lost(error);
        next(new Error('store-unavailable'));
      },
    );
  });

  namespace.on('connection', (socket) => {
    socket.onAny((...event: unknown[]) => {
      const request = parseStaffEvent(event);
      if (request) take(socket, request);
      else dismiss(socket, 'validation-failed', 'Disconnected: malformed packet.');
    });
    socket.on('disconnect', () => presence.rise(socket.id));
  });

  const take = (socket: StaffSocket, request: StaffRequest): void => {
    const { timeline } = request;
    if (request.kind === 'leave') {
      socket.leave(roomOf(timeline));
      presence.rise(socket.id, timeline);
    } else if (request.kind === 'edit') {
      presence.edit(socket.id, timeline, request.update);
    } else {
      request.answer(arrive(socket, timeline));
    }
  };

  const arrive = (socket: StaffSocket, timeline: string): ArriveReply => {
    const allowed = mayArrive(socket, timeline);
    if (!allowed.ok) return { ok: false, error: allowed.problem };
    const { id, name, role } = socket.data.actor;
    socket.join(roomOf(timeline));
    presence.sit({ timeline, id: socket.id, actor: id, name, role, editing: null });
    return { ok: true, you: socket.id, people: presence.people(timeline) };
  };

  const mayArrive = (socket: StaffSocket, timeline: string): Result<void> => {
    if (!hasTimeline(timeline)) return refuse('not-found', 'There is no such timeline.');
    if (socket.rooms.size > desksPerSocket) {
      return refuse('too-many-requests', `One socket sits at ${desksPerSocket} desks.`);
    }
    return authorise(socket.data.actor, timeline, 'reporter');
  };

  const lookAgain = async (): Promise<void> => {
    await Promise.all([...namespace.sockets.values()].map((socket) => check(socket).catch(lost)));
  };
  const check = async (socket: StaffSocket): Promise<void> => {
    const { actor, credentials } = socket.data;
    const now = await identify(credentials);
    if (now && JSON.stringify(now) === JSON.stringify(actor)) return;
    dismiss(socket, 'unauthenticated', 'You are signed out, or your role has changed.');
  };
  const checks = repeatedly(parts.identifyEveryMs ?? defaultIdentifyEveryMs, lookAgain);
  const beats = setInterval(() => presence.beat(), beatMs);
  beats.unref();

  return {
    close: () => {
      checks.stop();
      clearInterval(beats);
      hearing.then((end) => end()).catch(lost);
    },
  };
}

function dismiss(socket: StaffSocket, code: 'unauthenticated' | 'validation-failed', detail: string): void {
  socket.emit('problem', problem(code, detail));
  socket.disconnect();
}

/** Socket.IO passes `data` of an error on to the client. */
const refusal = (): Error =>
  Object.assign(new Error('unauthenticated'), {
    data: problem('unauthenticated', 'Sign in, or send a bearer token as `auth.token`.'),
  });

/** Does something again and again, each time so long after the last was done. */
function repeatedly(everyMs: number, work: () => Promise<void>): { stop: () => void } {
  let stopped = false;
  let timer: NodeJS.Timeout;
  const again = (): void => {
    timer = setTimeout(() => void work().finally(() => stopped || again()), everyMs);
    timer.unref();
  };
  again();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
