import { useEffect } from 'preact/hooks';
import { PageHead } from '../components/page-head.tsx';
import { navigate, usePlace } from '../navigation.ts';
import { useSession } from './session.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** Signs in and leads back to where somebody wanted to go. */
export function SignInPage() {
  const { state, enter } = useSession();
  const { query } = usePlace();
  const back = query.get('back') ?? '';
  const target = /^\/newsroom(\/|\?|$)/.test(back) ? back : '/newsroom';
  const isIn = state?.person != null;
  useEffect(() => {
    if (isIn) navigate(target, { replace: true });
  }, [isIn, target]);
  if (isIn) return null;
  return (
    <>
      <PageHead title="Sign in" />
      {state?.isNew ? (
        <div class="panel">
          <p>There is no account here yet.</p>
          <p>
            The server printed a link when it started: <strong>“Set up the newsroom: …”</strong>. It makes the first
            one. <code>npm run daymark -- admin</code> prints another.
          </p>
        </div>
      ) : (
        <div class="panel">
          <SignInForm onEntered={enter} />
          <p class="soft">
            Forgotten the password, or lost the second factor? An admin can make a link that lets you in again.
          </p>
        </div>
      )}
    </>
  );
}
