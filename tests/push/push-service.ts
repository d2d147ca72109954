import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import ece from 'http_ece';
import type { StoredSubscription } from '../../server/store/push-store.ts';
import type { PushNote } from '../../shared/push.ts';

/** What a browser got, as it reads it. */
export interface Got {
  note: PushNote;
  headers: IncomingHttpHeaders;
  /** What the sender says of itself, its signature found right. */
  claims: { aud: string; exp: number; sub: string };
  /** The key it signed with. */
  signer: string;
}

/** A browser and its push service: takes messages over HTTP, and opens them with the keys that only the browser has. */
export class PushService {
  readonly got: Got[] = [];
  /** Statuses to answer with, one by one; then 201. */
  readonly answers: number[] = [];
  asked = 0;
  readonly #keys = createECDH('prime256v1');
  readonly #auth = randomBytes(16).toString('base64url');
  readonly #server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      this.asked += 1;
      const status = this.answers.shift() ?? 201;
      if (status === 201) this.got.push(this.#open(Buffer.concat(parts), req.headers));
      res.writeHead(status).end();
    });
  });

  async open(): Promise<this> {
    this.#keys.generateKeys();
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get keys(): StoredSubscription['keys'] {
    return { p256dh: this.#keys.getPublicKey('base64url'), auth: this.#auth };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #open(body: Buffer, headers: IncomingHttpHeaders): Got {
    const text = ece.decrypt(body, { version: 'aes128gcm', privateKey: this.#keys, authSecret: this.#auth });
    const [, token = '', signer = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization ?? '') ?? [];
    return { note: JSON.parse(String(text)), headers, claims: claimsOf(token, signer), signer };
  }
}

function claimsOf(token: string, signer: string): Got['claims'] {
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(signer, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, format: 'jwk' });
  const signed = Buffer.from(`${head}.${claims}`);
  const right = verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  if (!right) throw new Error('the signature is wrong');
  return JSON.parse(String(Buffer.from(claims, 'base64url')));
}
