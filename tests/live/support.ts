import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { Admission } from '../../server/live/admission.ts';
import { type Gateway, openGateway } from '../../server/live/gateway.ts';
import { defaultGatewayLimits, type GatewayLimits } from '../../server/live/gateway-limits.ts';
import type { NewsroomParts } from '../../server/live/newsroom/newsroom-gateway.ts';
import { Streams } from '../../server/live/sse.ts';
import type { Change } from '../../shared/change.ts';
import { formatPosition, parsePosition } from '../../shared/position.ts';
import type { FollowReply, ToFollower, ToServer } from '../../shared/protocol.ts';
import {
  admin,
  development,
  expectOk,
  gaza,
  type Spine,
  type SpineOptions,
  silent,
  startSpine,
} from '../support/spine.ts';

export type TestSocket = Socket<ToFollower & { problem: (problem: { code: string }) => void }, ToServer>;

/** One node with its live side on a real port: sockets, streams, and the bare `changes` that polling needs. */
export interface LiveNode extends Spine {
  url: string;
  gateway: Gateway;
  /** Posts updates, one after the other. */
  post(count: number): Promise<void>;
  epoch(): string;
  position(seq?: number): string;
  connect(): Promise<TestSocket>;
  /** A bare WebSocket that has said it is Socket.IO. */
  connectRaw(): Promise<WebSocket>;
}

const closers: (() => Promise<void> | void)[] = [];

/** For afterEach: clients go first, then servers, in the reverse of the order they came. */
export async function endAll(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}

export const whenDone = (close: () => Promise<void> | void): void => {
  closers.push(close);
};

export async function startLive(
  limits: Partial<GatewayLimits> = {},
  options: SpineOptions = {},
  staff?: Pick<NewsroomParts, 'identify' | 'identifyEveryMs'>,
): Promise<LiveNode> {
  const spine = await startSpine(options);
  if (!spine.live.timeline('gaza')) expectOk(await spine.desk.createTimeline(admin, gaza));
  const { live, clock } = spine;
  const admission = new Admission({ ...defaultGatewayLimits, ...limits });
  const parts = { live, clock: clock.now, log: silent, limits, admission };
  const streams = new Streams(parts);
  const server = createServer((request, response) => void answer(spine, streams, request, response));
  const newsroom = staff && {
    ...staff,
    channel: spine.newsroomChannel,
    hasTimeline: (slug: string) => live.timeline(slug) !== null,
  };
  const gateway = openGateway({ ...parts, server, ...(newsroom && { newsroom }) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const end = async (): Promise<void> => {
    gateway.close();
    streams.close();
    server.closeAllConnections();
    server.close();
    await spine.end();
  };
  whenDone(end);
  const url = `http://127.0.0.1:${port}`;
  const epoch = (): string => live.timeline('gaza')?.position.epoch ?? '';
  return {
    ...spine,
    end,
    url,
    gateway,
    epoch,
    position: (seq = live.timeline('gaza')?.position.seq ?? 0) => formatPosition({ epoch: epoch(), seq }),
    post: async (count) => {
      for (let i = 0; i < count; i++) expectOk(await spine.desk.publish(admin, 'gaza', development()));
    },
    connect: () => connect(url),
    connectRaw: () => connectRaw(url),
  };
}

async function answer({ live }: Spine, streams: Streams, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [, slug = '', what] = /^\/api\/v1\/timelines\/([^/]+)(?:\/(stream|changes))?$/.exec(url.pathname) ?? [];
  const since = url.searchParams.get('since') ?? undefined;
  const json = (status: number, body: unknown): void => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };
  if (what === 'stream') {
    const opened = streams.open(request, response, slug, since);
    if (!opened.ok) json(opened.problem.status, opened.problem);
    return;
  }
  const head = live.timeline(slug)?.position;
  if (!head) return json(404, {});
  if (what === undefined) return json(200, { position: formatPosition(head) });
  const at = parsePosition(since);
  if (!at) return json(422, {});
  const { position, ...rest } = await live.since(slug, at, 1_000);
  json(
    200,
    rest.reset
      ? { reset: true, position: formatPosition(position) }
      : { changes: rest.changes, position: formatPosition(position) },
  );
}

export async function connect(url: string): Promise<TestSocket> {
  const socket: TestSocket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true });
  whenDone(() => void socket.disconnect());
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

export async function connectRaw(url: string): Promise<WebSocket> {
  const socket = openRaw(url);
  await said(socket, '0');
  socket.send('40');
  await said(socket, '40');
  return socket;
}

/** A bare WebSocket to the live side that has said nothing yet. */
export function openRaw(url: string): WebSocket {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  whenDone(() => socket.terminate());
  return socket;
}

/** Resolves with the next message that begins so. */
export function said(socket: WebSocket, beginning: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const listen = (data: Buffer): void => {
      const text = data.toString();
      if (!text.startsWith(beginning)) return;
      socket.off('message', listen);
      resolve(text);
    };
    socket.on('message', listen);
    socket.once('error', reject);
  });
}

export function follow(socket: TestSocket, since?: string, timeline = 'gaza'): Promise<FollowReply> {
  return new Promise((resolve, reject) => {
    const gone = (reason: string): void => reject(new Error(`no answer: ${reason}`));
    socket.once('disconnect', gone);
    socket.emit('follow', { timeline, ...(since !== undefined && { since }) }, (reply) => {
      socket.off('disconnect', gone);
      resolve(reply);
    });
  });
}

/** The changes of an answer that must be one with changes. */
export function changesOf(reply: FollowReply): Change[] {
  if (!reply.ok || 'reset' in reply) throw new Error(JSON.stringify(reply));
  return reply.changes;
}

/** Everything that a socket is told from now on. */
export function record(socket: TestSocket): { changes: Change[]; heads: string[] } {
  const heard = { changes: [] as Change[], heads: [] as string[] };
  socket.on('change', (change) => heard.changes.push(change));
  socket.on('head', ({ position }) => heard.heads.push(position));
  return heard;
}

export const seqs = (changes: readonly Change[]): number[] => changes.map(({ seq }) => seq);
/** The numbers from `first` to `last`, both included. */
export const range = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
