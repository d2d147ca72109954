import { connect, type Socket } from 'node:net';

export interface Target {
  port: number;
  path: string;
  headers: Record<string, string>;
}

/** Read into by every connection of this process in turn. */
const shared = Buffer.alloc(256 * 1024);

/**
 * Asks for the same thing again and again over one connection, the next time when the last answer is whole. Knows an
 * answer by its length alone once it has seen the first, so that it costs a fraction of what a server spends on it.
 */
export class HttpConnection {
  readonly #socket: Socket;
  readonly #request: Buffer;
  readonly #onFault: (fault: string) => void;
  readonly #status: string;
  #head = '';
  /** Length of a whole answer, head included; 0 until the first has come. */
  #length = 0;
  #got = 0;
  #asking = true;
  answers = 0;

  constructor(target: Target, status: string, onFault: (fault: string) => void) {
    const { port, path, headers } = target;
    const lines = Object.entries({ Host: `127.0.0.1:${port}`, ...headers }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    this.#request = Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
    this.#status = `HTTP/1.1 ${status}`;
    this.#onFault = onFault;
    const onread = { buffer: shared, callback: (length: number) => this.#read(length) };
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true, onread });
    this.#socket.on('error', (error) => onFault(error.message));
    this.#socket.write(this.#request);
  }

  end(): void {
    this.#asking = false;
    this.#socket.destroy();
  }

  #read(length: number): boolean {
    if (this.#got === 0 && shared.toString('latin1', 0, this.#status.length) !== this.#status) {
      this.#onFault(shared.toString('latin1', 0, 40));
    }
    if (this.#length === 0) this.#measure(shared.toString('latin1', 0, length));
    this.#got += length;
    if (this.#length > 0 && this.#got >= this.#length) this.#whole();
    return true;
  }

  #measure(text: string): void {
    this.#head += text;
    const end = this.#head.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(this.#head.slice(0, end))?.[1];
    if (length === undefined && !this.#status.endsWith('304')) this.#onFault('an answer without a length');
    this.#length = end + 4 + Number(length ?? 0);
  }

  #whole(): void {
    if (this.#got > this.#length) this.#onFault(`an answer of ${this.#got} bytes in place of ${this.#length}`);
    this.#got = 0;
    this.answers += 1;
    if (this.#asking) this.#socket.write(this.#request);
  }
}
