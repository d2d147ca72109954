import { readFileSync } from 'node:fs';
import { isPublic } from '../../shared/day.ts';
import type { Update } from '../../shared/update.ts';
import { indexVersion } from '../search/indexed.ts';
import { indexEntry } from './commit-command.ts';
import { type Commands, reach } from './connection.ts';
import { authorSign, mayMean } from './facets.ts';
import type { Keys, TimelineKeys } from './keys.ts';
import { countByDay, match } from './postings.ts';
import { type Read, readAtOnce } from './read-at-once.ts';
import { indexedUpdate } from './search-effect.ts';
import type { Found, IndexState, Place, SearchStore, Wanted } from './search-store.ts';
import type { StoredUpdate } from './store.ts';

const source = (name: string): string => readFileSync(new URL(`./scripts/${name}.lua`, import.meta.url), 'utf8');
const indexScript = source('search-index') + source('index-update');
const dropScript = source('drop-search-index');

/** Words that one beginning may stand for; more say that it is too short. */
const mostBeginnings = 100;

/** The index of words on Redis: strings of numbers, matched here and not there, where all others would wait for it. */
export class RedisSearchStore implements SearchStore {
  readonly #redis: Commands;
  readonly #keys: Keys;

  constructor(redis: Commands, keys: Keys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  async find(slug: string, wanted: Wanted, page: { after: Place | null; limit: number }): Promise<Found> {
    const k = this.#keys.of(slug);
    const { postings, records } = await this.#read(k, wanted);
    const { total, places } = match(postings, records, wanted, page);
    // One command, however many hits: a phrase is looked for in a thousand.
    const reads = places.map(({ number }): Read => ['LINDEX', k.searchIds, `${number - 1}`]);
    const ids = await readAtOnce<(string | null)[]>(this.#redis, reads);
    return { total, hits: places.map((place, i) => ({ ...place, id: ids[i] ?? '' })) };
  }

  async countByDay(slug: string, wanted: Wanted): Promise<Map<number, number>> {
    const { postings, records } = await this.#read(this.#keys.of(slug), wanted);
    return countByDay(postings, records, wanted);
  }

  async #read(k: TimelineKeys, wanted: Wanted): Promise<{ postings: Buffer[][]; records: Buffer }> {
    const forms = [...(await this.#authors(k, wanted)), ...(await this.#withBeginnings(k, wanted))];
    const postings = await Promise.all(forms.map((words) => this.#postings(k, words)));
    // After the postings: what they name is there.
    const records = await reach(this.#redis.getBuffer(k.searchRecords));
    return { postings, records: records ?? Buffer.alloc(0) };
  }

  /** The words of everybody who may be meant; all authors are looked at, who are few beside their updates. */
  async #authors(k: TimelineKeys, { facets }: Wanted): Promise<string[][]> {
    const asked = facets?.author;
    if (asked === undefined) return [];
    const words = await reach(this.#redis.zrangebylex(k.searchWords, `[${authorSign}`, `(${authorSign}\uffff`));
    return [words.filter((word) => mayMean(word, asked))];
  }

  async #withBeginnings(k: TimelineKeys, { words, beginnings }: Wanted): Promise<readonly (readonly string[])[]> {
    const longer = await Promise.all(
      beginnings.map((beginning) =>
        reach(
          this.#redis.zrangebylex(k.searchWords, `[${beginning}`, `(${beginning}\uffff`, 'LIMIT', 0, mostBeginnings),
        ),
      ),
    );
    return words.map((forms, i) => (i === words.length - 1 ? [...new Set([...forms, ...longer.flat()])] : forms));
  }

  async #postings(k: TimelineKeys, words: readonly string[]): Promise<Buffer[]> {
    const found = await Promise.all(words.map((word) => reach(this.#redis.getBuffer(k.searchPostings(word)))));
    return found.filter((posting) => posting !== null);
  }

  async publicUpdates(slug: string, ids: readonly string[]): Promise<Map<string, Update>> {
    if (ids.length === 0) return new Map();
    const k = this.#keys.of(slug);
    const entries = await reach(this.#redis.hmget(k.index, ...ids));
    const byDate = new Map<string, string[]>();
    for (const [i, entry] of entries.entries()) {
      const [place, date = ''] = entry?.split(' ') ?? [];
      if (place === 'public') byDate.set(date, [...(byDate.get(date) ?? []), ids[i] ?? '']);
    }
    const found = await Promise.all([...byDate].map(([date, some]) => reach(this.#redis.hmget(k.day(date), ...some))));
    const updates = found.flat().flatMap((text) => (text === null ? [] : [JSON.parse(text) as Update]));
    return new Map(updates.map((update) => [update.id, update]));
  }

  async state(slug: string): Promise<IndexState | null> {
    const k = this.#keys.of(slug);
    // Of every public update the store keeps what staff need, and of no other.
    const [version, epoch, indexed, there] = await readAtOnce<[string | null, string | null, number, number]>(
      this.#redis,
      [
        ['HGET', k.timeline, 'search'],
        ['HGET', k.timeline, 'epoch'],
        ['HLEN', k.searchNumbers],
        ['HLEN', k.staff],
      ],
    );
    if (epoch === null) return null;
    if (version !== String(indexVersion) || indexed > there) return 'wrong';
    return indexed === there ? 'whole' : 'incomplete';
  }

  async dropIndex(slug: string): Promise<void> {
    const k = this.#keys.of(slug);
    const keys = [k.timeline, k.searchRecords, k.searchIds, k.searchNumbers, k.searchWords];
    await reach(this.#redis.eval(dropScript, keys.length, ...keys, String(indexVersion), k.searchPostings('')));
  }

  async index(slug: string, updates: readonly StoredUpdate[]): Promise<number> {
    const k = this.#keys.of(slug);
    const keys = [k.index, k.searchRecords, k.searchIds, k.searchNumbers, k.searchWords];
    const put = (stored: StoredUpdate) => {
      const entry = indexEntry(stored);
      const text = JSON.stringify(indexedUpdate(stored));
      return reach(this.#redis.eval(indexScript, keys.length, ...keys, entry, k.searchPostings(''), text));
    };
    const answers = await Promise.all(updates.filter(({ update }) => isPublic(update)).map(put));
    return answers.filter((answer) => answer === 1).length;
  }
}
