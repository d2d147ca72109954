import { type FoundUpdate, updatesPerShard, type WordFile, wordShard } from '../../shared/search/archive-index.ts';
import { headlineOf } from '../../shared/text.ts';
import type { Update } from '../../shared/update.ts';
import { wordsOf } from '../search/indexed.ts';

const shownCharacters = 200;

/** Collects what an archive’s search needs. Updates come newest first. */
export class SearchFiles {
  readonly #words = new Map<number, WordFile>();
  #found: FoundUpdate[] = [];

  add(update: Update): void {
    const number = this.#found.length;
    this.#found.push([`updates/${update.id}.html`, update.date, headlineOf(update).slice(0, shownCharacters)]);
    for (const word of wordsOf(update)) {
      const shard = wordShard(word);
      const file = this.#words.get(shard) ?? (Object.create(null) as WordFile);
      this.#words.set(shard, file);
      const numbers = file[word] ?? [];
      file[word] = numbers;
      numbers.push(number);
    }
  }

  *files(): Generator<[name: string, text: string]> {
    for (const [shard, words] of this.#words) yield script(`words-${shard}`, words);
    for (let from = 0; from < this.#found.length; from += updatesPerShard)
      yield script(`updates-${from / updatesPerShard}`, this.#found.slice(from, from + updatesPerShard));
  }
}

const script = (name: string, content: unknown): [string, string] => [
  `search/${name}.js`,
  `daymarkArchive(${JSON.stringify(name)},${JSON.stringify(content)});\n`,
];
