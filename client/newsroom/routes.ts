import { House, type IconNode } from 'lucide';
import type { ComponentType } from 'preact';
import type { Role } from './role.ts';

/** What a page is given: the parts of its address that its path names. */
export interface PageProps {
  params: Readonly<Record<string, string>>;
}

/** Where a page stands in the navigation; pages without this are reached from others. */
export interface NavEntry {
  label: string;
  icon: IconNode;
  /** `timeline`: listed under the timeline that is open. */
  group: 'newsroom' | 'timeline';
  /** The least role that has something to do there. */
  role?: Role;
}

export interface PageRoute {
  path: string;
  load: () => Promise<ComponentType<PageProps>>;
  nav?: NavEntry;
  /** Shown without navigation, to whoever has no session yet. */
  outside?: boolean;
}

/**
 * Every page of the newsroom, in the order in which addresses are matched: one line each, loaded when it is opened. A path that
 * begins with a word of its own must be a reserved slug (shared/timeline.ts).
 */
export const pageRoutes: readonly PageRoute[] = [
  {
    path: '/newsroom',
    load: () => import('./home/home-page.tsx').then((m) => m.HomePage),
    nav: { label: 'Timelines', icon: House, group: 'newsroom' },
  },
];
