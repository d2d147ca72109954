import cluster from 'node:cluster';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import type { Daymark } from './start.ts';
import { StoreRefused } from './store/open-store.ts';
import { FolderInUse } from './store/private-redis.ts';
import { StoreUnavailable } from './store/store.ts';
import { storeVariable, workerVariable } from './workers/messages.ts';
import { WorkerFailed } from './workers/supervisor.ts';
import { SupervisorLine } from './workers/worker.ts';

/**
 * The entry: what the process says, which signals it hears, and how it ends. The parts are put together in start.ts. With
 * several workers the first process becomes their supervisor, and each worker begins here again.
 */
const exitCodes = { failed: 1, misconfigured: 78, interrupted: 130 };
/** The contract allows 30 s. */
const stopWithinMs = 26_000;

const read = readConfig(process.env, process.argv.slice(2));
if ('faults' in read) {
  for (const fault of read.faults) process.stderr.write(`daymark: ${fault}\n`);
  process.exit(exitCodes.misconfigured);
}
const { config } = read;
// To stderr and at once: the last words before an exit must not be lost, and stdout says when it is ready, and how to begin.
const log = pino(
  {
    level: config.logLevel,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    // A Redis error carries the command it answers, and with it a whole post, or a draft that nobody may see yet.
    redact: { paths: ['err.command.args'], remove: true },
  },
  pino.destination({ dest: 2, sync: true }),
);

const { isWorker } = cluster;
let running: Daymark | null = null;
let stopping = false;

for (const fatal of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(fatal, (error) => {
    log.fatal({ err: error }, `${fatal}: the state of this process is unknown, so it ends`);
    process.exit(exitCodes.failed);
  });
}
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Ctrl-C reaches the whole group: a worker stops when its supervisor says so.
    if (isWorker && signal !== 'SIGTERM') return;
    // Nothing has been promised to anybody yet, or somebody is in a hurry. The private Redis ends with us, or at the next start.
    if (running === null || (stopping && signal === 'SIGINT')) process.exit(exitCodes.interrupted);
    if (!stopping) void stop(running, signal);
  });
}

try {
  running = await start();
  if (!isWorker) {
    process.stdout.write(`Daymark is ready: ${running.url}\n`);
    if (running.setUpUrl !== null) process.stdout.write(`Set up the newsroom: ${running.setUpUrl}\n`);
  }
} catch (error) {
  const [lines, code] = [explain(error), exitCodeOf(error)];
  if (isWorker) await new SupervisorLine().failed(lines, code);
  else for (const line of lines) process.stderr.write(`daymark: ${line}\n`);
  process.exit(code);
}

/** Loads only what this process becomes: a supervisor serves nobody, and has no need of what serves. */
async function start(): Promise<Daymark> {
  const { pid, env } = process;
  if (!isWorker && config.workers > 1) {
    const { startWorkers } = await import('./workers/start-workers.ts');
    return startWorkers(config, pid, log);
  }
  const { startDaymark } = await import('./start.ts');
  const told = { name: env[workerVariable] ?? '', privateUrl: env[storeVariable] ?? null };
  return startDaymark(config, pid, log, isWorker ? told : null);
}

async function stop(daymark: Daymark, signal: string): Promise<void> {
  stopping = true;
  log.info({ signal }, 'Stopping');
  setTimeout(() => {
    log.error('Stopping takes too long; what is left is cut off');
    process.exit(exitCodes.failed);
  }, stopWithinMs).unref();
  try {
    await daymark.stop();
    process.exit(0);
  } catch (error) {
    log.error({ err: error }, 'Stopping failed');
    process.exit(exitCodes.failed);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof WorkerFailed) return error.code;
  return error instanceof StoreRefused || error instanceof FolderInUse ? exitCodes.misconfigured : exitCodes.failed;
}

/** What an operator can mend is a sentence; anything else comes with its stack. */
function explain(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [String(error)];
  if (error instanceof StoreRefused) return error.faults;
  if (error instanceof WorkerFailed) return error.lines;
  if (error instanceof FolderInUse || error instanceof StoreUnavailable) return [error.message];
  if ('syscall' in error && (error.syscall === 'listen' || error.syscall === 'bind'))
    return [`Cannot listen: ${error.message}. Choose another PORT or HOST`];
  return [error.stack ?? error.message];
}
