import { Compass } from 'lucide';
import { useMemo } from 'preact/hooks';
import { LinkButton } from '../components/button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState } from '../components/states.tsx';
import { usePlace } from '../navigation.ts';
import { Navigation } from './navigation-bar.tsx';
import { findPage, PageOutlet } from './page-outlet.tsx';

/** The frame around every page of the newsroom. */
export function Shell() {
  const { path } = usePlace();
  const found = useMemo(() => findPage(path), [path]);
  return (
    <div class="shell">
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <Navigation path={path} slug={found?.params['slug'] ?? null} />
      <main id="main" tabIndex={-1}>
        {found ? <PageOutlet found={found} /> : <NoPage />}
      </main>
    </div>
  );
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
