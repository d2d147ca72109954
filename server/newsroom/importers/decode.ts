import { TextDecoder } from 'node:util';
import { UnreadableFile } from './importer.ts';

/** Enough for a byte order mark and an XML declaration. */
const declarationBytes = 1_024;

/**
 * Bytes as text, in chunks: in the encoding that was asked for, else in that of a byte order mark, else in the one that the
 * file declares itself, else in UTF-8. Every byte has to make sense: text that was guessed wrong would be published wrong.
 */
export async function* decoded(input: AsyncIterable<Uint8Array>, wanted?: string): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let held: Uint8Array = new Uint8Array();
  let offset = 0;
  const decode = (bytes?: Uint8Array): string => {
    decoder ??= decoderFor(wanted ?? encodingOf(held));
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch (error) {
      if (!hasCode(error, 'ERR_ENCODING_INVALID_ENCODED_DATA')) throw error;
      throw new UnreadableFile(
        `The file is not ${decoder.encoding} after byte ${offset}. If it is in another encoding, say which.`,
      );
    }
  };
  for await (const chunk of input) {
    if (decoder === undefined) {
      held = Buffer.concat([held, chunk]);
      if (held.length < declarationBytes) continue;
      yield decode(held);
    } else yield decode(chunk);
    offset += chunk.length;
  }
  if (decoder === undefined) yield decode(held);
  yield decode();
}

function decoderFor(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (error) {
    if (!hasCode(error, 'ERR_ENCODING_NOT_SUPPORTED')) throw error;
    throw new UnreadableFile(`There is no encoding “${encoding.slice(0, 40)}”.`);
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

function encodingOf(start: Uint8Array): string {
  const [first, second] = start;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const text = Buffer.from(start.subarray(0, declarationBytes)).toString('latin1');
  const declared = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(text.replace(/^\u00ef\u00bb\u00bf/, ''));
  const inPage = /<meta[^>]{0,200}\bcharset\s*=\s*["']?([\w.:-]+)/i.exec(text);
  return declared?.[1] ?? inPage?.[1] ?? 'utf-8';
}
