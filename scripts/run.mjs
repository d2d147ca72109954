import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { Explained } from './say.mjs';

const running = new Set();
const endWithinMs = 20_000;

/**
 * Runs a program silently; where it fails, its output is the message. It ends with us, and its children with it: for that it
 * has a process group of its own. `endBy` is the signal for it: SIGKILL suits what begins anew the next time (npm would take
 * twelve seconds to tidy up what the next installation throws away).
 */
export function run(command, args, { cwd, env, endBy = 'SIGKILL' } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio, detached: true });
    child.endBy = endBy;
    running.add(child);
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('error', (error) => {
      running.delete(child);
      reject(new Explained(`${command} cannot be run: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      running.delete(child);
      const text = Buffer.concat(output).toString();
      if (code === 0) return resolve(text);
      reject(
        new Explained(`${text.trimEnd()}\n\n${[command, ...args].join(' ')} failed (${signal ?? `exit ${code}`})`),
      );
    });
  });
}

/**
 * Makes SIGTERM and Ctrl-C end the steps under way before this process goes: whoever sets up next must not meet them still
 * writing. `onEnd` runs last and must be synchronous.
 */
export function endWithSignals(onEnd) {
  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ]) {
    process.once(signal, async () => {
      const ends = [...running].map((child) => new Promise((resolve) => child.once('close', resolve)));
      for (const { pid, endBy } of running) process.kill(-pid, endBy);
      await Promise.race([Promise.all(ends), pause(endWithinMs)]);
      onEnd();
      process.exit(code);
    });
  }
}
