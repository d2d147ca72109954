import type { Settings } from '../../../shared/settings.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import { PageHead } from '../components/page-head.tsx';
import { Loaded } from '../components/states.tsx';
import { useResource } from '../resource.ts';
import type { PageProps } from '../routes.ts';
import { hasAuthority, usePerson } from '../session/session.tsx';
import { AppearanceForm } from './appearance-form.tsx';
import { EndPanel } from './end-panel.tsx';
import { PublisherForm } from './publisher-form.tsx';
import { RulesPanel } from './rules-panel.tsx';
import { TimelineForm } from './timeline-form.tsx';
import './settings.css';

/** Everything that is set for a timeline, each matter saved by itself. */
export function SettingsPage({ params: { slug = '' } }: PageProps) {
  const timeline = useResource<Timeline>(`/timelines/${slug}`);
  const settings = useResource<Settings>(`/timelines/${slug}/settings`);
  const isAdmin = hasAuthority(usePerson(), 'admin', slug);
  return (
    <>
      <PageHead title="Settings" about={timeline.value?.title ?? slug} />
      <div class="form-page">
        <Loaded resource={settings}>
          {(value) => (
            <RulesPanel
              slug={slug}
              settings={value}
              isAdmin={isAdmin}
              onSaved={settings.replace}
              onStale={settings.reload}
            />
          )}
        </Loaded>
        {!isAdmin && <p class="soft">All else is set by an admin.</p>}
        {isAdmin && (
          <Loaded resource={timeline}>
            {(value) => <TimelineForm timeline={value} onSaved={timeline.replace} onStale={timeline.reload} />}
          </Loaded>
        )}
        {isAdmin && settings.value && (
          <>
            <AppearanceForm
              slug={slug}
              settings={settings.value}
              onSaved={settings.replace}
              onStale={settings.reload}
            />
            <PublisherForm slug={slug} settings={settings.value} onSaved={settings.replace} onStale={settings.reload} />
          </>
        )}
        {isAdmin && timeline.value && (
          <EndPanel timeline={timeline.value} onSaved={timeline.replace} onStale={timeline.reload} />
        )}
      </div>
    </>
  );
}
