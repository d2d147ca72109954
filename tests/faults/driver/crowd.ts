import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../dist/bench/load/soak-crowd.js', import.meta.url));

export interface CrowdState {
  /** Following at this moment. */
  live: number;
  /** Changes that came live, and those that came in answers to `follow`. */
  delivered: number;
  caughtUp: number;
  resets: number;
  connects: number;
  behindHead: number;
  silences: number;
  /** How often each fault was seen. */
  faults: Record<string, number>;
}

/** Many light followers in a process of their own (bench/load/soak-crowd.ts). */
export class Crowd {
  readonly count: number;
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  #asked = 0;

  constructor(count: number) {
    this.count = count;
    this.#process = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#process.on('message', (answer: { id: number; value?: unknown; error?: string }) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.error === undefined) waiting?.resolve(answer.value as never);
      else waiting?.reject(new Error(answer.error));
    });
    this.#process.once('exit', (code, signal) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`a crowd ended with ${signal ?? code}`));
    });
  }

  open(port: number, timeline: string): Promise<CrowdState> {
    return this.#ask('open', { port, timeline, count: this.count });
  }

  state(): Promise<CrowdState> {
    return this.#ask('state', {});
  }

  stall(which: { from: number; count: number; ms: number }): Promise<void> {
    return this.#ask('stall', which);
  }

  leave(which: { from: number; count: number }): Promise<void> {
    return this.#ask('leave', which);
  }

  come(which: { from: number; count: number }): Promise<void> {
    return this.#ask('come', which);
  }

  complete(position: string, withinMs: number): Promise<{ behind: number; ms: number }> {
    return this.#ask('complete', { position, withinMs });
  }

  compare(): Promise<{ updates: number; different: number; differences: string[] }> {
    return this.#ask('compare', {});
  }

  end(): void {
    this.#process.kill('SIGKILL');
  }

  #ask<T>(name: string, argument: unknown): Promise<T> {
    const id = ++this.#asked;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#process.send({ id, name, argument });
    });
  }
}
