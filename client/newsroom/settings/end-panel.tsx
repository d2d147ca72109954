import { useState } from 'preact/hooks';
import type { Timeline, TimelinePatch } from '../../../shared/timeline.ts';
import { Button } from '../components/button.tsx';
import { ConfirmDialog } from '../components/dialog.tsx';
import { FormProblem, TextField } from '../components/field.tsx';
import type { TimelineFormProps } from './timeline-form.tsx';
import { useSave } from './use-save.ts';

/** Pauses a timeline, ends its conflict, or takes either back. */
export function EndPanel({ timeline, onSaved, onStale }: TimelineFormProps) {
  const { slug, status, today, endedOn } = timeline;
  const { save, isBusy, problem } = useSave<Timeline, TimelinePatch>(`/timelines/${slug}`, timeline, onSaved, onStale);
  const [isAsking, setAsking] = useState(false);
  const [date, setDate] = useState(today.date);
  return (
    <section class="panel" aria-label="The end">
      <h2>The end</h2>
      <p>
        {status === 'live' && `It is live: today is day ${today.day}.`}
        {status === 'paused' && 'It is paused: readers see that nothing is written at present.'}
        {status === 'ended' && `It ended on ${endedOn}: days are no longer counted.`}
      </p>
      <FormProblem problem={problem} />
      <div class="row">
        {status !== 'live' && (
          <Button busy={isBusy} onClick={() => void save({ status: 'live' })}>
            {status === 'ended' ? 'It goes on' : 'Go on'}
          </Button>
        )}
        {status === 'live' && (
          <Button busy={isBusy} onClick={() => void save({ status: 'paused' })}>
            Pause
          </Button>
        )}
        {status !== 'ended' && (
          <Button look="danger" onClick={() => setAsking(true)}>
            End the conflict
          </Button>
        )}
      </div>
      {isAsking && (
        <ConfirmDialog
          title="End the conflict"
          action="End it"
          typed={slug}
          danger
          busy={isBusy}
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            void save({ endedOn: date });
          }}
        >
          <p>The last day stands on every page, and nothing can be dated after it. It can be taken back.</p>
          <TextField label="Last day" name="endedOn" type="date" value={date} onValue={setDate} />
        </ConfirmDialog>
      )}
    </section>
  );
}
