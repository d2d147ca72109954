import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Core, onCore, profiling } from './pinned.ts';
import type { Answer, Handlers, Question } from './questions.ts';
import { isOurs } from './quiet.ts';

const patienceMs = 120_000;

/** A process of ours that does one job on its own core and is asked by name (see answering.ts for its side). */
export class Helper<H extends Handlers> {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #asked = 0;

  /** `script` is relative to bench/, without its ending. */
  constructor(core: Core, script: string, nodeOptions: readonly string[] = []) {
    const file = fileURLToPath(new URL(`../${script}.js`, import.meta.url));
    const { file: command, args } = onCore(core, [process.execPath, ...nodeOptions, ...profiling(core), file]);
    this.#child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    isOurs(core, this.#child.pid);
    this.#child.on('message', (answer: Answer) => this.#waiting.get(answer.id)?.(answer));
    this.#child.on('exit', (code, signal) => {
      for (const [id, settle] of this.#waiting) settle({ id, error: `${script} ended (${code ?? signal})` });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Rejects with what the other side threw, when it ends, or after two minutes. */
  ask<K extends keyof H & string>(name: K, argument?: Parameters<H[K]>[0]): Promise<Awaited<ReturnType<H[K]>>> {
    const id = ++this.#asked;
    const question: Question = { id, name, argument };
    return new Promise((resolve, reject) => {
      const settle = (answer: Answer): void => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        if ('error' in answer) reject(new Error(answer.error));
        else resolve(answer.value as Awaited<ReturnType<H[K]>>);
      };
      const timer = setTimeout(settle, patienceMs, { id, error: `“${name}” was not answered in time` });
      this.#waiting.set(id, settle);
      this.#child.send(question);
    });
  }

  /** Hangs up, whereupon the process ends by itself; one that doesn’t is killed. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5_000);
    await gone;
    clearTimeout(timer);
  }
}
