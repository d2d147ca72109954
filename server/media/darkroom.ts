import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { type Result, refuse } from '../../shared/result.ts';
import type { Developed } from './develop.ts';

export interface DarkroomParts {
  log: Logger;
  /** The built `darkroom-process.js`. */
  program?: string;
  /** How long one image may take: a large one takes a few seconds, on a busy machine more. */
  patienceMs?: number;
}

const ownProgram = fileURLToPath(new URL('./darkroom-process.js', import.meta.url));
/** Somebody who uploads several gets the same process; afterwards its memory goes back to the system. */
const idleMs = 5_000;

/**
 * Decodes images in a process of its own, one at a time. A file that makes a decoder crash, hang or fill the memory costs
 * that process, not the server and its readers; and the process holds no secret: it gets no environment, only the bytes.
 */
export class Darkroom {
  readonly #log: Logger;
  readonly #program: string;
  readonly #patienceMs: number;
  #last: Promise<unknown> = Promise.resolve();
  #child: ChildProcess | null = null;
  #idle: NodeJS.Timeout | null = null;

  constructor({ log, program = ownProgram, patienceMs = 60_000 }: DarkroomParts) {
    this.#log = log;
    this.#program = program;
    this.#patienceMs = patienceMs;
  }

  /** In the order in which it is asked. Never throws for what is in the file. */
  develop(bytes: Buffer): Promise<Result<Developed>> {
    const turn = this.#last.then(() => this.#run(bytes));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Ends what is under way. */
  close(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#child?.kill('SIGKILL');
  }

  #run(bytes: Buffer): Promise<Result<Developed>> {
    if (this.#idle) clearTimeout(this.#idle);
    const child = this.#child ?? this.#start();
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => child.kill('SIGKILL'), this.#patienceMs);
      const settle = (): void => {
        clearTimeout(late);
        child.off('message', onAnswer).off('exit', onExit).off('error', onError);
      };
      const onAnswer = (answer: unknown): void => {
        settle();
        this.#idle = setTimeout(() => child.kill(), idleMs).unref();
        resolve(answer as Result<Developed>);
      };
      const onExit = (code: number | null, signal: string | null): void => {
        settle();
        this.#log.warn({ code, signal, bytes: bytes.length }, 'an image was not decoded: its process ended');
        resolve(refuse('unreadable-image', 'It could not be decoded.'));
      };
      const onError = (error: Error): void => {
        settle();
        reject(error);
      };
      child.once('message', onAnswer).once('exit', onExit).once('error', onError);
      child.send(bytes, (error) => {
        if (error) this.#log.debug({ err: error }, 'the process of an image ended before it took it');
      });
    });
  }

  #start(): ChildProcess {
    const child = fork(this.#program, [], {
      serialization: 'advanced',
      env: { MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '2' },
      execArgv: ['--max-old-space-size=128'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const forget = (): void => {
      if (this.#child === child) this.#child = null;
    };
    child.once('exit', forget).once('error', forget);
    // An idle one keeps nobody from ending.
    child.unref();
    child.channel?.unref();
    this.#child = child;
    return child;
  }
}
