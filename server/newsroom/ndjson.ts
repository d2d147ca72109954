/** One line of an NDJSON stream: its bytes without the line end, or null where it is longer than the limit. `number` counts from 1. */
export interface NdjsonLine {
  number: number;
  bytes: Uint8Array | null;
}

const lineFeed = 0x0a;

/**
 * Cuts a stream of bytes into lines, whatever the chunks. Bytes, not text, because a chunk may end inside a character; and
 * what is kept of an unfinished line never exceeds `mostBytes`: a stream without any line end costs no memory.
 */
export async function* ndjsonLines(input: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<NdjsonLine> {
  const rest = new Rest(mostBytes);
  let number = 0;
  for await (const chunk of input) {
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, from)) {
      number += 1;
      yield { number, bytes: rest.finish(chunk.subarray(from, end)) };
      from = end + 1;
    }
    rest.add(chunk.subarray(from));
  }
  if (!rest.empty) yield { number: number + 1, bytes: rest.finish(new Uint8Array()) };
}

/** The part of a line that earlier chunks brought. */
class Rest {
  readonly #mostBytes: number;
  #parts: Uint8Array[] = [];
  #length = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get empty(): boolean {
    return this.#length === 0;
  }

  add(part: Uint8Array): void {
    if (part.length === 0) return;
    this.#length += part.length;
    if (this.#length > this.#mostBytes) this.#parts = [];
    // A copy: a view would hold the whole chunk, and the giver may use its buffer again.
    else this.#parts.push(part.slice());
  }

  /** The whole line, or null where it was too long; then starts anew. */
  finish(last: Uint8Array): Uint8Array | null {
    const parts = [...this.#parts, last];
    const length = this.#length + last.length;
    this.#parts = [];
    this.#length = 0;
    if (length > this.#mostBytes) return null;
    return parts.length === 1 ? last : Buffer.concat(parts, length);
  }
}
