import type { ChangesAnswer } from '../../shared/protocol.ts';
import { addressOf, type OpenChannel } from './channel.ts';

const everyMs = 5_000;
const answerMs = 60_000;

/** Asks every few seconds: the way that any proxy and any network carries. */
export const pollingWith =
  (fetcher: typeof fetch, random: () => number): OpenChannel =>
  (target, listener) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let run = 0;

    const close = (): void => {
      run += 1;
      clearTimeout(timer);
    };
    const get = async <T>(path: string, since: string | null): Promise<T> => {
      const signal = AbortSignal.timeout(answerMs);
      const response = await fetcher(addressOf(target, path, since), { signal, cache: 'no-cache' });
      if (!response.ok) throw new Error(`status ${response.status}`);
      return (await response.json()) as T;
    };
    const ask = async (): Promise<ChangesAnswer> => {
      const since = listener.since();
      if (since !== null) return get('/changes', since);
      return { changes: [], position: (await get<{ position: string }>('', null)).position };
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
