import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

export type Encoding = 'br' | 'gzip' | 'identity';

const preferred: Encoding[] = ['br', 'gzip', 'identity'];

/** Below this many bytes, compressing makes an answer no shorter on the wire worth having. */
export const leastBytesToCompress = 256;

/** The published types are of an older version, which knew no preference of the server’s. */
type WithPreference = Negotiator & { encodings(available: Encoding[], options: { preferred: Encoding[] }): string[] };

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** Browsers send a handful of different headers; a stranger can send any number. */
const chosen = new LRUCache<string, Encoding>({ max: 256 });

/** Which encoding a client wants by its `Accept-Encoding`: Brotli before gzip where it likes both the same. */
export function chooseEncoding(acceptEncoding: string | undefined): Encoding {
  if (acceptEncoding === undefined) return 'identity';
  const known = chosen.get(acceptEncoding);
  if (known) return known;
  const negotiator = new Negotiator({ headers: { 'accept-encoding': acceptEncoding } }) as WithPreference;
  const encoding = (negotiator.encodings(preferred, { preferred })[0] ?? 'identity') as Encoding;
  if (acceptEncoding.length <= 200) chosen.set(acceptEncoding, encoding);
  return encoding;
}

/**
 * A short answer is compressed where it is made (some 0.2 ms): sent to another thread, it would come back behind whatever
 * this turn of the event loop has put up, and an acknowledged write would wait until all its followers were served.
 */
const shortBytes = 8_192;

/** Quality 5 is the knee: most of Brotli’s gain at the price of gzip. `thorough` is for what is made once per release. */
export async function compress(bytes: Buffer, encoding: Encoding, thorough = false): Promise<Buffer> {
  if (encoding === 'identity') return bytes;
  const isShort = bytes.length <= shortBytes && !thorough;
  if (encoding === 'gzip') {
    const options = { level: thorough ? 9 : 6 };
    return isShort ? gzipSync(bytes, options) : deflate(bytes, options);
  }
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: thorough ? 11 : 5,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return isShort ? brotliCompressSync(bytes, { params }) : brotli(bytes, { params });
}
