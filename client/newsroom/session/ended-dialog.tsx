import { Dialog } from '../components/dialog.tsx';
import { useSession } from './session.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** A session has ended under somebody’s hands: signing in again loses nothing of what is on the page. */
export function EndedDialog() {
  const { state, hasEnded, enter, leave } = useSession();
  if (!hasEnded) return null;
  return (
    <Dialog title="You are signed out" onClose={() => void leave()}>
      <p>
        Sign in again to go on: what you have written is still here. What was refused just now has to be sent once more.
      </p>
      <SignInForm email={state?.person?.email ?? ''} onEntered={enter} />
    </Dialog>
  );
}
