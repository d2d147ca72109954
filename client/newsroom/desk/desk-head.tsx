import { ChevronLeft, ChevronRight, ExternalLink } from 'lucide';
import type { DayView } from '../../../shared/day.ts';
import { live as words } from '../../../shared/i18n/en.ts';
import type { Present } from '../../../shared/newsroom-protocol.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import type { FollowState } from '../../feed/follow.ts';
import { Icon } from '../components/icon.tsx';
import { PageHead } from '../components/page-head.tsx';
import { isAtLeast } from '../role.ts';
import { inWords } from './composer/time-field.tsx';
import type { Me } from './desk.tsx';
import { HoldButton } from './hold-bar.tsx';
import { PeopleBar } from './presence/people-bar.tsx';
import { Shortcuts } from './shortcuts.tsx';

interface DeskHeadProps {
  me: Me;
  timeline: Timeline;
  settings: Settings;
  number: number;
  view: DayView | null;
  connection: FollowState;
  others: readonly Present[];
  onSettings: (settings: Settings) => void;
  onWrite: () => void;
}

const connections: Record<FollowState, string> = { live: 'Live', 'catching-up': 'Catching up', offline: 'Offline' };

/** Which day of which war is on the desk, who is here, and the ways to other days. */
export function DeskHead(props: DeskHeadProps) {
  const { me, timeline, settings, number, view, connection, others, onSettings, onWrite } = props;
  const { slug, title, status } = timeline;
  return (
    <>
      <PageHead
        title={words.day(number)}
        about={
          <>
            {view && inWords(view.date)} · {title}
            {status !== 'live' && <span class="tag warn">{status === 'ended' ? 'Ended' : 'Paused'}</span>}
          </>
        }
        actions={
          <>
            <HoldButton
              slug={slug}
              settings={settings}
              isEditor={isAtLeast(me.role, 'editor')}
              onSettings={onSettings}
            />
            <Shortcuts onWrite={onWrite} />
          </>
        }
      />
      <div class="desk-bar">
        <nav class="row" aria-label="Days">
          {view?.previous && (
            <a href={`/newsroom/${slug}?day=${view.previous}`}>
              <Icon of={ChevronLeft} turns />
              {words.day(view.previous)}
            </a>
          )}
          {number !== timeline.today.day && <a href={`/newsroom/${slug}`}>Today</a>}
          {view?.next && (
            <a href={`/newsroom/${slug}?day=${view.next}`}>
              {words.day(view.next)}
              <Icon of={ChevronRight} turns />
            </a>
          )}
          <a href={`/${slug}/day/${number}`} target="_blank" rel="noreferrer">
            As readers see it <Icon of={ExternalLink} />
          </a>
        </nav>
        <p class={`connection ${connection}`} role="status" data-connection={connection}>
          {connections[connection]}
        </p>
        <PeopleBar others={others} me={me.id} />
      </div>
      {status === 'ended' && (
        <p class="notice">This conflict has ended: nothing new is recorded. What there is can still be corrected.</p>
      )}
      {status === 'paused' && <p class="notice">Readers are told that coverage is paused.</p>}
    </>
  );
}
