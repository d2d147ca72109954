import { CommanderError } from 'commander';
import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { StoreRefused } from '../store/open-store.ts';
import { FolderInUse } from '../store/private-redis.ts';
import { StoreUnavailable } from '../store/store.ts';
import { exitCodes, Failure } from './failure.ts';
import { daymarkProgram } from './program.ts';
import { openSession, type Session } from './session.ts';

/** Composition root of the command line: like main.ts the only user of `process` on its side. */
const { argv, env, pid, stdin, stdout, stderr } = process;

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    await daymarkProgram({ stdin, stdout, stderr, interrupted: firstInterrupt(), withSession }).parseAsync(argv);
    return exitCodes.done;
  } catch (error) {
    return told(error);
  }
}

async function withSession(work: (session: Session) => Promise<void>): Promise<void> {
  const read = readConfig(env, []);
  if ('faults' in read) throw new Failure(read.faults.join('\n'), exitCodes.configuration);
  // People read this output: without LOG_LEVEL only what went wrong goes beside it.
  const level = env['LOG_LEVEL'] ? read.config.logLevel : 'error';
  const session = await openSession(read.config, pid, pino({ level }, pino.destination(2)));
  try {
    await work(session);
  } finally {
    await session.close();
  }
}

/** The first Ctrl-C lets a command end in order; the second one ends it at once, as ever. */
function firstInterrupt(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort();
    process.once('SIGINT', () => process.exit(exitCodes.interrupted));
  });
  return controller.signal;
}

/** Says what went wrong, in a sentence where it is one of ours; answers the exit code. */
function told(error: unknown): number {
  // Commander has said it already; what it calls an error of code 0 is --help.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (!(error instanceof Error)) throw error;
  // Whoever reads our output may have enough of it, as `head` has.
  if ('code' in error && error.code === 'EPIPE') return exitCodes.done;
  const [exitCode, message] = inSentences(error);
  for (const line of message.split('\n')) stderr.write(`daymark: ${line}\n`);
  return exitCode;
}

function inSentences(error: Error): [exitCode: number, message: string] {
  if (error instanceof Failure) return [error.exitCode, error.message];
  if (error instanceof StoreRefused || error instanceof FolderInUse) return [exitCodes.configuration, error.message];
  if (error.name === 'AbortError') return [exitCodes.interrupted, 'Interrupted.'];
  if (error instanceof StoreUnavailable) return [exitCodes.tryAgain, error.message];
  // ENOENT, EACCES and their like: the system’s own sentence names the file.
  if ('syscall' in error) return [exitCodes.refused, error.message];
  return [exitCodes.refused, error.stack ?? error.message];
}
