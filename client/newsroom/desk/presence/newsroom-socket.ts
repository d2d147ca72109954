import { io, type Socket } from 'socket.io-client';
import type { FromNewsroom, Present, Quiet, ToNewsroom } from '../../../../shared/newsroom-protocol.ts';

export interface NewsroomSocketOptions {
  /** Any address of the server; its origin counts. */
  url: string;
  timeline: string;
  /** Who is at the desk; `you` is this window. */
  onPeople: (people: readonly Present[], you: string) => void;
  onQuiet: (what: Quiet) => void;
  /** It is (again) at the desk: what was told meanwhile was missed. */
  onArrive: () => void;
}

export interface NewsroomSocket {
  /** Which update is being edited here. To be said again every now and then, as it expires. */
  edit: (update: string | null) => void;
  close: () => void;
}

const againMs = 3_000;

/** Sits at the desk of a timeline, with the session’s cookie, for as long as it is open. */
export function openNewsroomSocket(options: NewsroomSocketOptions): NewsroomSocket {
  const { url, timeline, onPeople, onQuiet, onArrive } = options;
  const socket: Socket<ToNewsroom, FromNewsroom> = io(`${new URL(url).origin}/newsroom`, {
    transports: ['websocket'],
    reconnectionDelayMax: 10_000,
    forceNew: true,
  });
  let you = '';
  let editing: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const arrive = (): void => {
    socket.emit('arrive', { timeline }, (reply) => {
      if (!reply.ok) return;
      you = reply.you;
      onPeople(reply.people, you);
      if (editing !== null) socket.emit('edit', { timeline, update: editing });
      onArrive();
    });
  };
  // Socket.IO does not come back by itself where the server sent it away: after a restart of the session it may be let in.
  const comeBack = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => socket.connect(), againMs * (0.5 + Math.random()));
  };
  socket.on('connect', arrive);
  socket.on('people', (desk) => desk.timeline === timeline && onPeople(desk.people, you));
  socket.on('quiet', (news) => news.timeline === timeline && onQuiet(news.what));
  socket.on('disconnect', (reason) => {
    onPeople([], you);
    if (reason === 'io server disconnect') comeBack();
  });
  socket.on('connect_error', () => {
    if (!socket.active) comeBack();
  });
  return {
    edit: (update) => {
      editing = update;
      if (socket.connected) socket.emit('edit', { timeline, update });
    },
    close: () => {
      clearTimeout(timer);
      socket.disconnect();
    },
  };
}
