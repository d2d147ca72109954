import { CalendarDays } from 'lucide';
import { type DayView, isPublic } from '../../../../shared/day.ts';
import type { Present } from '../../../../shared/newsroom-protocol.ts';
import type { StaffUpdate } from '../../../../shared/staff-update.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import type { Update } from '../../../../shared/update.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { useViewContext } from '../preview/view-context.ts';
import { onPage } from './live-day.ts';
import { UpdateRow, type UpdateRowActions } from './update-row.tsx';
import { mayOpen } from './use-asked-update.ts';
import type { UsedLiveDay } from './use-live-day.ts';

interface DayListProps extends UpdateRowActions {
  day: UsedLiveDay;
  /** The update that the address names to be edited; a long day may not have come to it yet. */
  asked: StaffUpdate | null;
  timeline: Timeline;
  others: readonly Present[];
  /** Whether this person may alter that update. */
  mayEdit: (update: Update) => boolean;
  isEditor: boolean;
}

/** The day as readers see it, with what staff can do to each update. */
export function DayList({ day, asked, timeline, others, mayEdit, isEditor, ...actions }: DayListProps) {
  const { view, problem, more } = day;
  const context = useViewContext(timeline, view?.date ?? null);
  if (!view || !context) return problem ? <ErrorState problem={problem} /> : <LoadingState label="Reading the day" />;
  const rows = withAsked(view, asked);
  if (rows.length === 0) {
    return (
      <EmptyState icon={CalendarDays} title="Nothing is recorded for this day yet">
        <p>What is published stands here at once, as readers see it.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <h2 class="day-title" id="day-list-title">
        Updates
      </h2>
      <ol class="day-list" aria-labelledby="day-list-title">
        {rows.map((update) => (
          <UpdateRow
            key={update.id}
            update={update}
            timeline={timeline}
            context={context}
            others={others}
            mayEdit={mayEdit(update)}
            isEditor={isEditor}
            isAsked={asked?.update.id === update.id && mayOpen(asked, actions.actor, isEditor)}
            {...actions}
          />
        ))}
      </ol>
      {view.more && <Button onClick={more}>Earlier updates of this day</Button>}
    </>
  );
}

/** In the order of the page; what of a long day is not read yet stands on top, where it is looked for. */
function withAsked(view: DayView, asked: StaffUpdate | null): Update[] {
  const rows = onPage(view);
  if (!asked || !isPublic(asked.update) || asked.update.day !== view.day) return rows;
  return rows.some(({ id }) => id === asked.update.id) ? rows : [asked.update, ...rows];
}
