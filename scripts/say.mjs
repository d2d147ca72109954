/** Progress lines go to stderr: what a command prints as its result stays alone on stdout. */
export function say(line) {
  process.stderr.write(`daymark: ${line}\n`);
}

/** Runs one step, saying what it does and how many seconds it took. */
export async function step(what, work) {
  const begun = performance.now();
  say(`${what} …`);
  const result = await work();
  say(`${what}: done in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return result;
}

/** A fault that the person at the keyboard can mend: shown without a stack. */
export class Explained extends Error {}
