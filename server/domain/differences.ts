import { diffWordsWithSpace } from 'diff';
import type { Differences, FactName, Stretch } from '../../shared/difference.ts';
import { plainText } from '../../shared/text.ts';
import type { Update } from '../../shared/update.ts';

const segmenters = new Map<string, Intl.Segmenter>();

/** What a revision changed of an update, as far as readers see it. */
export function differences(before: Update, after: Update): Differences {
  return {
    headline: wordByWord(before.headline, after.headline, after.language),
    body: wordByWord(plainText(before.body), plainText(after.body), after.language),
    facts: factNames.flatMap((name) => {
      const [was, is] = [facts[name](before), facts[name](after)];
      return was === is ? [] : [{ name, before: was, after: is }];
    }),
  };
}

/** Null where the texts are the same. Words are those of the language: not every script puts spaces between them. */
function wordByWord(before: string, after: string, language: string): Stretch[] | null {
  if (before === after) return null;
  const intlSegmenter = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: 'word' });
  segmenters.set(language, intlSegmenter);
  return diffWordsWithSpace(before, after, { intlSegmenter }).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}

const facts: Record<FactName, (update: Update) => string> = {
  occurredAt: ({ occurredAt }) => occurredAt,
  verification: ({ verification }) => verification,
  attribution: ({ attribution }) => attribution ?? '',
  sources: ({ sources }) => sources.map(({ name, url }) => name ?? url ?? '').join(', '),
  place: ({ place }) => place?.name ?? '',
};
const factNames = Object.keys(facts) as FactName[];
