import { TriangleAlert } from 'lucide';
import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useErrorBoundary, useState } from 'preact/hooks';
import { parse } from 'regexparam';
import { Button } from '../components/button.tsx';
import { EmptyState, LoadingState } from '../components/states.tsx';
import { type PageProps, type PageRoute, pageRoutes } from '../routes.ts';

export interface Found {
  route: PageRoute;
  params: Record<string, string>;
}

const patterns = pageRoutes.map((route) => ({ route, ...parse(route.path) }));

/** The page of an address; null where there is none. */
export function findPage(path: string): Found | null {
  for (const { route, keys, pattern } of patterns) {
    const match = pattern.exec(path);
    if (match) return { route, params: Object.fromEntries(keys.map((key, i) => [key, decode(match[i + 1] ?? '')])) };
  }
  return null;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // no such thing is there either way
  }
}

type Loaded = { page: ComponentType<PageProps>; found: Found } | { error: unknown; found: Found };

/** Shows the page of an address. The page before stays until the next one is there. */
export function PageOutlet({ found }: { found: Found }) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    let isWanted = true;
    found.route.load().then(
      (page) => isWanted && setLoaded({ page, found }),
      (error: unknown) => isWanted && setLoaded({ error, found }),
    );
    return () => {
      isWanted = false;
    };
  }, [found]);
  if (loaded === null) return <LoadingState />;
  if ('error' in loaded) return <Broken text="This page could not be loaded. A newer version may be there." />;
  const { page: Page } = loaded;
  const key = `${loaded.found.route.path} ${JSON.stringify(loaded.found.params)}`;
  return (
    <Guarded key={key}>
      <Page params={loaded.found.params} />
    </Guarded>
  );
}

/** A fault in one page leaves the navigation standing. */
function Guarded({ children }: { children: ComponentChildren }) {
  const [error] = useErrorBoundary((fault: unknown) => console.error(fault));
  return error ? <Broken text="Something in this page went wrong. What you have saved is safe." /> : children;
}

function Broken({ text }: { text: string }) {
  return (
    <EmptyState icon={TriangleAlert} title="This page is not to be had">
      <p>{text}</p>
      <Button look="main" onClick={() => location.reload()}>
        Load it again
      </Button>
    </EmptyState>
  );
}
