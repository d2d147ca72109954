import type { DraftState, Saving } from '../drafts/draft-session.ts';

const words: Record<Saving, string> = {
  empty: '',
  here: 'Kept in this browser',
  saving: 'Saving …',
  saved: 'Saved as a draft',
  offline: 'Kept in this browser; the server cannot be reached',
  refused: 'Kept in this browser; the server refused it',
};

/** Where the text is safe. Polite: it changes often. */
export function SavingState({ state: { saving } }: { state: DraftState }) {
  return (
    <p class={`saving ${saving}`} role="status" data-saving={saving}>
      {words[saving]}
    </p>
  );
}
