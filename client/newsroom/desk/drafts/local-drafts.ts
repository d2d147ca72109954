import { createStore, del, get, set, values } from 'idb-keyval';
import type { NewUpdate } from '../../../../shared/update.ts';
import type { Form } from '../composer/form.ts';

/** What somebody was writing, as the browser keeps it from one keystroke to the next. */
export interface LocalDraft {
  /** Of the composer; it stays the same until the text is published or thrown away. */
  id: string;
  actor: string;
  timeline: string;
  savedAt: string;
  form: Form;
  /** The update that it is an edit of, or the draft that it is saved as on the server; and the revision that it is based on. */
  of: { id: string; revision: number; base: Form; isDraft: boolean } | null;
  /** What the server was sent to make a draft of it, while nobody knows whether that arrived. */
  creating?: { input: NewUpdate; form: Form } | null;
}

const store = createStore('daymark-drafts', 'drafts');
const lockOf = (id: string): string => `daymark-draft-${id}`;

export const keepLocally = (draft: LocalDraft): Promise<void> => set(draft.id, draft, store);
export const forgetLocally = (id: string): Promise<void> => del(id, store);
export const localDraft = (id: string): Promise<LocalDraft | undefined> => get<LocalDraft>(id, store);

/** What was left behind here by a window that is gone, but edits of what is public; newest first. */
export async function leftBehind(actor: string, timeline: string): Promise<LocalDraft[]> {
  const held = (await navigator.locks.query()).held ?? [];
  const open = new Set(held.map(({ name }) => name));
  return (await values<LocalDraft>(store))
    .filter((draft) => draft.actor === actor && draft.timeline === timeline && draft.of?.isDraft !== false)
    .filter((draft) => !open.has(lockOf(draft.id)))
    .sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
}

/** Says that a window is at this draft, until the answer is called or the window is gone. */
export function holdLocally(id: string): () => void {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  void navigator.locks.request(lockOf(id), () => held);
  return () => release();
}
