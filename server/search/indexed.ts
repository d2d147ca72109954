import { limits } from '../../shared/limits.ts';
import { fold } from '../../shared/search/fold.ts';
import { formsInText, tokensOf } from '../../shared/search/words.ts';
import { cutText, plainText } from '../../shared/text.ts';
import type { Update } from '../../shared/update.ts';

/** Raised when words are folded or cut otherwise than before, or records hold more: every index is then made anew. */
export const indexVersion = 2;

/** The words that an update is found by, each once. Behind the most that an index takes of one, words are passed over. */
export function wordsOf(update: Update): string[] {
  const words = new Set(update.tags.map(tagWord));
  for (const { text } of searchedTexts(update)) {
    for (const { word } of tokensOf(text, true)) {
      for (const form of formsInText(word)) words.add(cutText(form, limits.searchedWordCharacters));
      if (words.size >= limits.searchedWords) return [...words];
    }
  }
  return [...words];
}

/** A tag as a word of the index; no word of a text begins with `#`. */
export const tagWord = (tag: string): string => cutText(`#${fold(tag)}`, limits.searchedWordCharacters);

export interface SearchedText {
  field: 'headline' | 'body' | 'tags' | 'place' | 'attribution' | 'byline' | 'sources';
  text: string;
}

/** What of an update is searched, as plain text, in the order in which a reader would look. */
export function searchedTexts(update: Update): SearchedText[] {
  const sources = update.sources.flatMap(({ name }) => name ?? []);
  const texts: SearchedText[] = [
    { field: 'headline', text: update.headline },
    { field: 'body', text: plainText(update.body) },
    { field: 'tags', text: update.tags.join(' · ') },
    { field: 'place', text: update.place?.name ?? '' },
    { field: 'attribution', text: update.attribution ?? '' },
    { field: 'byline', text: update.byline ?? '' },
    { field: 'sources', text: sources.join(' · ') },
  ];
  return texts.filter(({ text }) => text !== '');
}
