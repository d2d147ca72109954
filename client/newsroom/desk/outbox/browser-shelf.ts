import { createStore, del, set, values } from 'idb-keyval';
import type { OutboxShelf } from './outbox.ts';
import type { Posting } from './posting.ts';

const store = createStore('daymark-outbox', 'postings');

/** The postings of one person in this browser, in IndexedDB; a lock of the browser keeps its windows apart. */
export function browserShelf(actor: string, timeline: string): OutboxShelf {
  return {
    all: async () =>
      (await values<Posting>(store)).filter((posting) => posting.actor === actor && posting.timeline === timeline),
    put: (posting) => set(posting.key, posting, store),
    remove: (key) => del(key, store),
    alone: async (work) => {
      await navigator.locks.request(`daymark-outbox-${timeline}`, async () => work());
    },
  };
}
