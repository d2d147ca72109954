import type { FollowReply, ToFollower } from '../../shared/protocol.ts';
import type { OpenChannel } from './channel.ts';

const openMs = 10_000;
const answerMs = 20_000;

/** How the packets of Engine.IO 4 and Socket.IO 5 begin that a follower meets; an answer is `43`, its number, and JSON. */
const packet = { open: '0{', ping: '2', pong: '3', connect: '40', event: '42' } as const;

type Event = { [Name in keyof ToFollower]: [name: Name, ...args: Parameters<ToFollower[Name]>] }[keyof ToFollower];

/**
 * Socket.IO over a bare WebSocket. Its own client takes 10 kB of what a reader may load, for means of transport, namespaces
 * and reconnecting that a follower has no use for; what remains of the protocol is six packets (docs/decisions/063).
 */
export const socketsWith =
  (Socket: typeof WebSocket): OpenChannel =>
  ({ origin, timeline }, listener) => {
    const socket = new Socket(`${origin.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`);
    let timer = setTimeout(() => lost(), openMs);
    let isConnected = false;
    let isClosed = false;
    /** Number of the question that is waiting for its answer; what arrives before the answer is part of it. */
    let asking: string | null = null;
    let asked = 0;

    const close = (): void => {
      isClosed = true;
      clearTimeout(timer);
      socket.close();
    };
    const lost = (): void => {
      if (isClosed) return;
      close();
      listener.lost();
    };
    const again = (): void => {
      if (asking !== null || !isConnected || isClosed) return;
      asked += 1;
      asking = String(asked);
      timer = setTimeout(lost, answerMs);
      const since = listener.since();
      socket.send(
        `${packet.event}${asking}${JSON.stringify(['follow', { timeline, ...(since !== null && { since }) }])}`,
      );
    };
    const answered = (reply: FollowReply): void => {
      clearTimeout(timer);
      asking = null;
      if (!reply.ok) lost();
      else if ('reset' in reply) listener.reset(reply.position);
      else listener.caughtUp(reply.position, reply.changes);
    };
    const happened = ([name, said]: Event): void => {
      if (asking !== null || said.timeline !== timeline) return;
      if (name === 'change') listener.change(said);
      else if (name === 'head') listener.head(said.position);
    };
    const connected = (): void => {
      clearTimeout(timer);
      isConnected = true;
      again();
    };
    const take = (message: string): void => {
      const [, id, reply] = /^43(\d+)(\[.*)$/s.exec(message) ?? [];
      if (message === packet.ping) socket.send(packet.pong);
      else if (message.startsWith(packet.event)) happened(JSON.parse(message.slice(2)) as Event);
      else if (message.startsWith(packet.open)) socket.send(packet.connect);
      else if (message.startsWith(packet.connect)) connected();
      // Anything else says that it is over: refused, sent away, or no Socket.IO at all.
      else if (reply === undefined) lost();
      else if (id === asking) answered((JSON.parse(reply) as [FollowReply])[0]);
    };

    socket.addEventListener('message', ({ data }) => {
      if (isClosed) return;
      try {
        take(String(data));
      } catch (error) {
        console.warn(error);
        lost();
      }
    });
    socket.addEventListener('close', lost);
    socket.addEventListener('error', lost);
    return { again, close };
  };
