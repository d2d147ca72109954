import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useState } from 'preact/hooks';
import type { Person, SessionState } from '../../../shared/people.ts';
import { get, onSignedOut, type Refusal, remove } from '../api.ts';
import { isAtLeast, type Role } from '../role.ts';

export interface Session {
  /** null until it has been asked for the first time. */
  state: SessionState | null;
  problem: Refusal | null;
  /** Somebody was signed in here, and is no more: the page stays as it is until somebody signs in again. */
  hasEnded: boolean;
  enter: (state: SessionState) => void;
  reload: () => void;
  leave: () => Promise<void>;
}

const nobody: SessionState = { person: null, secondFactorMissing: false, isNew: false };
const SessionContext = createContext<Session | null>(null);

/** Knows who is signed in, for all pages. */
export function SessionProvider({ children }: { children: ComponentChildren }) {
  const [state, setState] = useState<SessionState | null>(null);
  const [problem, setProblem] = useState<Refusal | null>(null);
  const [hasEnded, setEnded] = useState(false);

  const reload = useCallback(() => {
    get<SessionState>('/session').then((answer) => {
      if (answer.ok) setState(answer.body);
      setProblem(answer.ok ? null : answer.problem);
    });
  }, []);
  useEffect(reload, [reload]);
  useEffect(() => onSignedOut(() => setEnded(true)), []);

  const enter = useCallback((next: SessionState) => {
    setState((before) => {
      // Somebody else at the same browser: nothing of the other’s pages may stay.
      if (before?.person && before.person.id !== next.person?.id) location.reload();
      return next;
    });
    setEnded(false);
  }, []);
  const leave = useCallback(async () => {
    await remove('/session');
    setEnded(false);
    setState(nobody);
  }, []);

  const session = useMemo(
    () => ({ state, problem, hasEnded: hasEnded && state?.person != null, enter, reload, leave }),
    [state, problem, hasEnded, enter, reload, leave],
  );
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('outside the SessionProvider');
  return session;
}

/** Whoever is signed in. For pages inside the shell: they are not shown to anybody else. */
export function usePerson(): Person {
  const person = useSession().state?.person;
  if (!person) throw new Error('nobody is signed in');
  return person;
}

/** Whether somebody has a role, over a timeline or, without one, over what belongs to none. */
export function hasAuthority(person: Person, role: Role, slug: string | null = null): boolean {
  return (
    isAtLeast(person.role, role) && (person.timelines === null || (slug !== null && person.timelines.includes(slug)))
  );
}
