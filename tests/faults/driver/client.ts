import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { adminToken } from '../../support/daymark-process.ts';
import type { Random } from './random.ts';

export interface Call {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  json: <T>() => T;
}

/** How a call ended that got no answer: what it did is unknown. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
}

/** Speaks HTTP to a server that may go away at any moment. `origin` is asked anew for every call. */
export class Client {
  readonly #origin: () => string;
  readonly #timeoutMs: number;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  /** The longest that a caller waited for any answer or failure, ms. */
  longestMs = 0;
  /** How often each status came; `none` where no answer did. */
  readonly answers: Record<string, number> = {};

  constructor(origin: () => string, timeoutMs = 15_000) {
    this.#origin = origin;
    this.#timeoutMs = timeoutMs;
  }

  /** Throws NoAnswer where the connection failed, broke in the middle of the answer, or nothing came in time. */
  async call(path: string, { method = 'GET', headers = {}, body }: Call = {}): Promise<Answer> {
    const begun = performance.now();
    let outcome = 'none';
    try {
      const answer = await this.#once(path, method, headers, body);
      outcome = `${answer.status}`;
      return answer;
    } finally {
      this.longestMs = Math.max(this.longestMs, performance.now() - begun);
      this.answers[outcome] = (this.answers[outcome] ?? 0) + 1;
    }
  }

  /** For reads of which an answer is certain: throws where it is not a 200. */
  async read<T>(path: string): Promise<T> {
    return (await this.text(path)).json();
  }

  async text(path: string): Promise<Answer> {
    const answer = await this.call(path);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text.slice(0, 300)}`);
    return answer;
  }

  close(): void {
    this.#agent.destroy();
  }

  #once(path: string, method: string, headers: Record<string, string>, body: unknown): Promise<Answer> {
    const text = body === undefined ? '' : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, this.#origin()), {
        method,
        agent: this.#agent,
        signal: AbortSignal.timeout(this.#timeoutMs),
        headers: {
          ...(method === 'GET' ? {} : { authorization: `Bearer ${adminToken}` }),
          // Said here, because Node says no length for a DELETE.
          ...(text !== '' && { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(text)}` }),
          ...headers,
        },
      });
      const fail = (error: Error): void => reject(new NoAnswer(error.message, { cause: error }));
      sent.on('error', fail);
      sent.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('close', () => response.complete || fail(new Error('the answer broke off')));
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString();
          const { statusCode = 0, headers: received } = response;
          resolve({ status: statusCode, headers: received, text: answer, json: <T>() => JSON.parse(answer) as T });
        });
      });
      sent.end(text);
    });
  }
}

/** Answers that ask to come again: the request surely did nothing, or what it did is unknown. */
const again = ({ status, text }: Answer): boolean =>
  [429, 500, 502, 503, 504].includes(status) || (status === 409 && text.includes('"contended"'));

export interface Insisted {
  answer: Answer;
  attempts: number;
}

/** Repeats a call, as a client must that has not been answered, until something final comes. */
export async function insist(
  client: Client,
  path: string,
  call: Call,
  random: Random,
  within = 120_000,
): Promise<Insisted> {
  const deadline = performance.now() + within;
  for (let attempts = 1; ; attempts++) {
    const answer = await client.call(path, call).catch((error: unknown) => {
      if (error instanceof NoAnswer) return error;
      throw error;
    });
    if (!(answer instanceof NoAnswer) && !again(answer)) return { answer, attempts };
    if (performance.now() > deadline) {
      throw new Error(`${call.method ?? 'GET'} ${path}: no final answer within ${within / 1_000} s`, { cause: answer });
    }
    await pause(random.between(10, 60));
  }
}
