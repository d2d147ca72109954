import { limits } from '../../shared/limits.ts';

type Random = () => number;
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const upTo = (random: Random, most: number): number => Math.floor(random() * (most + 1));

/** The headline that must be found nowhere: a request that two readers of one stream take differently would bring it in. */
export const smuggled = 'smuggled';

/** A post that would be taken, hidden where it is none. */
function hiddenPost(token: string): string {
  const body = JSON.stringify({ occurredAt: '2024-02-07', headline: smuggled });
  return `POST /api/v1/timelines/gaza/updates HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

const chunked = (body: string): string => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

/**
 * Requests in whose bodies another one is hidden; each says its length twice, or wrongly, or in another spelling. A server
 * that took the wrong one would do what is hidden.
 */
const smuggling: readonly ((hidden: string) => string)[] = [
  (h) => `Content-Length: ${h.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${h}`,
  (h) => `Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${h}`,
  (h) => `Content-Length: 0\r\nContent-Length: ${h.length}\r\n\r\n${h}`,
  (h) => `Content-Length: 0, ${h.length}\r\n\r\n${h}`,
  (h) => `Content-Length: +0\r\n\r\n${h}`,
  (h) => `Content-Length: 0x0\r\n\r\n${h}`,
  (h) => `Content-Length: -1\r\n\r\n${h}`,
  (h) => `Content-Length : 0\r\n\r\n${h}`,
  (h) => `Content-Length\u000b: 0\r\n\r\n${h}`,
  (h) => `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${h}`,
  (h) => `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${h}`,
  (h) => `Transfer-Encoding: identity, chunked, chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n${h}`,
  (h) => `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${h}`,
  (h) => `Transfer-Encoding:\u000bchunked\r\nContent-Length: ${h.length}\r\n\r\n${h}`,
  (h) => `Transfer-Encoding:\r\n chunked\r\nContent-Length: ${h.length}\r\n\r\n${h}`,
  (h) => `X: y\r\n Content-Length: 0\r\n\r\n${h}`,
  (h) => `X: y\rContent-Length: 0\r\n\r\n${h}`,
  (h) => `X: y\nContent-Length: 0\n\n${h}`,
  (h) => `X\u0000: y\r\n\r\n${h}`,
  (h) => `: y\r\n\r\n${h}`,
  (h) => `Transfer-Encoding: chunked\r\n\r\n0\n\r\n${h}`,
  (h) => `Transfer-Encoding: chunked\r\n\r\n1;x\ny\r\nz\r\n0\r\n\r\n${h}`,
  (h) => `Transfer-Encoding: chunked\r\n\r\n-1\r\n${h}`,
  (h) => `Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n${h}`,
  (h) => `Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n${h}`,
  (h) => `Transfer-Encoding: chunked\r\n\r\n${chunked(h)}`,
  (h) => `Content-Length: ${h.length}\r\n\r\n${h}`,
];

const lines: readonly string[] = [
  'POST /api/v1/timelines HTTP/1.1',
  'GET /gaza HTTP/1.1',
  'GET http://elsewhere.example/api/v1/timelines HTTP/1.1',
  'GET //elsewhere.example/ HTTP/1.1',
  'GET /\\elsewhere.example HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'CONNECT 127.0.0.1:6379 HTTP/1.1',
  'TRACE / HTTP/1.1',
  'GET / HTTP/0.9',
  'GET / HTTP/2.0',
  'GET / HTTP/1.0',
  'PRI * HTTP/2.0',
  'GET  / HTTP/1.1',
  'GET /\u0000 HTTP/1.1',
  'GET /../../etc/passwd HTTP/1.1',
  'GET /assets/..%2f..%2fpackage.json HTTP/1.1',
  'get / HTTP/1.1',
  'PUT /api/v1/timelines/__proto__/days/1/summary HTTP/1.1',
  'GET /%ff%fe HTTP/1.1',
  `GET /${'a'.repeat(20_000)} HTTP/1.1`,
  'SET key value',
];

const headers: readonly string[] = [
  'Host: x',
  'Host: a\r\nHost: b',
  'Host:',
  'Expect: 100-continue',
  'Expect: nonsense',
  'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__',
  'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 99\r\nSec-WebSocket-Key: x',
  'Connection: close, keep-alive, Authorization',
  'Range: bytes=0-0,1-1,2-2,-1',
  'If-None-Match: *',
  `If-None-Match: ${'"x",'.repeat(2_000)}`,
  'Accept-Encoding: br;q=1e999, gzip;q=-1, *;q=',
  `Accept-Encoding: ${'gzip,'.repeat(1_000)}`,
  'Accept: */*;q=\u00ff',
  `X: ${'x'.repeat(20_000)}`,
  Array.from({ length: 2_000 }, (_, n) => `X${n}: y`).join('\r\n'),
  'Last-Event-ID: k3v9x2:1e9\u0000',
  'Authorization: Bearer',
  'Content-Encoding: gzip, gzip, br',
];

/** Bytes for a connection of its own: a smuggler’s, or a broken one, or several pipelined. */
export function hostileRequest(random: Random, token: string): Buffer {
  const line = pick(random, lines);
  if (random() < 0.5) {
    const post = `POST /api/v1/timelines HTTP/1.1\r\nHost: x\r\n${pick(random, smuggling)(hiddenPost(token))}`;
    return Buffer.from(post, 'latin1');
  }
  const head = Array.from({ length: 1 + upTo(random, 3) }, () => pick(random, headers)).join('\r\n');
  const one = `${line}\r\n${head}\r\n\r\n`;
  const text = random() < 0.3 ? one.repeat(1 + upTo(random, 20)) : one;
  return Buffer.from(random() < 0.1 ? text.slice(0, upTo(random, text.length)) : text, 'latin1');
}

const deep = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth);

/** JSON that is large, deep, ambiguous, or lies about what it is. `plain`: one that would be taken. */
const bombs: readonly ((random: Random, plain: string) => string)[] = [
  () => deep(100_000, '[', ']'),
  () => deep(40_000, '{"a":', '}').replace(/\{"a":\}/, '{"a":1}'),
  (_, plain) => plain.replace('{', `{"__proto__":{"status":"draft","role":"admin"},`),
  (_, plain) => plain.replace('{', `{"constructor":{"prototype":{"role":"admin"}},`),
  (_, plain) => plain.replace('{', `{"headline":"first","headline":${JSON.stringify(smuggled)},`),
  (_, plain) => plain.replace(/"(title|headline|name)":"[^"]*"/, '"$1":1e999'),
  (_, plain) => plain.replace(/"(title|headline|name)":"[^"]*"/, '"$1":"\\ud800\\u0000\\uffff"'),
  (_, plain) => plain.replace(/"(title|headline|name)":"[^"]*"/, '"$1":{"toString":"x"}'),
  (_, plain) => plain.replace(/"(title|headline|name)":"[^"]*"/, `"$1":"${'\\u0041'.repeat(10_000)}"`),
  (_, plain) => plain.replace('}', `,"tags":[${'"a",'.repeat(10_000)}"a"]}`),
  (_, plain) => plain.replace('}', `,"place":{"name":"x","latitude":1e999,"longitude":-1e999}}`),
  (_, plain) => plain.replace('}', `,"occurredAt":"2024-02-07T00:00:00.${'9'.repeat(1_000)}Z"}`),
  (_, plain) => plain.replace('}', `,"body":"${'<b>'.repeat(20_000)}"}`),
  (_, plain) => plain.replace('}', `,"body":"${'['.repeat(20_000)}","bodyFormat":"markdown"}`),
  (_, plain) => plain.replace('}', `,"body":"${'> '.repeat(20_000)}x","bodyFormat":"markdown"}`),
  (_, plain) => plain.replace('}', `,"body":"${'*_'.repeat(20_000)}","bodyFormat":"markdown"}`),
  (_, plain) => plain.replace('}', `,"body":"${'<!--'.repeat(20_000)}"}`),
  (_, plain) => plain.replace('}', `,"body":"${'&'.repeat(90_000)}"}`),
  (_, plain) => `\ufeff${plain}`,
  (_, plain) => `${plain}${plain}`,
  (_, plain) => `${' '.repeat(limits.requestBodyBytes)}${plain}`,
  (random, plain) => plain.slice(0, upTo(random, plain.length)),
  (random, plain) => {
    const at = upTo(random, plain.length);
    return plain.slice(0, at) + String.fromCharCode(upTo(random, 255)) + plain.slice(at + 1);
  },
  () => '1e999',
  () => '"'.repeat(1_000),
  () => `{${'"a":1,'.repeat(30_000)}"a":1}`,
];

export const jsonBomb = (random: Random, plain: string): string => pick(random, bombs)(random, plain);
