/** Runs a task when nothing else is to be done: what can wait keeps nobody waiting. Not every browser says when it is idle. */
export function whenIdle(task: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(task, { timeout: 2_000 });
  else setTimeout(task);
}
