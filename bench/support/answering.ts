import { monotonicMs } from './clock.ts';
import type { Answer, Handlers, Question, Usage } from './questions.ts';

/** Answers the questions of the process that started this one, and ends with it. */
export function answering(handlers: Handlers): void {
  const known = handlers as Record<string, (argument: unknown) => unknown>;
  process.on('message', async (message) => {
    const { id, name, argument } = message as Question;
    const reply = (answer: Answer): void => void process.send?.(answer);
    try {
      const handler = known[name];
      if (!handler) throw new Error(`Nothing here answers “${name}”`);
      reply({ id, value: await handler(argument) });
    } catch (error) {
      reply({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.on('disconnect', () => process.exit());
}

export function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMicros: user + system, atMs: monotonicMs() };
}

/** Bytes resident after a full collection; needs `--expose-gc`. */
export function residentBytes(): number {
  for (let time = 0; time < 3; time++) globalThis.gc?.();
  return process.memoryUsage.rss();
}
