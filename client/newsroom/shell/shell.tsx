import { Compass } from 'lucide';
import { useEffect, useMemo } from 'preact/hooks';
import { LinkButton } from '../components/button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingState } from '../components/states.tsx';
import { navigate, usePlace } from '../navigation.ts';
import { EndedDialog } from '../session/ended-dialog.tsx';
import { useSession } from '../session/session.tsx';
import { Navigation } from './navigation-bar.tsx';
import { type Found, findPage, PageOutlet } from './page-outlet.tsx';

/** The frame around every page of the newsroom. Without a session, one comes to those pages alone that lead to one. */
export function Shell() {
  const { path } = usePlace();
  const { state, problem, reload } = useSession();
  const found = useMemo(() => findPage(path), [path]);
  if (state === null) return problem ? <ErrorState problem={problem} onRetry={reload} /> : <LoadingState />;
  if (found?.route.outside) return <Outside found={found} />;
  if (state.person === null) return <ToSignIn />;
  if (state.secondFactorMissing && path !== accountPath) return <To path={accountPath} />;
  return (
    <div class="shell">
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <Navigation path={path} slug={found?.params['slug'] ?? null} />
      <main id="main" tabIndex={-1}>
        {found ? <PageOutlet found={found} /> : <NoPage />}
      </main>
      <EndedDialog />
    </div>
  );
}

const accountPath = '/newsroom/account';

function Outside({ found }: { found: Found }) {
  return (
    <div class="outside">
      <header>
        <p class="brand">Daymark</p>
      </header>
      <main id="main" tabIndex={-1}>
        <PageOutlet found={found} />
      </main>
    </div>
  );
}

function ToSignIn() {
  const here = location.pathname + location.search;
  return (
    <To path={here === '/newsroom' ? '/newsroom/sign-in' : `/newsroom/sign-in?back=${encodeURIComponent(here)}`} />
  );
}

function To({ path }: { path: string }) {
  useEffect(() => navigate(path, { replace: true }), [path]);
  return null;
}

function NoPage() {
  return (
    <>
      <PageHead title="Nothing here" />
      <EmptyState icon={Compass} title="There is no page at this address">
        <LinkButton href="/newsroom">To the timelines</LinkButton>
      </EmptyState>
    </>
  );
}
