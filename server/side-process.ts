import { type ChildProcess, fork } from 'node:child_process';

export interface SideProcessOptions {
  /** The built module that it runs: it answers each message with one. */
  program: string;
  /** All that it finds in its environment. */
  env: Readonly<Record<string, string>>;
  /** How long one task may take. */
  patienceMs: number;
}

/** The process ended, or was ended because it took too long, before it had answered. */
export class SideProcessEnded extends Error {
  override name = 'SideProcessEnded';
}

/** Whoever wants several things in a row gets the same process; afterwards its memory goes back to the system. */
const idleMs = 5_000;

/**
 * Work on pixels, in a process of its own, one task at a time. What makes a library crash, hang or fill the memory costs that process, not
 * the server and its readers; and the process holds no secret: it gets its task, and no environment but what it needs.
 */
export class SideProcess<Task, Done> {
  readonly #options: SideProcessOptions;
  #last: Promise<unknown> = Promise.resolve();
  #child: ChildProcess | null = null;
  #idle: NodeJS.Timeout | null = null;

  constructor(options: SideProcessOptions) {
    this.#options = options;
  }

  /** In the order in which it is asked. Throws SideProcessEnded. */
  ask(task: Task): Promise<Done> {
    const turn = this.#last.then(() => this.#run(task));
    // Whoever asked hears of its error; the next one only waits.
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Ends what is under way. */
  close(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#child?.kill('SIGKILL');
  }

  #run(task: Task): Promise<Done> {
    if (this.#idle) clearTimeout(this.#idle);
    const child = this.#child ?? this.#start();
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => child.kill('SIGKILL'), this.#options.patienceMs);
      const settle = (): void => {
        clearTimeout(late);
        child.off('message', onAnswer).off('exit', onExit).off('error', onError);
      };
      const onAnswer = (answer: unknown): void => {
        settle();
        this.#idle = setTimeout(() => child.kill(), idleMs).unref();
        resolve(answer as Done);
      };
      const onExit = (code: number | null, signal: string | null): void => {
        settle();
        reject(new SideProcessEnded(`its process ended (${signal ?? code})`));
      };
      const onError = (error: Error): void => {
        settle();
        reject(error);
      };
      child.once('message', onAnswer).once('exit', onExit).once('error', onError);
      // Where it ends before it has taken the task, `exit` tells.
      child.send(task as object, () => undefined);
    });
  }

  #start(): ChildProcess {
    const child = fork(this.#options.program, [], {
      serialization: 'advanced',
      env: { MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '2', ...this.#options.env },
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
