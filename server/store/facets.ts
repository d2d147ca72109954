import { type Update, updateSchema } from '../../shared/update.ts';
import type { StoredUpdate } from './store.ts';

/** What staff narrow the public record down to beside words and days; absent: anything. */
export interface Facets {
  status?: 'published' | 'retracted' | undefined;
  /** As its editors flagged it: a retracted update keeps its flag, though readers see no key development in it. */
  key?: boolean | undefined;
  verification?: Update['verification'] | undefined;
  /** Part of the name of whoever wrote it, or of its byline; or the author’s id. */
  author?: string | undefined;
}

const verifications = updateSchema.shape.verification.options;
const verificationBits = 0b0011;
const retractedBit = 0b0100;
const keyBit = 0b1000;

/** The last byte of an update’s record in the index: all facets but the author. */
export const facetsOf = ({ verification, status, key }: Update): number =>
  verifications.indexOf(verification) | (status === 'retracted' ? retractedBit : 0) | (key ? keyBit : 0);

/** Which bits of that byte are asked for, and what they must be. */
export function bitsOf({ status, key, verification }: Facets): { mask: number; bits: number } {
  const asked: [mask: number, bits: number][] = [];
  if (verification !== undefined) asked.push([verificationBits, verifications.indexOf(verification)]);
  if (status !== undefined) asked.push([retractedBit, status === 'retracted' ? retractedBit : 0]);
  if (key !== undefined) asked.push([keyBit, key ? keyBit : 0]);
  return asked.reduce((all, [mask, bits]) => ({ mask: all.mask | mask, bits: all.bits | bits }), { mask: 0, bits: 0 });
}

/** Every author’s word in the index begins with this, and no word of a text or tag does: readers can’t ask for one. */
export const authorSign = '@';
const between = '\n';

/** Who wrote an update, id, name and byline, as one word of the index. */
export const authorWord = ({ author, authorName, update }: StoredUpdate): string =>
  authorSign + [author, authorName ?? '', update.byline ?? ''].join(between).toLowerCase();

/** Whether an author’s word stands for somebody whom `asked` may mean. */
export function mayMean(word: string, asked: string): boolean {
  const wanted = asked.toLowerCase();
  const [author, ...names] = word.slice(authorSign.length).split(between);
  return author === wanted || names.some((name) => name.includes(wanted));
}
