import { SaxesParser, type SaxesTagNS } from 'saxes';
import { decoded } from './decode.ts';
import { type ReadOptions, UnreadableFile } from './importer.ts';

/** An element with what is in it. Names are local names; `space` is the namespace’s address. */
export interface Element {
  name: string;
  space: string;
  attributes: Readonly<Record<string, string>>;
  content: (Element | string)[];
  /** It had more in it than is kept of one entry: not all of it is here. */
  cut?: true;
}

/** What one entry may bring into memory. */
const entryCharacters = 4_000_000;
const entryDepth = 200;
/** A text, comment or tag that goes on for longer is an attack or no XML. */
const stretchCharacters = 16_000_000;

/**
 * Reads XML as it arrives and gives each child of its container, whole: those of `channel` in RSS, else those of the root. Not
 * more than one entry is in memory. Entities that the file declares are not known: a file that uses one is refused, so none can
 * grow or fetch anything. Throws `UnreadableFile` where it is not well-formed, or ends too early.
 */
export async function* xmlChildren(
  input: AsyncIterable<Uint8Array>,
  { encoding }: ReadOptions,
): AsyncGenerator<Element> {
  const builder = new Builder();
  const parser = new SaxesParser({ xmlns: true, position: true });
  parser.on('opentag', (tag) => builder.open(tag));
  parser.on('closetag', () => builder.close());
  parser.on('text', (text) => builder.text(text));
  parser.on('cdata', (text) => builder.text(text));
  parser.on('comment', () => builder.moved());
  parser.on('error', (error) => {
    throw new UnreadableFile(`The file is not well-formed XML: line ${error.message.slice(0, 200)}`);
  });
  for await (const text of decoded(input, encoding)) {
    parser.write(text);
    builder.passed(text.length);
    yield* builder.take();
  }
  parser.close();
  yield* builder.take();
}

class Builder {
  readonly #path: Element[] = [];
  #done: Element[] = [];
  /** Of the entry that is open. */
  #kept = 0;
  #stretch = 0;
  #containerDepth = 1;

  take(): Element[] {
    const done = this.#done;
    this.#done = [];
    return done;
  }

  passed(characters: number): void {
    this.#stretch += characters;
    if (this.#stretch > stretchCharacters) throw new UnreadableFile('The file has a text or tag without an end.');
  }

  moved(): void {
    this.#stretch = 0;
  }

  open(tag: SaxesTagNS): void {
    this.moved();
    if (this.#path.length === 1 && this.#path[0]?.name === 'rss' && tag.local === 'channel') this.#containerDepth = 2;
    const attributes = Object.fromEntries(Object.values(tag.attributes).map(({ local, value }) => [local, value]));
    const element: Element = { name: tag.local, space: tag.uri, attributes, content: [] };
    const inEntry = this.#path.length > this.#containerDepth;
    if (inEntry && this.#keeps(element, JSON.stringify(attributes).length)) this.#path.at(-1)?.content.push(element);
    if (!inEntry) this.#kept = 0;
    this.#path.push(element);
    // Far deeper than anything is meant to be: nothing of it is kept, and the path must not grow without end.
    if (this.#path.length > 10_000) throw new UnreadableFile('The file is nested too deeply.');
  }

  text(text: string): void {
    this.moved();
    const open = this.#path.at(-1);
    if (open && this.#path.length > this.#containerDepth && this.#keeps(open, text.length)) open.content.push(text);
  }

  close(): void {
    this.moved();
    const element = this.#path.pop();
    if (element && this.#path.length === this.#containerDepth) this.#done.push(element);
  }

  #keeps(element: Element, characters: number): boolean {
    this.#kept += characters + element.name.length;
    if (this.#kept <= entryCharacters && this.#path.length < entryDepth) return true;
    const entry = this.#path[this.#containerDepth];
    if (entry) entry.cut = true;
    return false;
  }
}

export const children = (element: Element, name: string): Element[] =>
  element.content.filter((item): item is Element => typeof item !== 'string' && item.name === name);

/** The text of the first child of this name that has any; `space` matches a part of its namespace. */
export function childText(element: Element, name: string, space = ''): string | null {
  for (const child of children(element, name)) {
    const text = child.space.includes(space) ? textOf(child).trim() : '';
    if (text !== '') return text;
  }
  return null;
}

export const textOf = (element: Element): string =>
  element.content.map((item) => (typeof item === 'string' ? item : textOf(item))).join('');
