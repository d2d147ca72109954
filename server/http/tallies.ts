import type { ServerResponse } from 'node:http';
import { type Problem, type ProblemCode, problemTable } from '../../shared/problems.ts';

const methods = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']);

/** How a write ended: `refused` is the writer’s fault, `failed` ours, `aborted` means that nobody waited for the answer. */
export type WriteOutcome = 'written' | 'replayed' | 'refused' | 'failed' | 'aborted';

/** Answers of one route. Counted where every microsecond shows, so in plain numbers that are read when somebody asks. */
export class RouteTally {
  readonly method: string;
  /** As it is registered (`/:slug/day/:day`), never as it was asked for: there are few of them, and they name nobody. */
  readonly route: string;
  /** By the first digit of the status. */
  readonly byClass = [0, 0, 0, 0, 0, 0];

  constructor(method: string, route: string) {
    this.method = method;
    this.route = route;
  }

  count(status: number): void {
    const digit = Math.trunc(status / 100);
    this.byClass[digit] = (this.byClass[digit] ?? 0) + 1;
  }
}

/** What one server has answered since its start. */
export class Tallies {
  readonly #routes = new Map<string, RouteTally>();
  /** Every code from the start on: what appears with its first occurrence looks to Prometheus as if it had always been there. */
  readonly #refusals = new Map(Object.keys(problemTable).map((code) => [code as ProblemCode, 0]));
  readonly #writeListeners: ((outcome: WriteOutcome, ms: number) => void)[] = [];

  /** The tally of a route; one for all addresses that are none of ours. */
  of(given: string, route = 'none'): RouteTally {
    const method = methods.has(given) ? given : 'other';
    const key = `${method} ${route}`;
    const tally = this.#routes.get(key) ?? new RouteTally(method, route);
    this.#routes.set(key, tally);
    return tally;
  }

  routes(): Iterable<RouteTally> {
    return this.#routes.values();
  }

  refused(code: ProblemCode): void {
    this.#refusals.set(code, (this.#refusals.get(code) ?? 0) + 1);
  }

  refusals(): Iterable<[ProblemCode, number]> {
    return this.#refusals;
  }

  wrote(outcome: WriteOutcome, ms: number): void {
    for (const listener of this.#writeListeners) listener(outcome, ms);
  }

  onWrite(listener: (outcome: WriteOutcome, ms: number) => void): void {
    this.#writeListeners.push(listener);
  }
}

const codes = new WeakMap<ServerResponse, ProblemCode>();

/** Remembers, as long as the answer lives, with what it refused. */
export function noteRefusal(res: ServerResponse, { code }: Problem): void {
  codes.set(res, code);
}

/** The code of the problem that an answer is; undefined where it is none. */
export const refusalOf = (res: ServerResponse): ProblemCode | undefined => codes.get(res);
