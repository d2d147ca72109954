import type { IncomingMessage, ServerResponse } from 'node:http';

/** What is used here of the inside of Node’s answers, which nothing documents: the head as text, null until it is made. */
interface Inside {
  _header: unknown;
  _headerSent: unknown;
}

/**
 * A 200 that may go out thousands of times a second. Node formats the head of each answer anew and hands it to the kernel beside the
 * body; that is a quarter of the time that an answer from memory takes (docs/decisions/091). Here head and body lie in one
 * piece: the first answer of a second goes Node’s ordinary way, and the head that Node made for it, with its `Date`, goes before
 * the body for the rest of that second. Whatever isn’t an ordinary answer on a connection that stays goes Node’s way, and
 * so does everything where Node’s inside is another than expected.
 */
export class OnePiece {
  readonly #head: string[];
  /** A view into the piece, once there is one: the body is kept once. */
  #body: Buffer;
  #piece: Buffer | null = null;
  /** Of the clock, in which the head was made. */
  #second = Number.NaN;

  /** `head`: names and values in turn, `Content-Length` among them. */
  constructor(head: string[], body: Buffer) {
    this.#head = head;
    this.#body = body;
  }

  get body(): Buffer {
    return this.#body;
  }

  send(req: IncomingMessage, res: ServerResponse): void {
    if (req.method === 'HEAD') res.writeHead(200, this.#head).end();
    else if (!isOrdinary(res)) res.writeHead(200, this.#head).end(this.#body);
    else if (this.#piece !== null && this.#second === presentSecond()) sendPiece(res, this.#piece);
    else this.#sendAndKeep(res);
  }

  #sendAndKeep(res: ServerResponse): void {
    const second = presentSecond();
    res.writeHead(200, this.#head).end(this.#body);
    const { _header: head, _headerSent: isSent } = insideOf(res);
    if (typeof head !== 'string' || isSent !== true) return;
    // A new piece each second, because the old one may still be on its way to slow readers.
    this.#piece = Buffer.concat([Buffer.from(head, 'latin1'), this.#body]);
    this.#body = this.#piece.subarray(head.length);
    this.#second = second;
  }
}

/** Whether it is this answer’s turn on its connection, which stays open after it, and nobody has set headers of its own. */
const isOrdinary = (res: ServerResponse): boolean =>
  res.socket?.writable === true && res.shouldKeepAlive && res.getHeaderNames().length === 0;

/** Writes past the answer and ends it as one whose head is out and that has no more to say. */
function sendPiece(res: ServerResponse, piece: Buffer): void {
  res.socket?.write(piece);
  res.statusCode = 200;
  Object.assign(insideOf(res), { _header: 'written', _headerSent: true } satisfies Inside);
  res.end();
}

const insideOf = (res: ServerResponse): Inside => res as unknown as Inside;

const presentSecond = (): number => Math.floor(Date.now() / 1_000);
