import type { FollowReply, ToFollower } from '../../shared/protocol.ts';
import type { Channel, Listener } from './channel.ts';

const openMs = 10_000;
const answerMs = 20_000;

/** How the packets of Engine.IO 4 and Socket.IO 5 begin that a follower meets; an answer is `43`, its number, and JSON. */
const packet = { open: '0{', ping: '2', pong: '3', connect: '40', event: '42' } as const;

type Event = { [Name in keyof ToFollower]: [name: Name, ...args: Parameters<ToFollower[Name]>] }[keyof ToFollower];

/** One who follows a timeline over the link. */
interface Member {
  /** Asks from where it stands, unless it is asking. */
  ask(): void;
  answered(id: string, reply: FollowReply): void;
  happened(event: Event): void;
  lost(): void;
}

export interface Link {
  has(timeline: string): boolean;
  /** Follows a timeline; a link is followed by one for each at most. */
  join(timeline: string, listener: Listener): Channel;
}

/**
 * Socket.IO over a bare WebSocket. Its own client takes 10 kB of what a reader may load, for means of transport, namespaces
 * and reconnecting that a follower has no use for; what remains of the protocol is six packets (docs/decisions/063). Closed with
 * the last who leaves it; `over` is told once, however it ends.
 */
export function openLink(Socket: typeof WebSocket, origin: string, over: () => void): Link {
  const socket = new Socket(`${origin.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const members = new Map<string, Member>();
  let isConnected = false;
  let isOver = false;
  let asked = 0;

  const end = (): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    socket.close();
    over();
  };
  const lost = (): void => {
    if (isOver) return;
    end();
    for (const member of [...members.values()]) member.lost();
  };
  const timer = setTimeout(lost, openMs);
  const send = (id: number | '', name: string, request: object): void =>
    socket.send(`${packet.event}${id}${JSON.stringify([name, request])}`);
  const connected = (): void => {
    clearTimeout(timer);
    isConnected = true;
    for (const member of members.values()) member.ask();
  };
  const take = (message: string): void => {
    const [, id = '', reply] = /^43(\d+)(\[.*)$/s.exec(message) ?? [];
    if (message === packet.ping) socket.send(packet.pong);
    else if (message.startsWith(packet.event)) {
      const event = JSON.parse(message.slice(2)) as Event;
      members.get(event[1].timeline)?.happened(event);
    } else if (message.startsWith(packet.open)) socket.send(packet.connect);
    else if (message.startsWith(packet.connect)) connected();
    // Anything else says that it is over: refused, sent away, or no Socket.IO at all.
    else if (reply === undefined) lost();
    else for (const member of [...members.values()]) member.answered(id, (JSON.parse(reply) as [FollowReply])[0]);
  };

  socket.addEventListener('message', ({ data }) => {
    if (isOver) return;
    try {
      take(String(data));
    } catch (error) {
      console.warn(error);
      lost();
    }
  });
  socket.addEventListener('close', lost);
  socket.addEventListener('error', lost);

  const join = (timeline: string, listener: Listener): Channel => {
    let patience: ReturnType<typeof setTimeout> | undefined;
    /** Number of the question that is waiting for its answer; what arrives before the answer is part of it. */
    let asking: string | null = null;

    const close = (): void => {
      if (members.get(timeline) !== member) return;
      clearTimeout(patience);
      members.delete(timeline);
      if (members.size === 0) end();
      else if (isConnected && !isOver) send('', 'unfollow', { timeline });
    };
    const gone = (): void => {
      close();
      listener.lost();
    };
    const member: Member = {
      ask() {
        if (asking !== null || !isConnected || isOver) return;
        asked += 1;
        asking = String(asked);
        patience = setTimeout(gone, answerMs);
        const since = listener.since();
        send(asked, 'follow', { timeline, ...(since !== null && { since }) });
      },
      answered(id, reply) {
        if (id !== asking) return;
        clearTimeout(patience);
        asking = null;
        if (!reply.ok) gone();
        else if ('reset' in reply) listener.reset(reply.position);
        else listener.caughtUp(reply.position, reply.changes);
      },
      happened([name, said]) {
        if (asking !== null) return;
        if (name === 'change') listener.change(said);
        else if (name === 'head') listener.head(said.position);
      },
      lost: gone,
    };
    members.set(timeline, member);
    member.ask();
    return { again: member.ask, close };
  };
  return { has: (timeline) => members.has(timeline), join };
}
