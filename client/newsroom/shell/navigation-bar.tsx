import { Menu as MenuIcon, X } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { inject } from 'regexparam';
import type { Timeline } from '../../../shared/timeline.ts';
import { Icon } from '../components/icon.tsx';
import { useResource } from '../resource.ts';
import { type NavEntry, pageRoutes } from '../routes.ts';

interface NavigationProps {
  path: string;
  /** The timeline that is open. */
  slug: string | null;
}

/** A column beside the page on a desk; on a phone a bar at the bottom, where a thumb is, and the rest behind “Menu”. */
export function Navigation({ path, slug }: NavigationProps) {
  const [isOpen, setOpen] = useState(false);
  const { value: timeline } = useResource<Timeline>(slug === null ? null : `/timelines/${slug}`);
  // Another page closes it.
  useEffect(() => setOpen(false), [path]);
  const entries = (group: NavEntry['group']) =>
    pageRoutes.flatMap(({ path: pattern, nav }) => (nav?.group === group ? [{ ...nav, pattern }] : []));
  const ofTimeline =
    slug === null ? [] : entries('timeline').map((entry) => ({ ...entry, href: inject(entry.pattern, { slug }) }));
  const ofNewsroom = entries('newsroom').map((entry) => ({ ...entry, href: entry.pattern }));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the button inside opened
    <div
      class={isOpen ? 'navigation open' : 'navigation'}
      onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
    >
      <nav aria-label="Newsroom">
        <a class="brand" href="/newsroom">
          Daymark
        </a>
        {ofTimeline.length > 0 && <p class="nav-title">{timeline?.title ?? slug}</p>}
        {ofTimeline.length > 0 && <NavList entries={ofTimeline} path={path} />}
        {ofTimeline.length > 0 && <hr />}
        <NavList entries={ofNewsroom} path={path} />
        <button type="button" class="menu-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Icon of={isOpen ? X : MenuIcon} />
          <span>{isOpen ? 'Close' : 'Menu'}</span>
        </button>
      </nav>
    </div>
  );
}

function NavList({ entries, path }: { entries: readonly (NavEntry & { href: string })[]; path: string }) {
  return (
    <ul>
      {entries.map(({ label, icon, href }) => (
        <li key={href}>
          <a href={href} aria-current={href === path ? 'page' : undefined}>
            <Icon of={icon} />
            <span>{label}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
