import { useEffect, useState } from 'preact/hooks';
import type { StaffUpdate } from '../../../../shared/staff-update.ts';
import { patch } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { toast } from '../../components/toast.tsx';
import { inWords } from '../composer/time-field.tsx';
import { wallAt } from '../composer/wall-clock.ts';
import { serverNow } from '../server-clock.ts';
import { DraftHead, mayTouch } from './draft-item.tsx';
import type { ItemProps } from './queue-panels.tsx';

/** Goes out by itself; until then it can be called back, up to the last second. */
export function ScheduledItem(props: ItemProps) {
  const { draft, timeline, isOnHold, lists, onOpen } = props;
  const { update, publishAt } = draft;
  const now = useSecond();
  if (publishAt === null) throw new Error('a scheduled update has its time');
  const at = Date.parse(publishAt);
  const wall = wallAt(at, timeline.timeZone);
  const callBack = async (): Promise<void> => {
    const address = `/timelines/${timeline.slug}/updates/${update.id}`;
    const answer = await patch<typeof update>(address, { status: 'draft' }, { ifMatch: update.revision });
    if (answer.ok) onOpen({ ...draft, update: answer.body, publishAt: null } satisfies StaffUpdate);
    else if (answer.problem.code === 'already-published' || answer.problem.code === 'stale-revision')
      toast({ text: 'It was too late: it is published. It can be edited or taken down below.', isFault: true });
    else toast({ text: answer.problem.detail, isFault: true });
    lists.resource.reload();
  };
  return (
    <>
      <DraftHead {...props} />
      <p role="timer">
        {isOnHold
          ? 'Goes out when the hold ends'
          : `Goes out ${at - now < 3_600_000 ? countdown(at - now) : `on ${inWords(wall.date)} at ${wall.time}`}`}
      </p>
      {mayTouch(draft, props) && (
        <div class="row">
          <Button onClick={() => void callBack()}>{at - now < 600_000 ? 'Cancel' : 'Unschedule'}</Button>
        </div>
      )}
    </>
  );
}

function countdown(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds <= 0) return 'now';
  return seconds < 60 ? `in ${seconds} s` : `in ${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function useSecond(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 500);
    return () => clearInterval(timer);
  }, []);
  return now;
}
