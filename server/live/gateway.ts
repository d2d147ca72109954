import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import type { Change } from '../../shared/change.ts';
import { formatPosition } from '../../shared/position.ts';
import { type Problem, problem } from '../../shared/problems.ts';
import { type AddressOf, Admission, remoteAddress } from './admission.ts';
import { type Closing, type Connection, closings } from './connection.ts';
import { Connections } from './connections.ts';
import { FanoutAdapter, fanoutOf } from './fanout-adapter.ts';
import { Follower, type FollowerSocket, roomOf, slugOf } from './follower.ts';
import { forgetRequest, releaseResponse } from './forget-request.ts';
import { defaultGatewayLimits, type GatewayLimits } from './gateway-limits.ts';
import { Heartbeat } from './heartbeat.ts';
import type { LiveLog } from './live-log.ts';
import { type NewsroomParts, openNewsroom } from './newsroom/newsroom-gateway.ts';
import { Outflow } from './outflow.ts';
import { parseEvent } from './requests.ts';

export interface GatewayParts {
  /** Its own request handlers must be there already: Socket.IO wraps them to answer `/socket.io/` itself. */
  server: HttpServer;
  live: LiveLog;
  clock: () => number;
  log: Logger;
  limits?: Partial<GatewayLimits>;
  /** Shared with the streams, so that both count against the same limits. */
  admission?: Admission;
  addressOf?: AddressOf;
  /** False: broadcasts go out in Socket.IO’s own way, a write for each change and socket. */
  joinsWrites?: boolean;
  /** Absent: no newsroom’s sockets are taken. */
  newsroom?: Omit<NewsroomParts, 'log'>;
}

export interface Gateway {
  /** Open sockets and streams. */
  readonly connections: number;
  /** Heads sent since the start. */
  readonly heads: number;
  /** Sockets served since the start, in one write for a turn’s changes and in Socket.IO’s own way; null: always its own way. */
  readonly served: { readonly joined: number; readonly ordinary: number } | null;
  /** Open sockets. */
  readonly present: number;
  /** Sends so many away who have not been told to go yet (1001); answers how many. */
  dismiss(count: number): number;
  /** Sends everybody away (1001: they come back by themselves, to another node or after the restart). */
  close(): void;
}

/** Opens the live side of a server: Socket.IO 4 at `/socket.io/`, WebSocket only, to any origin (contract §4). */
export function openGateway(parts: GatewayParts): Gateway {
  const { live, clock, log } = parts;
  const limits = { ...defaultGatewayLimits, ...parts.limits };
  const admission = parts.admission ?? new Admission(limits);
  const addressOf = parts.addressOf ?? remoteAddress;
  const outflow = new Outflow(limits.catchUpBytes);

  const io: Server = new Server(parts.server, {
    transports: ['websocket'],
    serveClient: false,
    ...(parts.joinsWrites === false ? {} : { adapter: FanoutAdapter }),
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: limits.packetBytes,
    connectTimeout: limits.connectMs,
    pingInterval: limits.pingIntervalMs,
    pingTimeout: limits.pingTimeoutMs,
    allowRequest: (request, decide) => {
      releaseResponse(request);
      const refusal = admission.refusal(addressOf(request));
      if (refusal)
        refuseUpgrade(request, problem(refusal, 'Too many open connections. Poll `changes?since=` instead.'));
      decide(refusal, refusal === null);
    },
  });

  /** `socket`: where there is one that is still listened to, so that it can be told. */
  const dismiss = (connection: Connection, closing: Exclude<Closing, 'shutdown'>, socket?: FollowerSocket | null) => {
    if (connection.isClosing) return;
    admission.dropped[closing] += 1;
    log.info({ closing, queued: connection.queued }, 'a socket was disconnected');
    if (socket) {
      const code = closing === 'flood' ? 'too-many-requests' : 'validation-failed';
      socket.emit('problem', problem(code, `Disconnected: ${closings[closing].reason}.`));
      socket.disconnect();
    }
    connection.close(closing);
  };

  const connections = new Connections(io, {
    limits,
    clock,
    enter: ({ request }) => admission.enter(addressOf(request), 'socket'),
    onOffence: (connection, closing) => dismiss(connection, closing, closing === 'flood' ? connection.socket : null),
  });

  const followers = { live, log, outflow, timelinesPerSocket: limits.timelinesPerSocket };
  io.on('connection', (opened) => {
    const socket = opened as unknown as FollowerSocket;
    const connection = connections.of(socket.conn);
    if (!connection) return;
    connection.socket = socket;
    forgetRequest(socket);
    socket.data = new Follower(followers, socket, connection);
    socket.on('error' as never, onUnparsed as never);
    socket.onAny(onEvent as never);
  });

  /** A packet that can’t be parsed: Socket.IO hangs up in this same tick, which leaves no time for more than the code. */
  function onUnparsed(this: FollowerSocket): void {
    dismiss(this.data.connection, 'malformed');
  }

  /** One function for all sockets, called on each: see connections.ts. */
  function onEvent(this: FollowerSocket, ...event: unknown[]): void {
    const request = parseEvent(event);
    if (request.kind === 'malformed') dismiss(this.data.connection, 'malformed', this);
    else this.data.take(request);
  }

  const newsroom = parts.newsroom
    ? openNewsroom(io, ({ conn }) => addressOf(conn.request), { ...parts.newsroom, log })
    : null;
  const broadcast = openBroadcast(io, live, limits.headMs);
  return {
    get connections() {
      return admission.count;
    },
    get heads() {
      return broadcast.heartbeat.beats;
    },
    served: fanoutOf(io)?.served ?? null,
    get present() {
      return connections.size;
    },
    dismiss: (count) => connections.dismiss(count),
    close() {
      broadcast.stop();
      newsroom?.close();
      connections.close();
      io.engine.close();
    },
  };
}

/** Carries every change to its followers: encoded once, and once framed, however many there are. */
function openBroadcast(io: Server, live: LiveLog, headMs: number): { heartbeat: Heartbeat; stop: () => void } {
  const head = (slug: string): void => {
    const position = live.timeline(slug)?.position;
    if (position) io.to(roomOf(slug)).emit('head', { timeline: slug, position: formatPosition(position) });
  };
  const heartbeat = new Heartbeat(headMs, head);
  const { adapter } = io.of('/');
  adapter.on('create-room', (room: string) => {
    const slug = slugOf(room);
    if (slug !== null) heartbeat.begin(slug);
  });
  adapter.on('delete-room', (room: string) => {
    const slug = slugOf(room);
    if (slug !== null) heartbeat.end(slug);
  });
  const stopChanges = live.onChange((slug: string, change: Change) => {
    io.to(roomOf(slug)).emit('change', change);
    heartbeat.sent(slug);
  });
  // Whoever hears a position of another epoch follows again, and is told to start over.
  const stopResets = live.onReset((slug) => head(slug));
  const stop = (): void => {
    stopChanges();
    stopResets();
    heartbeat.stop();
  };
  return { heartbeat, stop };
}

/** Socket.IO itself would answer 400 to a server that is full; a client can do more with the truth. */
function refuseUpgrade(request: IncomingMessage, refusal: Problem): void {
  const body = JSON.stringify(refusal);
  request.socket.end(
    `HTTP/1.1 ${refusal.status} ${refusal.status === 429 ? 'Too Many Requests' : 'Service Unavailable'}\r\n` +
      'Connection: close\r\nRetry-After: 10\r\nContent-Type: application/problem+json\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
