import { ScrollText } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { type Audited, auditAreas, type AuditPage as Page } from '../../../shared/audit.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import { get, type Refusal } from '../api.ts';
import { Button } from '../components/button.tsx';
import { SelectField } from '../components/field.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingState } from '../components/states.tsx';
import { navigate, usePlace } from '../navigation.ts';
import { useResource } from '../resource.ts';
import { hasAuthority, usePerson } from '../session/session.tsx';
import { AuditTable } from './audit-table.tsx';
import { areaNames } from './deeds.ts';

/** Who did what to what, when, from where. The filter stands in the address, so that it can be sent to a colleague. */
export function AuditPage() {
  const { query } = usePlace();
  const person = usePerson();
  const timelines = useResource<{ timelines: Timeline[] }>('/timelines');
  const filter = {
    timeline: query.get('timeline') ?? '',
    area: query.get('area') ?? '',
    actor: query.get('actor') ?? '',
  };
  const narrow = (changes: Partial<typeof filter>): void => {
    const next = Object.entries({ ...filter, ...changes }).filter(([, value]) => value !== '');
    navigate(`/newsroom/audit${next.length > 0 ? `?${new URLSearchParams(next)}` : ''}`);
  };
  const mine = timelines.value?.timelines.filter(({ slug }) => hasAuthority(person, 'editor', slug)) ?? [];
  const areas = auditAreas.map((area) => ({ value: area as string, label: areaNames[area] }));
  return (
    <>
      <PageHead
        title="Audit log"
        about="Who did what to what, when, from where. Takedowns are kept for ever, of all else the newest."
      />
      <div class="filters">
        <SelectField
          name="timeline"
          label="Timeline"
          value={filter.timeline}
          onValue={(timeline) => narrow({ timeline })}
          choices={[{ value: '', label: 'All' }, ...mine.map(({ slug, title }) => ({ value: slug, label: title }))]}
        />
        <SelectField
          name="area"
          label="About"
          value={filter.area}
          onValue={(area) => narrow({ area })}
          choices={[{ value: '', label: 'Everything' }, ...areas]}
        />
        {filter.actor !== '' && <Button onClick={() => narrow({ actor: '' })}>Everybody’s, not only theirs</Button>}
      </div>
      <AuditEntries key={JSON.stringify(filter)} filter={filter} onActor={(actor) => narrow({ actor })} />
    </>
  );
}

interface AuditEntriesProps {
  filter: Record<string, string>;
  onActor: (actor: string) => void;
}

function AuditEntries({ filter, onActor }: AuditEntriesProps) {
  const [entries, setEntries] = useState<readonly Audited[] | null>(null);
  const [more, setMore] = useState<string | null>(null);
  const [problem, setProblem] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const load = async (before: string | null): Promise<void> => {
    setBusy(true);
    const asked = Object.entries({ ...filter, before: before ?? '' }).filter(([, value]) => value !== '');
    const answer = await get<Page>(`/audit?${new URLSearchParams(asked)}`);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    setEntries((earlier) => [...(before === null ? [] : (earlier ?? [])), ...answer.body.entries]);
    setMore(answer.body.more);
  };
  // Once: another filter makes another list.
  useEffect(() => void load(null), []);
  if (entries === null)
    return problem ? <ErrorState problem={problem} onRetry={() => void load(null)} /> : <LoadingState />;
  if (entries.length === 0 && more === null)
    return (
      <EmptyState icon={ScrollText} title="Nothing of the kind">
        <p>As far as the log goes back, nobody did anything like that.</p>
      </EmptyState>
    );
  return (
    <>
      <AuditTable entries={entries} onActor={onActor} />
      {problem && <ErrorState problem={problem} />}
      {more !== null && (
        <div class="actions">
          <Button busy={isBusy} onClick={() => void load(more)}>
            Earlier ones
          </Button>
        </div>
      )}
    </>
  );
}
