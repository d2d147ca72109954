import { OctagonPause, Play } from 'lucide';
import { useState } from 'preact/hooks';
import type { Settings } from '../../../shared/settings.ts';
import { patch } from '../api.ts';
import { Button } from '../components/button.tsx';
import { ConfirmDialog } from '../components/dialog.tsx';
import { Icon } from '../components/icon.tsx';
import { toast } from '../components/toast.tsx';

interface HoldProps {
  slug: string;
  settings: Settings;
  isEditor: boolean;
  onSettings: (settings: Settings) => void;
}

function useHold({ slug, settings, onSettings }: HoldProps): (hold: boolean) => Promise<void> {
  return async (hold) => {
    const answer = await patch<Settings>(`/timelines/${slug}/settings`, { hold }, { ifMatch: settings.revision });
    if (answer.ok) onSettings(answer.body);
    else if (answer.problem.code === 'stale-revision') onSettings(answer.problem.current as Settings);
    else toast({ text: answer.problem.detail, isFault: true });
  };
}

/** For everybody, as long as nothing goes out. */
export function HoldBanner(props: HoldProps) {
  const hold = useHold(props);
  if (!props.settings.hold) return null;
  return (
    <div class="hold-banner" role="alert">
      <Icon of={OctagonPause} />
      <p>
        <b>Publication is on hold.</b> Nothing goes out until it is released; what is written is kept as drafts.
        Corrections, retractions and takedowns still work.
      </p>
      {props.isEditor && (
        <Button icon={Play} onClick={() => void hold(false)}>
          Release
        </Button>
      )}
    </div>
  );
}

/** Stops the presses. */
export function HoldButton(props: HoldProps) {
  const hold = useHold(props);
  const [isAsking, setAsking] = useState(false);
  if (!props.isEditor || props.settings.hold) return null;
  return (
    <>
      <Button look="quiet" icon={OctagonPause} onClick={() => setAsking(true)}>
        Hold
      </Button>
      {isAsking && (
        <ConfirmDialog
          title="Hold all publication?"
          action="Hold"
          danger
          onConfirm={() => {
            setAsking(false);
            void hold(true);
          }}
          onClose={() => setAsking(false)}
        >
          <p>Nobody publishes anything here until it is released. What is scheduled waits, and goes out then.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
