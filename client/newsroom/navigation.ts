import { useEffect, useState } from 'preact/hooks';

/** Where in the newsroom the browser stands. */
export interface Place {
  path: string;
  query: URLSearchParams;
}

const here = (): Place => ({ path: location.pathname, query: new URLSearchParams(location.search) });

let place = here();
const listeners = new Set<(place: Place) => void>();
const guards = new Set<() => boolean>();

const mayLeave = (): boolean => [...guards].every((guard) => guard());

function arrive(): void {
  place = here();
  for (const listener of listeners) listener(place);
}

/** Goes to an address of the newsroom, unless somebody has unsaved work and wants to stay. */
export function navigate(url: string, { replace = false } = {}): void {
  const to = new URL(url, location.href);
  if (to.pathname !== place.path && !mayLeave()) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  arrive();
}

/** Links lead on inside the page; those with a modifier key, a target or to elsewhere are the browser’s. */
function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (!/^\/newsroom(\/|$)/.test(link.pathname) || (link.hash && link.pathname === location.pathname)) return;
  event.preventDefault();
  if (link.href === location.href) arrive();
  else navigate(link.href);
}

/** Begins to follow links and the browser’s own ways back and on. */
export function startNavigation(): void {
  document.addEventListener('click', followLink);
  addEventListener('popstate', () => {
    if (location.pathname === place.path || mayLeave()) return arrive();
    // The browser is there already: back to where the work is.
    history.pushState(null, '', `${place.path}${place.query.size > 0 ? `?${place.query}` : ''}`);
  });
  addEventListener('beforeunload', (event) => {
    if (unsaved.size > 0) event.preventDefault();
  });
}

export function usePlace(): Place {
  const [now, setNow] = useState(place);
  useEffect(() => {
    listeners.add(setNow);
    setNow(place);
    return () => void listeners.delete(setNow);
  }, []);
  return now;
}

const unsaved = new Set<object>();

/** While `isUnsaved`, leaving the page (by a link, the browser’s buttons, or closing it) asks first. */
export function useUnsavedGuard(
  isUnsaved: boolean,
  question = 'Leave this page? What is not saved would be lost.',
): void {
  useEffect(() => {
    if (!isUnsaved) return;
    const mark = {};
    const guard = (): boolean => confirm(question);
    unsaved.add(mark);
    guards.add(guard);
    return () => {
      unsaved.delete(mark);
      guards.delete(guard);
    };
  }, [isUnsaved, question]);
}
