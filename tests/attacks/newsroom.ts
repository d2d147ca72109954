import { Agent, request } from 'node:http';

export interface Answered {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
}

/** Asks as staff over a few kept connections: thousands of writes in a moment. */
export class Newsroom {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor(url: string, headers: Record<string, string>) {
    this.#url = url;
    this.#headers = headers;
  }

  ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answered> {
    const sent = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    const given = {
      ...this.#headers,
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(sent)),
      ...headers,
    };
    return new Promise((resolve, reject) => {
      const asked = request(new URL(path, this.#url), { method, headers: given, agent: this.#agent }, (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('error', reject);
        res.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const isJson = /\bjson\b/.test(res.headers['content-type'] ?? '') && text !== '';
          resolve({ status: res.statusCode ?? 0, headers: res.headers, body: isJson ? JSON.parse(text) : text });
        });
      });
      asked.on('error', reject);
      asked.end(sent);
    });
  }

  /** Writes that must not be refused. */
  async write<T>(method: string, path: string, body: unknown, headers?: Record<string, string>): Promise<T> {
    const answer = await this.ask(method, path, body, headers);
    if (answer.status >= 300)
      throw new Error(
        `${method} ${path} ${JSON.stringify(body).slice(0, 500)}: ${answer.status} ${JSON.stringify(answer.body)}`,
      );
    return answer.body as T;
  }

  close(): void {
    this.#agent.destroy();
  }
}
