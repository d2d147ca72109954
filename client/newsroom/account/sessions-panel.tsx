import { LogOut } from 'lucide';
import { useState } from 'preact/hooks';
import type { OwnSessions } from '../../../shared/people.ts';
import { remove } from '../api.ts';
import { Button } from '../components/button.tsx';
import { ConfirmDialog } from '../components/dialog.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import { Loaded } from '../components/states.tsx';
import { toast } from '../components/toast.tsx';
import { useResource } from '../resource.ts';
import { useSession } from '../session/session.tsx';

/** Where one is signed in. */
export function SessionsPanel() {
  const sessions = useResource<OwnSessions>('/account/sessions');
  const { leave } = useSession();
  const [isAsking, setAsking] = useState(false);
  const end = async (id: string): Promise<void> => {
    const answer = await remove(`/account/sessions/${id}`);
    toast(answer.ok ? 'That session has ended.' : { text: answer.problem.detail, isFault: true });
    sessions.reload();
  };
  const endAll = async (): Promise<void> => {
    const answer = await remove('/account/sessions');
    if (!answer.ok) return toast({ text: answer.problem.detail, isFault: true });
    await leave();
  };
  return (
    <section class="panel" aria-labelledby="sessions">
      <h2 id="sessions">Where you are signed in</h2>
      <Loaded resource={sessions}>
        {({ sessions: all }) => (
          <ul class="rows">
            {all.map(({ id, device, address, seenAt, current }) => (
              <li key={id}>
                <div>
                  <strong>{device}</strong> {current && <span class="tag good">this browser</span>}
                  <p class="soft">
                    {address} · used <RelativeTime at={seenAt} />
                  </p>
                </div>
                {!current && <Button onClick={() => void end(id)}>Sign out</Button>}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <div class="actions">
        <Button icon={LogOut} onClick={() => setAsking(true)}>
          Sign out everywhere
        </Button>
      </div>
      {isAsking && (
        <ConfirmDialog
          title="Sign out everywhere?"
          action="Sign out everywhere"
          onConfirm={() => void endAll()}
          onClose={() => setAsking(false)}
        >
          <p>All your sessions end at once, this one too.</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
