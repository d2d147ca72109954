import { TriangleAlert } from 'lucide';
import type { CitedChange } from '../../../shared/back-office.ts';
import { Icon } from '../components/icon.tsx';

type Stretches = NonNullable<NonNullable<CitedChange['differences']>['headline']>;

const factNames = {
  occurredAt: 'Time of the event',
  verification: 'Verification',
  attribution: 'Attribution',
  sources: 'Sources',
  place: 'Place',
};

/** What has changed of a cited update since the summary was published. */
export function ChangedNote({ change: { now, differences } }: { change: CitedChange }) {
  return (
    <div class="changed-note">
      <p>
        <Icon of={TriangleAlert} /> <strong>{titleOf(now)}</strong>
        {now?.retraction && ` ${now.retraction.reason}`}
        {now?.correction && !now.retraction && ` ${now.correction.note}`}
      </p>
      {differences?.headline && <Words of={differences.headline} />}
      {differences?.body && <Words of={differences.body} />}
      {differences?.facts.map(({ name, before, after }) => (
        <p key={name}>
          {factNames[name]}: <del>{before || 'none'}</del> <ins>{after || 'none'}</ins>
        </p>
      ))}
    </div>
  );
}

function titleOf(now: CitedChange['now']): string {
  if (now === null) return 'An update behind this point was taken down.';
  if (now.status === 'retracted') return 'An update behind this point was retracted:';
  return now.correction ? 'An update behind this point was corrected:' : 'An update behind this point was edited.';
}

const most = 90;

/** Long stretches that are the same are cut in the middle. */
const shorten = (text: string): string =>
  text.length > 2 * most ? `${text.slice(0, most)} … ${text.slice(-most)}` : text;

function Words({ of }: { of: Stretches }) {
  return (
    <p class="words" dir="auto">
      {of.map(({ kind, text }, at) =>
        kind === 'added' ? <ins key={at}>{text}</ins> : kind === 'removed' ? <del key={at}>{text}</del> : shorten(text),
      )}
    </p>
  );
}
