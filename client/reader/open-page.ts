import { type Change, updateIdOf } from '../../shared/change.ts';

/** What a page does with the changes that reach it while it is open. */
export interface OpenPage {
  /** Applies changes in order. True: it can’t show them by itself and has to be fetched again. */
  apply(changes: readonly Change[]): boolean;
  /** Makes what a change will show, before its turn and in a task of its own. */
  prepare?(change: Change): void;
}

/**
 * An update’s own page has few readers and few changes: it is fetched again. It names other updates too, before, after and most
 * read: of one that is taken down nothing stays, not even until then.
 */
export const openUpdatePage = (id: string): OpenPage => ({
  apply: (changes) => {
    for (const change of changes) if (change.type === 'update.removed' && change.id !== id) dropLinksTo(change.id);
    return changes.some((change) => updateIdOf(change) === id || change.type === 'timeline.revised' || isNamed(change));
  },
});

const linksTo = (id: string): HTMLAnchorElement[] => [
  ...document.querySelectorAll<HTMLAnchorElement>(`a[href*="/updates/${CSS.escape(id)}"]`),
];

const isNamed = (change: Change): boolean => linksTo(updateIdOf(change) ?? '-').length > 0;

function dropLinksTo(id: string): void {
  for (const link of linksTo(id)) (link.closest('li') ?? link).remove();
}
