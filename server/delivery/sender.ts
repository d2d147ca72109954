import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { DateTime } from 'luxon';
import {
  addressIn,
  asksNameServers,
  isPublicAddress,
  publicAddresses,
  publicLookup,
  RefusedAddress,
  type Resolve,
} from './public-address.ts';

/** What is sent to whom: programs and chats of webhooks, subscribers of feeds, push services of browsers. */
type Kind = 'webhook' | 'websub' | 'push';

export interface Outgoing {
  kind: Kind;
  url: string;
  method?: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | Buffer;
  /** Reads the answer, up to 8 kB. Without it the status is enough. */
  readsAnswer?: boolean;
}

/** `status` null: no answer came, because of `fault`. */
export interface Outcome {
  status: number | null;
  fault: string | null;
  text: string;
  /** ms, where the receiver asked for patience. */
  retryAfter: number | null;
}

export interface SenderParts {
  /** Calls private networks too. */
  allowsPrivate: boolean;
  /** From the first step to the answer. */
  deadlineMs?: number;
  /** Of public names. */
  resolve?: Resolve;
}

const mostAnswerBytes = 8_192;
const privateNetwork = 'the address is in a network that is not called';

/** Calls addresses that others gave. No redirect is followed, no connection is shared, and nobody can make it wait. */
export class Sender {
  readonly #allowsPrivate: boolean;
  readonly #deadlineMs: number;
  readonly #resolve: Resolve;
  readonly #leaving = new AbortController();
  /** Attempts since the start. */
  readonly counts: Record<Kind, Record<'taken' | 'failed', number>> = {
    webhook: { taken: 0, failed: 0 },
    websub: { taken: 0, failed: 0 },
    push: { taken: 0, failed: 0 },
  };

  constructor({ allowsPrivate, deadlineMs = 10_000, resolve = asksNameServers() }: SenderParts) {
    this.#allowsPrivate = allowsPrivate;
    this.#deadlineMs = deadlineMs;
    this.#resolve = resolve;
  }

  /**
   * False for an address that would not be called, so that whoever gives it is told at once. What a name stands for is looked at
   * again with every call.
   */
  async allows(url: string): Promise<boolean> {
    if (this.#allowsPrivate) return true;
    const address = addressIn(url);
    if (address !== null) return isPublicAddress(address);
    return publicAddresses(new URL(url).hostname, this.#resolve).then(
      () => true,
      (error) => !(error instanceof RefusedAddress),
    );
  }

  /** That nobody answers is an outcome. Null: given up half-way, as this server stops. */
  async send(outgoing: Outgoing): Promise<Outcome | null> {
    const outcome = await this.#attempt(outgoing);
    if (outcome !== null) this.counts[outgoing.kind][outcome.fault === null ? 'taken' : 'failed']++;
    return outcome;
  }

  /** Gives up what is under way. */
  close(): void {
    this.#leaving.abort();
  }

  async #attempt(outgoing: Outgoing): Promise<Outcome | null> {
    const failed = (fault: string): Outcome => ({ status: null, fault, text: '', retryAfter: null });
    const address = addressIn(outgoing.url);
    if (!this.#allowsPrivate && address !== null && !isPublicAddress(address)) return failed(privateNetwork);
    const deadline = AbortSignal.timeout(this.#deadlineMs);
    try {
      return await this.#call(outgoing, AbortSignal.any([deadline, this.#leaving.signal]));
    } catch (error) {
      if (this.#leaving.signal.aborted) return null;
      if (deadline.aborted) return failed(`no answer within ${this.#deadlineMs / 1_000} s`);
      if (error instanceof RefusedAddress) return failed(privateNetwork);
      return failed((error as NodeJS.ErrnoException).code ?? 'the connection failed');
    }
  }

  #call({ url, method = 'POST', headers, body, readsAnswer }: Outgoing, signal: AbortSignal): Promise<Outcome> {
    const { request } = url.startsWith('https:') ? https : http;
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        {
          method,
          headers: {
            'User-Agent': 'Daymark',
            ...headers,
            ...(method === 'POST' && { 'Content-Length': String(Buffer.byteLength(body)) }),
          },
          agent: false,
          signal,
          ...(!this.#allowsPrivate && { lookup: publicLookup(this.#resolve) }),
        },
        (res) => {
          const finish = (text: string): void => {
            resolve({ ...statusOf(res), text });
            sent.destroy();
          };
          // The deadline may still cut an answer off; what is known by then is enough.
          res.on('error', () => undefined);
          if (!readsAnswer) return finish('');
          let text = '';
          res.setEncoding('utf8');
          res.on('data', (part: string) => {
            text += part;
            if (text.length >= mostAnswerBytes) finish(text);
          });
          res.on('close', () => finish(text));
        },
      );
      sent.on('error', reject);
      sent.end(method === 'POST' ? body : undefined);
    });
  }
}

function statusOf({ statusCode: status = 0, headers }: IncomingMessage): Omit<Outcome, 'text'> {
  const retryAfter = patienceAsked(headers);
  if (status >= 200 && status < 300) return { status, fault: null, retryAfter };
  const redirects = status >= 300 && status < 400 ? '; redirects are not followed' : '';
  return { status, fault: `answered ${status}${redirects}`, retryAfter };
}

/** RFC 9110 §10.2.3: seconds, or a date by the clock of whoever answers. */
function patienceAsked({ 'retry-after': asked = '', date = '' }: IncomingHttpHeaders): number | null {
  const now = DateTime.fromHTTP(date);
  const ms = /^\d+$/.test(asked)
    ? Number(asked) * 1_000
    : DateTime.fromHTTP(asked)
        .diff(now.isValid ? now : DateTime.now())
        .toMillis();
  return ms > 0 ? ms : null;
}
