/**
 * Text that is as hard to compress as the real thing, the same in every run: a vocabulary with the frequencies of a
 * language (Zipf), grammar in the small, names and numbers that come back within a story. Random letters would flatter
 * no one but would measure nothing; a real article would need its publisher’s leave.
 */
const stems = `govern minist report offici forc militar attack strik civil hospit resid build author statem border cross
convoy shelter district commun negoti agree ceas releas hostag prison famil evacu order north south east west centr city
village road bridge power water suppl food medic aid agenc organis nation council secur resolut draft vote member support
condemn call demand urgent crisi situat displac camp refug return destroy damag fire rocket missil drone artill tank brig
soldier command operat offens advanc withdraw position front line troop wound kill injur dead victim bod rescu team worker
doctor nurs patient child woman man school univers student teach church mosque market shop farm field harvest grain port
ship sea coast air airport flight plane helicopt radar intercept defen system train weapon ammunit shipment deliver pledg
fund billion million percent number figur increas declin rise fall price econom bank compan industr plant factor energ
electric gas oil pipel nuclear reactor inspect monitor observ mission expert investig evid witness testimon court judg
trial charg crime law right human convent protocol treat ally partner coalit presid prime foreign defenc interior speak
parliament opposit part elect govern region province mayor local police intellig service agent spy source media journal
photograph video footag satellit imag analys confirm deni reject accus claim alleg describ warn threaten promis expect
plan prepar begin start continu stop end resum suspend extend expir deadline talk meet summit visit travel arrive leave
depart discuss propos offer accept condition guarant exchang mediat envoy delegat spokes repres humanitar corridor truck
entr distribut stock short lack need request appeal respons assist protect safe danger risk threat fear hope`.split(
  /\s+/,
);
const endings = ['', 's', 'ed', 'ing', 'er', 'ion', 'al', 'ly', 'ment', 'ity', 'ers', 'ions'];
const small = `the of to in and a that for on was by with said from at it as has were is had have been not are his which
after its an but be they more their he who this also would two one over when about into than`.split(/\s+/);
const syllables = 'ka ra no vy ter sha del mir bo lan zor ah kh un is ma dr eb ou sk yar tem hal qa jin os fe ru'.split(
  ' ',
);

/** A seeded source of numbers from 0 to 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class Writer {
  readonly #random: () => number;
  readonly #vocabulary: string[];
  readonly #names: string[];
  /** What the story is about: said again and again, as reports do. */
  #phrases: string[] = [];

  constructor(seed: number) {
    this.#random = randomFrom(seed);
    const all = stems.flatMap((stem) => endings.map((ending) => stem + ending));
    this.#vocabulary = all
      .map((word) => ({ word, at: this.#random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ word }) => word);
    this.#names = Array.from({ length: 400 }, () => this.#name());
  }

  /** One sentence of some 8 to 30 words. */
  sentence(): string {
    const words: string[] = [];
    const length = 8 + Math.floor(this.#random() * 22);
    while (words.length < length) words.push(...this.#next());
    const text = words.join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}${this.#random() < 0.1 ? ', officials said' : ''}.`;
  }

  /** A paragraph of about `characters`. */
  paragraph(characters: number): string {
    let text = '';
    while (text.length < characters - 60) text += `${text ? ' ' : ''}${this.sentence()}`;
    return text;
  }

  headline(): string {
    return this.sentence().slice(0, -1).split(' ').slice(0, 10).join(' ');
  }

  #next(): string[] {
    const chance = this.#random();
    if (chance < 0.36) return [this.#zipf(small)];
    if (chance < 0.44) return [this.#zipf(this.#names)];
    if (chance < 0.47) return [String(Math.floor(this.#random() ** 3 * 5_000))];
    if (chance < 0.55 && this.#phrases.length > 0) return [this.#zipf(this.#phrases)];
    const words = [this.#zipf(this.#vocabulary), this.#zipf(this.#vocabulary)];
    if (chance > 0.93) this.#phrases = [words.join(' '), ...this.#phrases].slice(0, 60);
    return words;
  }

  /** Common ones often, rare ones seldom. */
  #zipf(list: readonly string[]): string {
    return list[Math.floor(list.length ** this.#random()) - 1] ?? '';
  }

  #name(): string {
    const parts = Array.from(
      { length: 2 + Math.floor(this.#random() * 2) },
      () => syllables[Math.floor(this.#random() * syllables.length)],
    );
    const name = parts.join('');
    return name.charAt(0).toUpperCase() + name.slice(1);
  }
}
