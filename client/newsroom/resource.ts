import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get, type Refusal } from './api.ts';

/** Something read from the interface. While it is read again, what was there before stays. */
export interface Resource<T> {
  value: T | null;
  problem: Refusal | null;
  isLoading: boolean;
  reload: () => void;
  /** Puts in place what a write has answered. */
  replace: (value: T) => void;
}

/** Reads `/api/v1` + `path` and keeps it; null reads nothing. */
export function useResource<T>(path: string | null): Resource<T> {
  const [state, setState] = useState<{ path: string | null; value: T | null; problem: Refusal | null }>({
    path,
    value: null,
    problem: null,
  });
  const [isLoading, setLoading] = useState(path !== null);
  const [turn, setTurn] = useState(0);
  const latest = useRef(0);

  // Another turn reads the same path again.
  useEffect(() => {
    if (path === null) return;
    const leaving = new AbortController();
    const mine = ++latest.current;
    setLoading(true);
    get<T>(path, leaving.signal).then(
      (answer) => {
        if (mine !== latest.current) return;
        setLoading(false);
        setState((before) =>
          answer.ok
            ? { path, value: answer.body, problem: null }
            : { path, value: before.path === path ? before.value : null, problem: answer.problem },
        );
      },
      () => undefined, // given up, because the page was left or asks for something else
    );
    return () => leaving.abort();
  }, [path, turn]);

  const reload = useCallback(() => setTurn((number) => number + 1), []);
  const replace = useCallback((value: T) => setState((before) => ({ ...before, value, problem: null })), []);
  const isOfPath = state.path === path;
  return { value: isOfPath ? state.value : null, problem: isOfPath ? state.problem : null, isLoading, reload, replace };
}
