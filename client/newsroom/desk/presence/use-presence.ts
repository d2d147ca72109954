import { useEffect, useRef, useState } from 'preact/hooks';
import type { Present, Quiet } from '../../../../shared/newsroom-protocol.ts';
import type { NewsroomSocket } from './newsroom-socket.ts';

export interface Presence {
  /** Everybody else at the desk: windows of one person count once for each. */
  others: readonly Present[];
  /** Says which update is being edited here. */
  edit: (update: string | null) => void;
}

/** Half of what the server waits until it takes an edit for given up. */
const sayAgainMs = 20_000;

/** `onQuiet`: drafts or settings may have changed; also each time that the connection is back. */
export function usePresence(slug: string, onQuiet: (what: Quiet | 'all') => void): Presence {
  const [others, setOthers] = useState<readonly Present[]>([]);
  const socket = useRef<NewsroomSocket | null>(null);
  const editing = useRef<string | null>(null);
  const told = useRef(onQuiet);
  told.current = onQuiet;

  useEffect(() => {
    let isWanted = true;
    import('./newsroom-socket.ts').then(({ openNewsroomSocket }) => {
      if (!isWanted) return;
      socket.current = openNewsroomSocket({
        url: location.href,
        timeline: slug,
        onPeople: (people, you) => setOthers(people.filter(({ id }) => id !== you)),
        onQuiet: (what) => told.current(what),
        onArrive: () => told.current('all'),
      });
      socket.current.edit(editing.current);
    }, console.warn);
    const timer = setInterval(() => {
      if (editing.current !== null && document.visibilityState === 'visible') socket.current?.edit(editing.current);
    }, sayAgainMs);
    return () => {
      isWanted = false;
      clearInterval(timer);
      socket.current?.close();
      socket.current = null;
    };
  }, [slug]);

  const edit = useRef((update: string | null): void => {
    editing.current = update;
    socket.current?.edit(update);
  });
  return { others, edit: edit.current };
}

/** Who else edits an update, by name. */
export const editorsOf = (others: readonly Present[], update: string): string[] => [
  ...new Set(others.filter(({ editing }) => editing === update).map(({ name }) => name)),
];
