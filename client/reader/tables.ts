/** A worker that never answers keeps nobody from following. */
const atMostMs = 2_000;

/**
 * The first to use Intl in a browser’s process waits until it has read its tables of languages: a slow phone stands still for a
 * tenth of a second. So a worker is the first; what it has read is there for the page as well. Without it the page goes on all the same.
 */
export function readTables(language: string): Promise<void> {
  return new Promise((go) => {
    setTimeout(go, atMostMs);
    const worker = workerFor(language);
    if (!worker) return go();
    worker.onmessage = worker.onerror = () => {
      worker.terminate();
      go();
    };
  });
}

function workerFor(language: string): Worker | null {
  try {
    return new Worker(new URL('./tables-worker.ts', import.meta.url), { type: 'module', name: language });
  } catch (error) {
    console.warn(error);
    return null;
  }
}
