import { decoded } from './decode.ts';
import { UnreadableFile } from './importer.ts';

/** A JSON document is one value: it has to be in memory whole. Live blogs of a year are some 10 MB. */
export const jsonDocumentBytes = 64 * 1_048_576;

/** Reads a file that is one JSON value. */
export async function jsonDocument(input: AsyncIterable<Uint8Array>, encoding?: string): Promise<unknown> {
  return parseJson(await wholeText(input, encoding));
}

/** The text of a file that has to be in memory whole. */
export async function wholeText(input: AsyncIterable<Uint8Array>, encoding?: string): Promise<string> {
  const parts: string[] = [];
  for await (const part of decoded(atMost(input, jsonDocumentBytes), encoding)) parts.push(part);
  return parts.join('');
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UnreadableFile(`The file is not JSON: ${error.message.slice(0, 200)}.`);
    throw error;
  }
}

async function* atMost(input: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of input) {
    length += chunk.length;
    if (length > most) throw new UnreadableFile(`A JSON document may have up to ${most / 1_048_576} MiB.`);
    yield chunk;
  }
}
