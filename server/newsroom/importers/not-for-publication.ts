import { type Result, refuse } from '../../../shared/result.ts';

/** A row that its source does not show to everybody: importing it would publish it. `why` completes “The entry …”. */
export const notForPublication = (why: string): Result<never> => refuse('not-for-publication', `The entry ${why}.`);

export const cutEntry = (): Result<never> => refuse('too-large', 'The entry is too long or nested too deeply.');
