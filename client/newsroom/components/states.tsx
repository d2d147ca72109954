import { CloudOff, type IconNode, TriangleAlert } from 'lucide';
import type { ComponentChildren } from 'preact';
import type { Refusal } from '../api.ts';
import type { Resource } from '../resource.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface EmptyStateProps {
  icon: IconNode;
  title: string;
  /** What will be here, or how it gets here. */
  children?: ComponentChildren;
}

export function EmptyState({ icon, title, children }: EmptyStateProps) {
  return (
    <div class="state">
      <Icon of={icon} />
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Appears only where the wait is long enough to be noticed. */
export function LoadingState({ label = 'Loading' }: { label?: string }) {
  return (
    <div class="state loading" role="status">
      <span class="spinner" aria-hidden="true" />
      <p>{label}…</p>
    </div>
  );
}

export function ErrorState({ problem, onRetry }: { problem: Refusal; onRetry?: () => void }) {
  return (
    <div class="state" role="alert">
      <Icon of={problem.code === 'unreachable' ? CloudOff : TriangleAlert} />
      <h2>{problem.title}</h2>
      <p>{problem.detail}</p>
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}

interface LoadedProps<T> {
  resource: Resource<T>;
  children: (value: T) => ComponentChildren;
}

/** What has been read, or why it is not there yet; a refusal while something is there already is said above it. */
export function Loaded<T>({ resource: { value, problem, reload }, children }: LoadedProps<T>) {
  if (value === null) return problem ? <ErrorState problem={problem} onRetry={reload} /> : <LoadingState />;
  return (
    <>
      {problem && (
        <p class="notice" role="status">
          {problem.title}: this may be out of date. <Button onClick={reload}>Try again</Button>
        </p>
      )}
      {children(value)}
    </>
  );
}
