import { type ChildProcess, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/server/cli/daymark.js', import.meta.url));

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** Starts the built command line; the store is that of `redisUrl` unless `env` says otherwise. */
export function start(redisUrl: string, args: string[], env: Record<string, string> = {}) {
  const child: ChildProcess = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'] ?? '', REDIS_URL: redisUrl, ...env },
    stdio: 'pipe',
  });
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new Error('no pipes');
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ended = Promise.all([code, text(stdout), text(stderr)]).then(([code, out, err]): Ran => ({ code, out, err }));
  return { child, stdin, ended };
}

/** Runs a command to its end; `input` goes to its standard input. */
export async function run(redisUrl: string, args: string[], input = ''): Promise<Ran> {
  const { stdin, ended } = start(redisUrl, args);
  stdin.end(input);
  return ended;
}
