import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { limits } from '../../shared/limits.ts';
import { type Problem, problem } from '../../shared/problems.ts';

/** How much one caller may ask. Counted in memory, per node: losing the counts costs nothing. */
export interface RateLimits {
  /** Writes per second and token. The contract promises 200. */
  writesPerSecond: number;
  /** Reads per second and address that have to be made anew; what is ready in memory is not counted. The contract promises 500. */
  readsPerSecond: number;
  /** Unknown credentials per minute and address; from then on 429 in place of 401. */
  failedAuthPerMinute: number;
  /** Replies and error reports per address in `limits.replyTurnMinutes`; counted in the store, for all nodes together. */
  repliesPerAddress: number;
}

export const defaultRateLimits: RateLimits = {
  writesPerSecond: 400,
  readsPerSecond: 1_000,
  failedAuthPerMinute: 100,
  repliesPerAddress: limits.replyTurns,
};

/** Of WebSub: each makes us call somebody. */
const subscriptionsPerMinute = 60;

export interface Refusal {
  problem: Problem;
  headers: Record<string, string>;
}

/** One budget per key and window. */
export class Limiter {
  readonly #limiter: RateLimiterMemory;
  readonly #what: string;

  constructor(what: string, points: number, seconds: number) {
    this.#what = what;
    this.#limiter = new RateLimiterMemory({ points, duration: seconds });
  }

  /** Takes one from the key’s budget; a refusal where it is used up. */
  async take(key: string): Promise<Refusal | null> {
    try {
      await this.#limiter.consume(key);
      return null;
    } catch (error) {
      if (error instanceof RateLimiterRes) return this.#refusal(error);
      throw error;
    }
  }

  #refusal({ msBeforeNext }: RateLimiterRes): Refusal {
    const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
    return {
      problem: problem('too-many-requests', `${this.#what}. Try again in ${seconds} s.`),
      headers: { 'Retry-After': String(seconds) },
    };
  }
}

export interface Limiters {
  writes: Limiter;
  reads: Limiter;
  failedAuth: Limiter;
  subscriptions: Limiter;
  notifications: Limiter;
}

export function limitersFor(rates: RateLimits): Limiters {
  return {
    writes: new Limiter('Too many writes with these credentials', rates.writesPerSecond, 1),
    reads: new Limiter('Too many reads from this address', rates.readsPerSecond, 1),
    failedAuth: new Limiter('Too many attempts with unknown credentials', rates.failedAuthPerMinute, 60),
    subscriptions: new Limiter('Too many subscriptions from this address', subscriptionsPerMinute, 60),
    notifications: new Limiter('Too many subscriptions to notifications from this address', subscriptionsPerMinute, 60),
  };
}
