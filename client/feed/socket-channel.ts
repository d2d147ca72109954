import type { Socket } from 'socket.io-client';
import type { FollowReply, ToFollower, ToServer } from '../../shared/protocol.ts';
import type { OpenChannel } from './channel.ts';

const openMs = 10_000;
const answerMs = 20_000;

/** Socket.IO over WebSocket. Its code is loaded when it is first needed, after the page has been painted. */
export const openSocket: OpenChannel = ({ origin, timeline }, listener) => {
  let socket: Socket<ToFollower, ToServer> | null = null;
  let closed = false;
  let asking = false;

  const close = (): void => {
    closed = true;
    socket?.off();
    socket?.disconnect();
  };
  const lost = (): void => {
    if (closed) return;
    close();
    listener.lost();
  };
  const answered = (failure: Error | null, reply: FollowReply): void => {
    asking = false;
    if (closed) return;
    if (failure || !reply.ok) lost();
    else if ('reset' in reply) listener.reset(reply.position);
    else listener.caughtUp(reply.position, reply.changes);
  };
  const again = (): void => {
    if (asking || !socket?.connected) return;
    asking = true;
    const since = listener.since();
    socket.timeout(answerMs).emit('follow', { timeline, ...(since !== null && { since }) }, answered);
  };

  const open = async (): Promise<void> => {
    const { Manager } = await import('socket.io-client');
    if (closed) return;
    // Reconnecting is the follower’s business: it has the position, the jitter and the other channels.
    socket = new Manager(origin, { transports: ['websocket'], reconnection: false, timeout: openMs }).socket('/');
    socket.on('connect', again);
    socket.on('connect_error', lost);
    socket.on('disconnect', lost);
    // What arrives before the answer is part of it.
    socket.on('change', (change) => !asking && change.timeline === timeline && listener.change(change));
    socket.on('head', (head) => !asking && head.timeline === timeline && listener.head(head.position));
  };
  open().catch(lost);
  return { again, close };
};
