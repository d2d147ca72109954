import { LogOut, Menu as MenuIcon, X } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { inject } from 'regexparam';
import type { Person } from '../../../shared/people.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { useResource } from '../resource.ts';
import { isAtLeast } from '../role.ts';
import { type NavEntry, pageRoutes } from '../routes.ts';
import { usePerson, useSession } from '../session/session.tsx';

interface NavigationProps {
  path: string;
  /** The timeline that is open. */
  slug: string | null;
}

/** So many fit beside “Menu” on a phone. */
const inBar = 4;

/** A column beside the page on a desk; on a phone a bar at the bottom, where a thumb is, and the rest behind “Menu”. */
export function Navigation({ path, slug }: NavigationProps) {
  const [isOpen, setOpen] = useState(false);
  const person = usePerson();
  const { state, leave } = useSession();
  const { value: timeline } = useResource<Timeline>(slug === null ? null : `/timelines/${slug}`);
  // Another page closes it.
  useEffect(() => setOpen(false), [path]);
  const isLimited = state?.secondFactorMissing === true;
  const entries = (group: NavEntry['group']) =>
    pageRoutes.flatMap(({ path: pattern, nav }) =>
      nav?.group === group && mayGo(person, nav) && !isLimited ? [{ ...nav, pattern }] : [],
    );
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
        {ofTimeline.length > 0 && <NavList entries={ofTimeline} path={path} room={inBar} />}
        {ofTimeline.length > 0 && <hr />}
        <NavList entries={ofNewsroom} path={path} room={Math.max(0, inBar - ofTimeline.length)} />
        <div class="nav-person">
          <p>
            <strong>{person.name}</strong>
            <br />
            <span class="soft">{person.role}</span>
          </p>
          <Button look="quiet" icon={LogOut} onClick={() => void leave()}>
            Sign out
          </Button>
        </div>
        <button type="button" class="menu-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Icon of={isOpen ? X : MenuIcon} />
          <span>{isOpen ? 'Close' : 'Menu'}</span>
        </button>
      </nav>
    </div>
  );
}

const mayGo = ({ role, timelines }: Person, nav: NavEntry): boolean =>
  (nav.role === undefined || isAtLeast(role, nav.role)) && (!nav.everywhere || timelines === null);

interface NavListProps {
  entries: readonly (NavEntry & { href: string })[];
  path: string;
  /** How many of them a phone’s bar shows. */
  room: number;
}

function NavList({ entries, path, room }: NavListProps) {
  return (
    <ul>
      {entries.map(({ label, icon, href }, i) => (
        <li key={href} class={i < room ? undefined : 'rest'}>
          <a href={href} aria-current={href === path ? 'page' : undefined}>
            <Icon of={icon} />
            <span>{label}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
