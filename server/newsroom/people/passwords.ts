import { hash, verify } from '@node-rs/argon2';
import { limits } from '../../../shared/limits.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';

/** Argon2id with the parameters that OWASP gives for it: 19 MiB, two passes, one lane. About 20 ms on one core. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Each takes 19 MiB and a core: so many at once, so many who wait, and no more. */
const atOnce = 2;
const mostWaiting = 30;

/** Who must not be let wait any longer is told so. */
export const tooBusy = (): Result<never> =>
  refuse('overloaded', 'Too many people sign in at once. Try again in a few seconds.');

/** Hashes passwords, a few at a time. */
export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  #nobody: Promise<string> | null = null;

  async hash(password: string): Promise<Result<string>> {
    return this.#inTurn(() => hash(plain(password), parameters));
  }

  /** `stored` null: there is no such account. That takes as long as a wrong password, so that nobody learns who has one. */
  async verify(stored: string | null, password: string): Promise<Result<boolean>> {
    return this.#inTurn(async () => {
      this.#nobody ??= hash('of nobody', parameters);
      const matches = await verify(stored ?? (await this.#nobody), plain(password));
      return matches && stored !== null;
    });
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<Result<T>> {
    if (this.#waiting.length >= mostWaiting) return tooBusy();
    if (this.#running >= atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return ok(await work());
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}

/** One form for what looks the same on different keyboards. Nothing is cut off. */
const plain = (password: string): string => password.normalize('NFKC');

let common: Promise<ReadonlySet<string>> | null = null;

/** Some 40,000 passwords that are tried first. Loaded when one is set, not before. */
const commonPasswords = (): Promise<ReadonlySet<string>> => {
  common ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary['passwords-common']));
  return common;
};

/** Whether a new password may be taken: long enough, not one of the common ones, not made of who sets it. `path` names its field. */
export async function checkPassword(password: string, path: string, who: readonly string[]): Promise<Result<void>> {
  const text = plain(password);
  const fault = (message: string): Result<never> =>
    refuse('weak-password', `It ${message}.`, { errors: [{ path, message }] });
  const least = limits.passwordCharactersLeast;
  if ([...text].length < least) return fault(`must have ${least} characters or more`);
  if (new Set(text).size < 3) return fault('must not be one or two characters over and over');
  const lower = text.toLowerCase();
  const bare = lower.replace(/[\d\W_]+$/u, '');
  const known = await commonPasswords();
  if (known.has(lower) || (bare.length > 0 && lower.length - bare.length <= 2 && known.has(bare)))
    return fault('is one of those that are tried first');
  const rest = wordsOf(who).reduce((left, word) => left.replaceAll(word, ''), lower);
  if ([...rest].length < 4) return fault('must not be made of your name, your address or “daymark”');
  return ok(undefined);
}

const wordsOf = (who: readonly string[]): string[] =>
  ['daymark', ...who.flatMap((text) => [text.toLowerCase(), ...text.toLowerCase().split(/[\s@._-]+/)])]
    .filter((word) => word.length >= 3)
    .sort((a, b) => b.length - a.length);
