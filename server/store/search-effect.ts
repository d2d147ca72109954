import { isKeyDevelopment, isPublic } from '../../shared/day.ts';
import type { Update } from '../../shared/update.ts';
import { wordsOf } from '../search/indexed.ts';
import { authorWord, facetsOf } from './facets.ts';
import type { Effect, StoredUpdate } from './store.ts';

/** An update as index_update of search-index.lua takes it. */
export interface IndexedUpdate {
  id: string;
  /** Of the event, after the beginning of the date before day one in UTC, which no event lies before. */
  seconds: number;
  day: number;
  key: boolean;
  facets: number;
  words: string[];
}

export interface SearchEffect {
  forget: { id: string; words: string[] } | false;
  update: IndexedUpdate | false;
}

/** What a commit does to the index of words: a public wording is in it, and none before it. Null: nothing. */
export function searchEffect(effect: Effect): SearchEffect | null {
  if (effect.kind === 'remove-update') return changed(effect.before, null);
  if (effect.kind === 'write-update') return changed(effect.before, effect.after);
  return null;
}

function changed(before: StoredUpdate | null, after: StoredUpdate | null): SearchEffect | null {
  const forget = before !== null && isPublic(before.update) && { id: before.update.id, words: allWordsOf(before) };
  const update = after !== null && isPublic(after.update) && indexedUpdate(after);
  return forget || update ? { forget, update } : null;
}

export function indexedUpdate(stored: StoredUpdate): IndexedUpdate {
  const { update } = stored;
  return {
    id: update.id,
    day: update.day,
    seconds: secondsOf(update),
    key: isKeyDevelopment(update),
    facets: facetsOf(update),
    words: allWordsOf(stored),
  };
}

const allWordsOf = (stored: StoredUpdate): string[] => [...wordsOf(stored.update), authorWord(stored)];

/** 32 bits reach 136 years from day one. */
function secondsOf({ occurredAt, date, day }: Update): number {
  const before = Date.parse(`${date}T00:00:00Z`) - day * 86_400_000;
  return Math.max(0, Math.floor((Date.parse(occurredAt) - before) / 1_000));
}
