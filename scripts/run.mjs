import { spawn } from 'node:child_process';
import { Explained } from './say.mjs';

const running = new Set();

/** Runs a program silently; where it fails, its output is the message. Ends with us: on SIGTERM nothing is left behind. */
export function run(command, args, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
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

/** Makes SIGTERM and Ctrl-C end the steps under way before this process goes. `onEnd` runs first and must be synchronous. */
export function endWithSignals(onEnd) {
  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ]) {
    process.once(signal, () => {
      onEnd();
      for (const child of running) child.kill('SIGTERM');
      process.exit(code);
    });
  }
}
