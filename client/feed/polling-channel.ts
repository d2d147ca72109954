import type { ChangesAnswer } from '../../shared/protocol.ts';
import { addressOf, type OpenChannel } from './channel.ts';

/** So many at once as get through a slow line in time; the next are asked for at once. */
const limit = '100';

export interface PollingOptions {
  fetch: typeof fetch;
  random: () => number;
  everyMs: number;
  /** An answer that takes longer is not coming any more: the connection may be dead without saying so. */
  answerMs: number;
}

/** Asks every few seconds: the way that any proxy and any network carries. */
export const pollingWith =
  ({ fetch, random, everyMs, answerMs }: PollingOptions): OpenChannel =>
  (target, listener) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let run = 0;

    const close = (): void => {
      run += 1;
      clearTimeout(timer);
    };
    const get = async <T>(path: string, query: Record<string, string> = {}): Promise<T> => {
      const signal = AbortSignal.timeout(answerMs);
      const response = await fetch(addressOf(target, path, query), { signal, cache: 'no-cache' });
      if (!response.ok) throw new Error(`status ${response.status}`);
      return (await response.json()) as T;
    };
    const ask = async (): Promise<ChangesAnswer> => {
      const since = listener.since();
      if (since !== null) return get('/changes', { since, limit });
      return { changes: [], position: (await get<{ position: string }>('')).position };
    };
    const turn = async (mine: number): Promise<void> => {
      const answer = await ask();
      if (mine !== run) return;
      if ('reset' in answer) return listener.reset(answer.position);
      // There may be more where these came from: then ask on at once.
      const pauseMs = answer.changes.length > 0 ? 0 : everyMs * (0.8 + 0.4 * random());
      timer = setTimeout(() => start(mine), pauseMs);
      listener.caughtUp(answer.position, answer.changes);
    };
    const start = (mine: number): void => {
      turn(mine).catch(() => {
        if (mine !== run) return;
        close();
        listener.lost();
      });
    };
    const again = (): void => {
      close();
      start(run);
    };
    again();
    return { again, close };
  };
