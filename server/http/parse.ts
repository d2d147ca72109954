import type { z } from 'zod';
import type { Fault } from '../../shared/problems.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';

/** Reads what came from outside with a schema; a refusal lists every fault under the JSON pointer of its place. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): Result<z.output<S>> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  const errors = parsed.error.issues.flatMap(faultsOf);
  return refuse('validation-failed', sentence(errors), { errors });
}

/** One fault of a header or a parameter: they have no JSON to point into, so their name stands in the pointer’s place. */
export function fault(path: string, message: string): Result<never> {
  return refuse('validation-failed', sentence([{ path, message }]), { errors: [{ path, message }] });
}

type Issue = z.core.$ZodIssue;

function faultsOf(issue: Issue): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pointer([...issue.path, key]), message: 'is not a known field' }));
  }
  return [{ path: pointer(issue.path), message: issue.message }];
}

/** RFC 6901. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function sentence(errors: readonly Fault[]): string {
  const [first] = errors;
  const rest = errors.length - 1;
  const where = first?.path ? `${first.path} ` : '';
  return `${where}${first?.message ?? ''}${rest > 0 ? ` (and ${rest} more)` : ''}`.slice(0, 500);
}
