import { useState } from 'preact/hooks';
import type { Timeline } from '../../../../shared/timeline.ts';
import { FormDialog } from '../../components/dialog.tsx';
import { Menu } from '../../components/menu.tsx';
import type { Release } from '../drafts/publication.ts';
import { serverNow } from '../server-clock.ts';
import { inWords } from './time-field.tsx';
import { instantOf, wallAt } from './wall-clock.ts';

interface ReleaseMenuProps {
  timeline: Timeline;
  disabled: boolean;
  onRelease: (release: Release) => void;
}

const delays = [
  { label: 'in 10 seconds', ms: 10_000 },
  { label: 'in 1 minute', ms: 60_000 },
  { label: 'in 5 minutes', ms: 300_000 },
];

/** When it goes out, where that is not at once. Until then it can be called back. */
export function ReleaseMenu({ timeline, disabled, onRelease }: ReleaseMenuProps) {
  const [isScheduling, setScheduling] = useState(false);
  const items = [
    ...delays.map(({ label, ms }) => ({
      label: `Publish ${label}`,
      disabled,
      onSelect: () => onRelease({ kind: 'delay', ms }),
    })),
    { label: 'Schedule …', disabled, onSelect: () => setScheduling(true) },
  ];
  return (
    <>
      <Menu label="Publish later" text="Later" items={items} />
      {isScheduling && (
        <ScheduleDialog
          timeline={timeline}
          onClose={() => setScheduling(false)}
          onInstant={(instant) => {
            setScheduling(false);
            onRelease({ kind: 'at', instant });
          }}
        />
      )}
    </>
  );
}

interface ScheduleDialogProps {
  timeline: Timeline;
  onInstant: (instant: string) => void;
  onClose: () => void;
}

function ScheduleDialog({ timeline: { timeZone }, onInstant, onClose }: ScheduleDialogProps) {
  const [wall, setWall] = useState(() => wallAt(serverNow() + 3_600_000, timeZone));
  const instant = instantOf(wall, timeZone);
  const fault =
    instant === null ? 'There is no such time there.' : instant <= serverNow() ? 'This has passed already.' : null;
  return (
    <FormDialog
      title="Schedule"
      action="Schedule"
      disabled={fault !== null}
      onSubmit={() => {
        if (instant !== null) onInstant(new Date(instant).toISOString());
      }}
      onClose={onClose}
    >
      <div class="row field">
        <input
          type="date"
          aria-label="Date"
          value={wall.date}
          onInput={({ currentTarget }) => setWall({ ...wall, date: currentTarget.value })}
        />
        <input
          type="time"
          aria-label="Time"
          value={wall.time}
          onInput={({ currentTarget }) => setWall({ ...wall, time: currentTarget.value.slice(0, 5) })}
        />
      </div>
      <p role="status">{fault ?? `Goes out on ${inWords(wall.date)} at ${wall.time}, on the clocks of ${timeZone}.`}</p>
    </FormDialog>
  );
}
