import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { limits } from '../../shared/limits.ts';
import {
  addressIn,
  asksNameServers,
  isPublicAddress,
  publicLookup,
  RefusedAddress,
} from '../delivery/public-address.ts';

export interface FetcherOptions {
  /** Asks private networks and this machine too; for tests. */
  allowsPrivate?: boolean;
  /** From the first step to the last byte. */
  deadlineMs?: number;
}

/** From `http` to `https`, to a CDN, to a file: who goes on after that is sending us in circles. */
const mostRedirects = 3;

/** The bytes, or why there are none, in words. */
export type Fetched = { bytes: Buffer } | { fault: string };
type Answer = Fetched | { redirect: string };

/**
 * Fetches an image from an address that a file named. Each step, redirects too, goes to the public internet alone and to the very
 * address that was looked at; no credentials, no cookie, no more than an upload may have. What comes is bytes: whether they are an image
 * is told by those who decode them.
 */
export class ImageFetcher {
  readonly #allowsPrivate: boolean;
  readonly #deadlineMs: number;
  readonly #lookup: LookupFunction | undefined;

  constructor({ allowsPrivate = false, deadlineMs = 20_000 }: FetcherOptions = {}) {
    this.#allowsPrivate = allowsPrivate;
    this.#deadlineMs = deadlineMs;
    this.#lookup = allowsPrivate ? undefined : publicLookup(asksNameServers());
  }

  async fetch(address: string): Promise<Fetched> {
    const signal = AbortSignal.timeout(this.#deadlineMs);
    let at = address;
    for (let step = 0; step <= mostRedirects; step++) {
      const answer = await this.#ask(at, signal);
      if (!('redirect' in answer)) return answer;
      at = answer.redirect;
    }
    return { fault: 'it leads from one address to the next' };
  }

  async #ask(address: string, signal: AbortSignal): Promise<Answer> {
    if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
      return { fault: 'it is no web address' };
    // A name is looked at when it is looked up; an address stands for itself.
    const named = addressIn(address);
    if (!this.#allowsPrivate && named !== null && !isPublicAddress(named)) return { fault: notCalled };
    try {
      return await this.#get(new URL(address), signal);
    } catch (error) {
      if (signal.aborted) return { fault: `it did not come within ${this.#deadlineMs / 1_000} s` };
      if (error instanceof RefusedAddress) return { fault: notCalled };
      return { fault: error instanceof Error && 'code' in error ? String(error.code) : 'the connection failed' };
    }
  }

  #get(url: URL, signal: AbortSignal): Promise<Answer> {
    const { request } = url.protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        {
          headers: { 'User-Agent': 'Daymark', Accept: 'image/avif,image/webp,image/png,image/jpeg' },
          agent: false,
          signal,
          ...(this.#lookup && { lookup: this.#lookup }),
        },
        (res) => {
          read(res, url)
            .then(resolve, reject)
            .finally(() => sent.destroy());
        },
      );
      sent.on('error', reject);
      sent.end();
    });
  }
}

const notCalled = 'its address is in a network that is not called';

async function read(res: IncomingMessage, url: URL): Promise<Answer> {
  const { statusCode = 0, headers } = res;
  const { location } = headers;
  if (statusCode >= 300 && statusCode < 400 && location && URL.canParse(location, url.href))
    return { redirect: new URL(location, url.href).href };
  if (statusCode !== 200) return { fault: `its server answered ${statusCode}` };
  if (Number(headers['content-length']) > limits.imageBytes) return { fault: tooLarge };
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of res as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limits.imageBytes) return { fault: tooLarge };
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks) };
}

const tooLarge = `it has more than ${limits.imageBytes / 1_048_576} MiB`;
