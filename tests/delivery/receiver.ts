import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Answers the `nth` request (from 1). */
export type Behaviour = (res: ServerResponse, nth: number, got: Received) => void;

export const answers =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (res) =>
    res.writeHead(status, headers).end();

/** Takes the request and says nothing, ever. */
export const stalls: Behaviour = () => undefined;

/** Somebody outside, on a port of his own, who behaves as the test wants and keeps all that he got. */
export class Receiver {
  readonly got: Received[] = [];
  behave: Behaviour;
  /** Called with each request that has come whole. */
  onGot: () => void = () => undefined;
  readonly #server: Server;

  constructor(behave: Behaviour = answers(204)) {
    this.behave = behave;
    this.#server = createServer((req, res) => {
      let body = '';
      res.on('error', () => undefined);
      req.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      req.on('end', () => {
        const got = { method: req.method ?? '', path: req.url ?? '', headers: req.headers, body };
        this.got.push(got);
        this.behave(res, this.got.length, got);
        this.onGot();
      });
    });
  }

  async open(port = 0): Promise<this> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  /** The bodies of what came by POST. */
  get messages(): { type: string; timestamp: string; position: string; data: { seq: number; type: string } | null }[] {
    return this.got.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body));
  }

  get first(): Received {
    const [first] = this.got;
    if (!first) throw new Error('nothing has come');
    return first;
  }

  get seqs(): (number | undefined)[] {
    return this.messages.map(({ data }) => data?.seq);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Receivers of a suite: closed after each test. */
export function receivers(): (behave?: Behaviour) => Promise<Receiver> {
  const open: Receiver[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
  });
  return async (behave) => {
    const receiver = await new Receiver(behave).open();
    open.push(receiver);
    return receiver;
  };
}
