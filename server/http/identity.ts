import { createHash, timingSafeEqual } from 'node:crypto';
import { problem } from '../../shared/problems.ts';
import type { Actor } from '../domain/actor.ts';
import { hashOfToken } from '../newsroom/tokens.ts';
import type { Store } from '../store/store.ts';
import type { Limiter, Refusal } from './rate-limits.ts';

/** 256 bits, however long the text: comparing two digests tells nothing of either. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export interface IdentityParts {
  store: Pick<Store, 'tokenByHash'>;
  /** The operator’s own token (`ADMIN_TOKEN`), or null. */
  adminToken: string | null;
  failures: Limiter;
}

export type Identified = { ok: true; actor: Actor } | { ok: false; refusal: Refusal };

/** Tells who sends a request, by its bearer token. Looked up every time: a token that is taken away ends at once. */
export class Identity {
  readonly #store: IdentityParts['store'];
  readonly #adminDigest: Buffer | null;
  readonly #failures: Limiter;

  constructor({ store, adminToken, failures }: IdentityParts) {
    this.#store = store;
    this.#adminDigest = adminToken === null ? null : digest(adminToken);
    this.#failures = failures;
  }

  /** `address`: whose failed attempts are counted. Throws StoreUnavailable. */
  async identify(authorization: string | undefined, address: string): Promise<Identified> {
    const token =
      authorization === undefined ? undefined : /^Bearer +([\x21-\x7e]{1,512})$/i.exec(authorization.trim())?.[1];
    if (token !== undefined && this.#isAdmin(token)) return { ok: true, actor: operator };
    if (token === undefined) return { ok: false, refusal: unauthenticated(authorization !== undefined) };
    const known = await this.#store.tokenByHash(hashOfToken(token));
    if (known)
      return { ok: true, actor: { id: known.id, name: known.name, role: known.role, timelines: known.timelines } };
    // Counted after the look-up: a stranger must not lock out the newsroom that shares an address with him.
    const tooMany = await this.#failures.take(address);
    return { ok: false, refusal: tooMany ?? unauthenticated(true) };
  }

  #isAdmin(token: string): boolean {
    return this.#adminDigest !== null && timingSafeEqual(digest(token), this.#adminDigest);
  }
}

const operator: Actor = { id: 'admin', name: 'Administrator', role: 'admin', timelines: null };

/** RFC 6750: a request without credentials is told the scheme alone. */
function unauthenticated(sent: boolean): Refusal {
  return {
    problem: problem(
      'unauthenticated',
      sent ? 'These credentials are not known here.' : 'Send a bearer token: “Authorization: Bearer …”.',
    ),
    headers: { 'WWW-Authenticate': sent ? 'Bearer realm="daymark", error="invalid_token"' : 'Bearer realm="daymark"' },
  };
}
