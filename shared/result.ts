import { type Problem, type ProblemCode, type ProblemDetails, problem } from './problems.ts';

/** What a decision or a parse comes to: a value, or a problem to be shown as it is. */
export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const refuse = (code: ProblemCode, detail: string, more?: ProblemDetails): Result<never> => ({
  ok: false,
  problem: problem(code, detail, more),
});
