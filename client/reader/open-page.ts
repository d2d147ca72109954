import { type Change, updateIdOf } from '../../shared/change.ts';

/** What a page does with the changes that reach it while it is open. */
export interface OpenPage {
  /** Applies changes in order. True: it can’t show them by itself and has to be fetched again. */
  apply(changes: readonly Change[]): boolean;
}

/** An update’s own page has few readers and few changes: it is fetched again. */
export const openUpdatePage = (id: string): OpenPage => ({
  apply: (changes) => changes.some((change) => updateIdOf(change) === id || change.type === 'timeline.revised'),
});
