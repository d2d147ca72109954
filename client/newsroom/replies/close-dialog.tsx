import { useState } from 'preact/hooks';
import type { Revision } from '../../../shared/update.ts';
import { FormDialog } from '../components/dialog.tsx';
import { Loaded } from '../components/states.tsx';
import { useResource } from '../resource.ts';
import type { QueuedReply } from './reply-queue.ts';

interface CloseDialogProps {
  slug: string;
  reports: readonly QueuedReply[];
  /** With the revision that came of it; null: none did. */
  onDecide: (revision: number | null) => void;
  onClose: () => void;
}

/** Closes reports; those on one update with the correction that came of them. */
export function CloseDialog({ slug, reports, onDecide, onClose }: CloseDialogProps) {
  const updates = [...new Set(reports.map(({ update }) => update))];
  const [picked, setPicked] = useState<number | null | undefined>(undefined);
  const revisions = useResource<{ revisions: Revision[] }>(
    updates.length === 1 ? `/timelines/${slug}/updates/${updates[0]}/revisions` : null,
  );
  const chosen = picked === undefined ? correctionSince(reports, revisions.value?.revisions ?? []) : picked;
  return (
    <FormDialog
      title={reports.length === 1 ? 'Close the report' : `Close ${reports.length} reports`}
      action="Close"
      onSubmit={() => onDecide(chosen)}
      onClose={onClose}
    >
      {updates.length === 1 && (
        <Loaded resource={revisions}>
          {({ revisions: all }) => (
            <fieldset class="choices">
              <legend>What came of it</legend>
              <Choice label="Nothing had to be corrected" isChosen={chosen === null} onChoose={() => setPicked(null)} />
              {all
                .filter(({ revision }) => revision > 1)
                .map(({ revision, note }) => (
                  <Choice
                    key={revision}
                    label={`Revision ${revision}${note === null ? '' : `: ${note}`}`}
                    isChosen={chosen === revision}
                    onChoose={() => setPicked(revision)}
                  />
                ))}
            </fieldset>
          )}
        </Loaded>
      )}
    </FormDialog>
  );
}

/** The last correction that was published after somebody reported the error: most likely the one that came of it. */
function correctionSince(reports: readonly QueuedReply[], revisions: readonly Revision[]): number | null {
  const first = reports.map(({ at }) => at).sort()[0] ?? '';
  const since = revisions.filter(({ note, at }) => note !== null && at > first);
  return since.length === 0 ? null : Math.max(...since.map(({ revision }) => revision));
}

function Choice({ label, isChosen, onChoose }: { label: string; isChosen: boolean; onChoose: () => void }) {
  return (
    <label class="choice">
      <input type="radio" name="revision" checked={isChosen} onChange={onChoose} />
      <span dir="auto">{label}</span>
    </label>
  );
}
