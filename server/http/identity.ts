import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { problem } from '../../shared/problems.ts';
import type { Actor } from '../domain/actor.ts';
import type { Credentials } from '../live/newsroom/credentials.ts';
import { actorOf, lacksSecondFactor } from '../newsroom/people/present-person.ts';
import type { Present, Sessions } from '../newsroom/people/sessions.ts';
import { hashOfToken } from '../newsroom/tokens.ts';
import type { Store } from '../store/store.ts';
import type { Cookies } from './people/cookies.ts';
import { newsroomHeader, type OwnRequests } from './people/own-requests.ts';
import { foreign } from './people/person-door.ts';
import type { Limiter, Refusal } from './rate-limits.ts';

/** 256 bits, however long the text: comparing two digests tells nothing of either. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export interface IdentityParts {
  store: Pick<Store, 'tokenByHash'>;
  sessions: Sessions;
  cookies: Cookies;
  own: OwnRequests;
  /** The operator’s own token (`ADMIN_TOKEN`), or null. */
  adminToken: string | null;
  failures: Limiter;
  addressOf: (req: IncomingMessage) => string;
}

type Refused = { ok: false; refusal: Refusal };
export type Identified = { ok: true; actor: Actor } | Refused;

/**
 * Tells who sends a request: by its bearer token, or by the session of a browser. Looked up every time: what is taken away ends
 * at once.
 */
export class Identity {
  readonly #parts: IdentityParts;
  readonly #adminDigest: Buffer | null;

  constructor(parts: IdentityParts) {
    this.#parts = parts;
    this.#adminDigest = parts.adminToken === null ? null : digest(parts.adminToken);
  }

  /** Whether there are any credentials that count. A cookie does beside the newsroom’s own header alone. */
  isSent({ headers }: IncomingMessage): boolean {
    if (headers.authorization !== undefined) return true;
    return headers[newsroomHeader] !== undefined && this.#parts.cookies.of(headers, 'session') !== null;
  }

  /** Throws StoreUnavailable. */
  async identify(req: IncomingMessage): Promise<Identified> {
    const { authorization } = req.headers;
    const address = this.#parts.addressOf(req);
    if (authorization !== undefined || !this.isSent(req)) return this.#bearer(authorization, address);
    const found = await this.person(req);
    if (!found.ok) return found;
    return lacksSecondFactor(found.present)
      ? { ok: false, refusal: { problem: secondFactorMissing, headers: {} } }
      : { ok: true, actor: actorOf(found.present.account, address) };
  }

  /** The person behind a session; what only persons do is nothing for tokens. Throws StoreUnavailable. */
  async person(req: IncomingMessage): Promise<{ ok: true; present: Present } | Refused> {
    const { cookies, own, sessions, addressOf } = this.#parts;
    const token = cookies.of(req.headers, 'session');
    if (token === null || req.headers[newsroomHeader] === undefined) {
      const found = await this.#bearer(req.headers.authorization, addressOf(req));
      return found.ok ? { ok: false, refusal: { problem: sessionWanted, headers: {} } } : found;
    }
    if (!own.has(req)) return { ok: false, refusal: { problem: foreign(), headers: {} } };
    const present = await sessions.of(token, true);
    return present ? { ok: true, present } : { ok: false, refusal: signedOut };
  }

  /** Whoever a socket of the newsroom belongs to; its looking again is no activity. Throws StoreUnavailable. */
  async ofSocket({ authorization, cookie, origin, host, address }: Credentials): Promise<Actor | null> {
    const { cookies, own, sessions } = this.#parts;
    if (authorization !== null) {
      const found = await this.#bearer(authorization, address);
      return found.ok ? found.actor : null;
    }
    const token = cookies.read(cookie, 'session');
    // A foreign page may open a socket to us, but not without saying where it comes from.
    if (token === null || !own.isOwnOrigin(origin, host)) return null;
    const present = await sessions.of(token, false);
    return present && !lacksSecondFactor(present) ? actorOf(present.account, address) : null;
  }

  async #bearer(authorization: string | undefined, address: string): Promise<Identified> {
    const token =
      authorization === undefined ? undefined : /^Bearer +([\x21-\x7e]{1,512})$/i.exec(authorization.trim())?.[1];
    if (token !== undefined && this.#isAdmin(token)) return { ok: true, actor: { ...operator, address } };
    if (token === undefined) return { ok: false, refusal: unauthenticated(authorization !== undefined) };
    const known = await this.#parts.store.tokenByHash(hashOfToken(token));
    if (known) {
      const { id, name, role, timelines } = known;
      return { ok: true, actor: { id, name, role, timelines, address } };
    }
    // Counted after the look-up: a stranger must not lock out the newsroom that shares an address with him.
    const tooMany = await this.#parts.failures.take(address);
    return { ok: false, refusal: tooMany ?? unauthenticated(true) };
  }

  #isAdmin(token: string): boolean {
    return this.#adminDigest !== null && timingSafeEqual(digest(token), this.#adminDigest);
  }
}

const operator: Actor = { id: 'admin', name: 'Administrator', role: 'admin', timelines: null };

const secondFactorMissing = problem(
  'second-factor-missing',
  'Everybody here signs in with a second factor. Set yours up in your account.',
);
const sessionWanted = problem('session-wanted', 'A token is nobody’s account. Sign in at /newsroom.');
const signedOut: Refusal = {
  problem: problem('unauthenticated', 'You are signed out. Sign in again.'),
  headers: { 'WWW-Authenticate': 'Bearer realm="daymark"' },
};

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
