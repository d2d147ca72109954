import './style/desk.css';
import type { DeskStart } from '../../../shared/staff-update.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import { Loaded } from '../components/states.tsx';
import { useResource } from '../resource.ts';
import type { PageProps } from '../routes.ts';
import { Desk } from './desk.tsx';

/** `/newsroom/{slug}`: the day as readers see it, live, with the composer on top. */
export function DeskPage({ params }: PageProps) {
  const slug = params['slug'] ?? '';
  const timeline = useResource<Timeline>(`/timelines/${slug}`);
  const desk = useResource<DeskStart>(`/timelines/${slug}/desk`);
  return (
    <Loaded resource={timeline}>
      {(record) => (
        <Loaded resource={desk}>
          {({ you, settings }) => (
            <Desk
              me={you}
              timeline={record}
              settings={settings}
              onSettings={(revised) => desk.replace({ you, settings: revised })}
              reload={() => {
                timeline.reload();
                desk.reload();
              }}
            />
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
