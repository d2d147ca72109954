import type { Problem } from '../../shared/problems.ts';
import type { Result } from '../../shared/result.ts';

/** What the command line ends with. 75 and 78 are those of sysexits: supervisors know them. */
export const exitCodes = {
  done: 0,
  /** Refused, or done but for some rows. */
  refused: 1,
  usage: 2,
  /** The store can’t be reached: the same command may be tried again. */
  tryAgain: 75,
  configuration: 78,
  interrupted: 130,
} as const;

/** Ends the command with a message for people instead of a stack. */
export class Failure extends Error {
  override name = 'Failure';
  readonly exitCode: number;

  constructor(message: string, exitCode: number = exitCodes.refused) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The value of a result; a refusal ends the command with its detail and its faults. */
export function granted<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Failure(inWords(result.problem));
}

export function inWords({ detail, errors = [] }: Problem): string {
  // The detail of a refused row names its faults already.
  const faults = errors.map(({ path, message }) => `${path.slice(1) || 'input'}: ${message}`);
  return [detail, ...faults.filter((fault) => !detail.includes(fault)).map((fault) => `  ${fault}`)].join('\n');
}
