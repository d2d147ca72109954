import { type IncomingHttpHeaders, request } from 'node:http';

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** As it came over the wire: not decompressed. */
  body: Buffer;
}

/** Asks without any help: no decompression, no headers of its own. */
export function get(
  url: string,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  sent?: Buffer | string,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(url), { path, method, headers, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) }));
      res.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(sent);
  });
}
