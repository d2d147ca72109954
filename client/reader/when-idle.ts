/** Runs tasks when nothing else is to be done, each in a slice of its own: what can wait keeps nobody waiting. */
export function whenIdle(...tasks: (() => void)[]): void {
  const next = (): void => {
    tasks.shift()?.();
    if (tasks.length > 0) later(next);
  };
  later(next);
}

/** Not every browser says when it is idle. */
function later(task: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(task, { timeout: 2_000 });
  else setTimeout(task);
}
