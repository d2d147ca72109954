import type { z } from 'zod';
import { exitCodes, Failure } from './failure.ts';

/** Arguments and options as the API’s own schema reads them; all faults at once, under the names of the options. */
export function parsed<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${optionName(String(path[0] ?? ''))}: ${message}`);
  throw new Failure(faults.join('\n'), exitCodes.usage);
}

const optionName = (field: string): string =>
  field === 'slug' || field === 'name'
    ? field
    : `--${field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
