import type { IncomingMessage, ServerResponse } from 'node:http';
import { chooseEncoding, compress, leastBytesToCompress } from './encoding.ts';

export const jsonType = 'application/json; charset=utf-8';

/** What a staff request is answered with: made for one asker, kept by nobody. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string | string[]>;
}

/** Writes an answer as JSON, compressed where the client takes it. Security headers are on `res` already. */
export async function sendAnswer(
  req: IncomingMessage,
  res: ServerResponse,
  { status, body, headers = {} }: Answer,
): Promise<void> {
  res.statusCode = status;
  for (const [name, value] of Object.entries({ 'Cache-Control': 'private, no-store', ...headers }))
    res.setHeader(name, value);
  if (body === undefined) res.end();
  else await sendText(req, res, jsonType, JSON.stringify(body));
}

/** Writes a text of any type in the same way; status and other headers are set already. */
export async function sendText(req: IncomingMessage, res: ServerResponse, type: string, text: string): Promise<void> {
  const plain = Buffer.from(text);
  const encoding = plain.length < leastBytesToCompress ? 'identity' : chooseEncoding(req.headers['accept-encoding']);
  const bytes = await compress(plain, encoding);
  if (encoding !== 'identity') res.setHeader('Content-Encoding', encoding);
  res.setHeader('Vary', 'Accept-Encoding');
  res.setHeader('Content-Type', type);
  res.setHeader('Content-Length', bytes.length);
  res.end(req.method === 'HEAD' ? undefined : bytes);
}
