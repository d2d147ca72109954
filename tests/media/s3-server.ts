import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';

export const s3Keys = { region: 'eu-test-1', keyId: 'AKIDTEST', secret: 'a secret of the tests' };

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

/** Signature Version 4 as its specification has it, written down once more: the client must not be checked by itself. */
function isSigned(req: IncomingMessage, body: Buffer): boolean {
  const [, credential = '', names = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      req.headers.authorization ?? '',
    ) ?? [];
  const [keyId, date = '', region = '', service = '', end = ''] = credential.split('/');
  const payload = String(req.headers['x-amz-content-sha256']);
  const isOurs = keyId === s3Keys.keyId && region === s3Keys.region && service === 's3' && end === 'aws4_request';
  if (!isOurs || (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body))) return false;
  if (!['host', 'x-amz-date'].every((name) => names.split(';').includes(name))) return false;
  const headers = names.split(';').map((name) => `${name}:${String(req.headers[name]).trim()}\n`);
  const request = [req.method, req.url, '', headers.join(''), names, payload].join('\n');
  const text = [
    'AWS4-HMAC-SHA256',
    req.headers['x-amz-date'],
    `${date}/${region}/s3/aws4_request`,
    sha256(request),
  ].join('\n');
  const key = hmac(hmac(hmac(hmac(`AWS4${s3Keys.secret}`, date), region), 's3'), 'aws4_request');
  return timingSafeEqual(hmac(key, text), Buffer.from(signature, 'hex'));
}

export interface S3Server {
  server: Server;
  objects: Map<string, { type: string; bytes: Buffer }>;
  /** Answers everything with this, once it is set. */
  fail(status: number, headers?: Record<string, string>): void;
}

/** A store in memory that speaks as much S3 as we use and lets nobody in whose signature is wrong. */
export function s3Server(): S3Server {
  const objects: S3Server['objects'] = new Map();
  let failing: [number, Record<string, string>] | null = null;
  const server = createServer(async (req, res) => {
    const body = await buffer(req);
    const say = (status: number, code = ''): void => {
      res.writeHead(status, { 'Content-Type': 'application/xml' });
      res.end(code && `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
    };
    if (failing) return void res.writeHead(...failing).end();
    if (!isSigned(req, body)) return say(403, 'SignatureDoesNotMatch');
    const key = req.url ?? '';
    const found = objects.get(key);
    if (req.method === 'PUT') {
      objects.set(key, { type: String(req.headers['content-type']), bytes: body });
      return say(200);
    }
    if (req.method === 'DELETE') {
      objects.delete(key);
      return say(204);
    }
    if (!found) return say(404, 'NoSuchKey');
    res.writeHead(200, { 'Content-Type': found.type });
    res.end(found.bytes);
  });
  return { server, objects, fail: (status, headers = {}) => (failing = [status, headers]) };
}
