import { get } from 'node:http';
import type { SameAnswer } from '../rivals/same-bytes.ts';

/** Headers that each server writes for itself. */
const own = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);

/** Fetches an answer as it travels: nothing decoded, headers in their order and spelling. */
export function rawAnswer(
  origin: string,
  path: string,
  acceptEncoding: string,
): Promise<SameAnswer & { body: Buffer }> {
  return new Promise((resolve, reject) => {
    const request = get(origin + path, { headers: { 'Accept-Encoding': acceptEncoding } }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      if (response.statusCode !== 200) return reject(new Error(`${path}: ${response.statusCode} ${body}`));
      const pairs = response.rawHeaders.flatMap((name, at) =>
        at % 2 === 0 ? [[name, response.rawHeaders[at + 1] ?? '']] : [],
      );
      const head = pairs.filter(([name = '']) => !own.has(name.toLowerCase())).flat();
      resolve({ path, head, body, bodyBase64: body.toString('base64') });
    });
    request.on('error', reject);
  });
}
