import { Parser } from 'htmlparser2';
import { decoded } from './decode.ts';
import { type RowReader, UnreadableFile } from './importer.ts';
import { type LiveBlogUpdate, liveBlogRows } from './json-ld.ts';

const jsonLdCharacters = 64_000_000;

/**
 * Any web page with a `LiveBlogPosting` in its JSON-LD. The page itself often knows the times better than the JSON-LD does: where
 * an element has the id of an update (or `block-` and the id), the first `<time datetime>` inside it counts.
 */
export const readHtmlPage: RowReader = async function* (input, options) {
  const page = new LiveBlogPage();
  for await (const text of decoded(input, options.encoding)) page.write(text);
  const { documents, times } = page.end();
  yield* liveBlogRows(documents, options, (update) => timeOf(update, times));
};

function timeOf(update: LiveBlogUpdate, times: Map<string, string>): string | null {
  for (const name of [update['@id'], update.identifier, update.url]) {
    const id = name && (name.split('#').at(-1) ?? '');
    const time = id && (times.get(id) ?? times.get(`block-${id}`));
    if (time) return time;
  }
  return null;
}

/** Reads a page as it comes, and keeps nothing but its JSON-LD and where which time stands. */
class LiveBlogPage {
  readonly #times = new Map<string, string>();
  readonly #documents: unknown[] = [];
  /** Ids of the elements that are open, from the outermost in; null where one has none. */
  readonly #open: (string | null)[] = [];
  #script: string[] | null = null;
  #characters = 0;
  readonly #parser: Parser;

  constructor() {
    this.#parser = new Parser({
      onopentag: (name, attributes) => this.#opened(name, attributes),
      ontext: (text) => this.#text(text),
      onclosetag: (name) => this.#closed(name),
    });
  }

  write(text: string): void {
    this.#parser.write(text);
  }

  end(): { documents: readonly unknown[]; times: Map<string, string> } {
    this.#parser.end();
    return { documents: this.#documents, times: this.#times };
  }

  #opened(name: string, attributes: Record<string, string>): void {
    this.#open.push(attributes['id'] ?? null);
    if (name === 'script' && attributes['type'] === 'application/ld+json') this.#script = [];
    const time = name === 'time' ? attributes['datetime'] : undefined;
    if (time) for (const id of this.#open) if (id && !this.#times.has(id)) this.#times.set(id, time);
  }

  #text(text: string): void {
    if (!this.#script) return;
    this.#characters += text.length;
    if (this.#characters > jsonLdCharacters) throw new UnreadableFile('The page has too much JSON-LD.');
    this.#script.push(text);
  }

  #closed(name: string): void {
    this.#open.pop();
    if (name !== 'script' || !this.#script) return;
    try {
      this.#documents.push(JSON.parse(this.#script.join('')));
    } catch (error) {
      // A page may have other JSON-LD that is broken; without a live blog in the rest the file is refused anyway.
      if (!(error instanceof SyntaxError)) throw error;
    }
    this.#script = null;
  }
}
