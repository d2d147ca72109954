import { useEffect, useRef, useState } from 'preact/hooks';
import type { Change } from '../../../../shared/change.ts';
import { LiveDay, type LiveDayState } from './live-day.ts';

const unread: LiveDayState = { view: null, problem: null, connection: 'catching-up' };

export interface UsedLiveDay extends LiveDayState {
  more: () => void;
}

export function useLiveDay(slug: string, day: number, title: string, onChange: (change: Change) => void): UsedLiveDay {
  const [state, setState] = useState(unread);
  const live = useRef<LiveDay | null>(null);
  const told = useRef(onChange);
  told.current = onChange;
  useEffect(() => {
    setState(unread);
    const opened = new LiveDay({ slug, day, title, onState: setState, onChange: (change) => told.current(change) });
    live.current = opened;
    void opened.start();
    return () => opened.stop();
  }, [slug, day, title]);
  return { ...state, more: () => void live.current?.more() };
}
