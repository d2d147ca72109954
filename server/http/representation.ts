import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { chooseEncoding, compress, type Encoding, leastBytesToCompress } from './encoding.ts';
import { OnePiece } from './one-piece.ts';

/** What an answer says, before it is bytes. */
export interface Content {
  /** Media type with charset. */
  type: string;
  body: string | Buffer;
  cacheControl: string;
  /** Headers that go with every such answer (security, CORS), as they are written. */
  headers: Readonly<Record<string, string>>;
  /** Headers of the request, beside `Accept-Encoding`, by which the answer differs. */
  varies?: string;
  /** The object’s revision: begins the ETag, so that a tag from a GET does for `If-Match` too. */
  revision?: number;
  /** Made once per release: worth the best compression. */
  thorough?: boolean;
  /** A picture: packed already, it goes out as it is. */
  isPacked?: boolean;
}

/**
 * One version of an answer, ready to be written: plain and compressed, each form with a strong ETag of its own. Compressed forms
 * are made at first need.
 */
export class Representation {
  readonly #content: Content;
  readonly #tag: string;
  readonly #plain: OnePiece;
  readonly #variants = new Map<Encoding, OnePiece>();
  readonly #underWay = new Map<Encoding, Promise<void>>();
  readonly #notModifiedHeads = new Map<string, string[]>();

  constructor(content: Content) {
    this.#content = content;
    const bytes = Buffer.isBuffer(content.body) ? content.body : Buffer.from(content.body);
    const hash = createHash('sha256').update(content.type).update(bytes).digest('hex').slice(0, 20);
    this.#tag = content.revision === undefined ? hash : `${content.revision}-${hash}`;
    this.#plain = this.#variant(bytes, 'identity');
    this.#variants.set('identity', this.#plain);
  }

  /** About what it takes in memory, compressed forms included. */
  get size(): number {
    return 2_048 + Math.ceil(this.#plain.body.length * 1.6);
  }

  /** Writes the answer if the wanted form is there; false: `prepare` it first. */
  send(req: IncomingMessage, res: ServerResponse): boolean {
    const encoding = this.#encodingFor(req);
    const tags = req.headers['if-none-match'];
    if (tags !== undefined) {
      const known = this.#knownTag(tags, encoding);
      if (known !== null) {
        res.writeHead(304, this.#notModifiedHead(known));
        res.end();
        return true;
      }
    }
    const variant = this.#variants.get(encoding);
    if (!variant) return false;
    variant.send(req, res);
    return true;
  }

  /** Makes the form that this request wants; many at once make it once. */
  async prepare(req: IncomingMessage): Promise<void> {
    const encoding = this.#encodingFor(req);
    if (this.#variants.has(encoding)) return;
    let making = this.#underWay.get(encoding);
    if (!making) {
      making = this.#compress(encoding).finally(() => this.#underWay.delete(encoding));
      this.#underWay.set(encoding, making);
    }
    await making;
  }

  async #compress(encoding: Encoding): Promise<void> {
    const bytes = await compress(this.#plain.body, encoding, this.#content.thorough);
    this.#variants.set(encoding, this.#variant(bytes, encoding));
  }

  #encodingFor(req: IncomingMessage): Encoding {
    return this.#content.isPacked || this.#plain.body.length < leastBytesToCompress
      ? 'identity'
      : chooseEncoding(req.headers['accept-encoding']);
  }

  #variant(bytes: Buffer, encoding: Encoding): OnePiece {
    const head = [
      'Content-Type',
      this.#content.type,
      'Content-Length',
      String(bytes.length),
      ...this.#commonHead(this.#etag(encoding)),
    ];
    if (encoding !== 'identity') head.push('Content-Encoding', encoding);
    return new OnePiece(head, bytes);
  }

  #etag(encoding: Encoding): string {
    return encoding === 'identity' ? `"${this.#tag}"` : `"${this.#tag}-${encoding}"`;
  }

  #commonHead(etag: string): string[] {
    const { cacheControl, headers, varies } = this.#content;
    const vary = varies === undefined ? 'Accept-Encoding' : `Accept-Encoding, ${varies}`;
    return ['ETag', etag, 'Cache-Control', cacheControl, 'Vary', vary, ...Object.entries(headers).flat()];
  }

  /**
   * The tag in `If-None-Match` that still holds; null: none. The tag of another encoding holds as well: what its owner has is
   * this version, only packed otherwise.
   */
  #knownTag(header: string, encoding: Encoding): string | null {
    const wanted = this.#etag(encoding);
    if (header === wanted || header.trim() === '*') return wanted;
    const sent = new Set(header.split(',').map((tag) => tag.trim().replace(/^W\//, '')));
    const ours = [wanted, ...(['br', 'gzip', 'identity'] as const).map((other) => this.#etag(other))];
    return ours.find((tag) => sent.has(tag)) ?? null;
  }

  #notModifiedHead(etag: string): string[] {
    let head = this.#notModifiedHeads.get(etag);
    if (!head) {
      head = this.#commonHead(etag);
      this.#notModifiedHeads.set(etag, head);
    }
    return head;
  }
}
