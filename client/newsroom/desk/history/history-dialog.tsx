import { directionOf } from '../../../../shared/i18n/direction.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import type { Revision, Update } from '../../../../shared/update.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Loaded } from '../../components/states.tsx';
import { useResource } from '../../resource.ts';
import { type Field, type Form, fieldLabels, fields, formOf, isSame } from '../composer/form.ts';
import { fieldText } from '../merge/field-text.ts';
import { wordDifferences } from './word-differences.ts';

interface HistoryDialogProps {
  update: Update;
  timeline: Timeline;
  mayRestore: boolean;
  onRestore: (form: Form) => void;
  onClose: () => void;
}

/** All public wordings of an update, newest first, each with what it changed. */
export function HistoryDialog({ update, timeline, mayRestore, onRestore, onClose }: HistoryDialogProps) {
  const { slug, timeZone } = timeline;
  const revisions = useResource<{ revisions: Revision[] }>(`/timelines/${slug}/updates/${update.id}/revisions`);
  return (
    <Dialog title="History" width="wide" onClose={onClose}>
      <Loaded resource={revisions}>
        {({ revisions: all }) => (
          <ol class="history" reversed>
            {all
              .map((revision, index) => ({ revision, before: all[index - 1] ?? null }))
              .reverse()
              .map(({ revision, before }, index) => (
                <li key={revision.revision} data-revision={revision.revision}>
                  <header>
                    <h3>{nameOf(revision, before)}</h3>
                    <p class="soft">
                      Revision {revision.revision} · <RelativeTime at={revision.at} />
                    </p>
                    {mayRestore && index > 0 && (
                      <Button onClick={() => onRestore(formOf(revision.update, timeZone))}>Restore this wording</Button>
                    )}
                  </header>
                  {revision.note && <p>Note to readers: {revision.note}</p>}
                  {before ? (
                    <Differences before={formOf(before.update, timeZone)} after={formOf(revision.update, timeZone)} />
                  ) : (
                    <FirstWording update={revision.update} />
                  )}
                </li>
              ))}
          </ol>
        )}
      </Loaded>
    </Dialog>
  );
}

function nameOf({ note, update }: Revision, before: Revision | null): string {
  if (!before) return 'Published';
  if (update.status === 'retracted' && before.update.status !== 'retracted') return 'Retracted';
  return note === null ? 'Minor edit' : 'Correction';
}

function Differences({ before, after }: { before: Form; after: Form }) {
  const changed = fields.filter((field) => !isSame(before, after, field));
  return (
    <dl class="differences">
      {changed.map((field) => (
        <FieldDifference key={field} field={field} before={before} after={after} />
      ))}
    </dl>
  );
}

function FieldDifference({ field, before, after }: { field: Field; before: Form; after: Form }) {
  const { language } = after;
  const pieces = wordDifferences(fieldText(before, field), fieldText(after, field), language);
  return (
    <>
      <dt>{fieldLabels[field]}</dt>
      <dd lang={language} dir={directionOf(language)}>
        {pieces.map(({ text, kind }, index) =>
          kind === 'added' ? (
            <ins key={`${index}${text}`}>{text}</ins>
          ) : kind === 'removed' ? (
            <del key={`${index}${text}`}>{text}</del>
          ) : (
            text
          ),
        )}
      </dd>
    </>
  );
}

function FirstWording({ update }: { update: Update }) {
  const form = formOf(update, 'UTC');
  return (
    <div lang={update.language} dir={directionOf(update.language)}>
      {update.headline && (
        <p>
          <b>{update.headline}</b>
        </p>
      )}
      <p class="side-text">{fieldText(form, 'body')}</p>
    </div>
  );
}
