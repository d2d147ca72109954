import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { limits as shared } from '../../shared/limits.ts';
import type { Position } from '../../shared/position.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import { StoreUnavailable } from '../store/store.ts';
import { type AddressOf, Admission, remoteAddress } from './admission.ts';
import { catchUp } from './catch-up.ts';
import { changeEvent, headEvent, resetEvent, startStream } from './event-stream.ts';
import { defaultGatewayLimits, type GatewayLimits } from './gateway-limits.ts';
import { Heartbeat } from './heartbeat.ts';
import type { LiveLog } from './live-log.ts';
import { Patience, unsentBytes } from './patience.ts';
import { parseStart } from './requests.ts';

export interface StreamParts {
  live: LiveLog;
  clock: () => number;
  log: Logger;
  limits?: Partial<GatewayLimits>;
  admission?: Admission;
  addressOf?: AddressOf;
  /** 0 to 1: spreads the readers that come back after a restart. */
  random?: () => number;
}

/** Changes written at once while a stream catches up; the next are read when these have left. */
const page = 100;
const retryLeastMs = 1_000;
const retrySpreadMs = 4_000;

interface Stream {
  response: ServerResponse;
  patience: Patience;
}

/** `GET /api/v1/timelines/{slug}/stream`: the live log as Server-Sent Events, for those that sockets cannot reach. */
export class Streams {
  readonly #live: LiveLog;
  readonly #clock: () => number;
  readonly #log: Logger;
  readonly #limits: GatewayLimits;
  readonly #admission: Admission;
  readonly #addressOf: AddressOf;
  readonly #random: () => number;
  readonly #open = new Set<Stream>();
  readonly #joined = new Map<string, Set<Stream>>();
  readonly #heartbeat: Heartbeat;
  readonly #stops: (() => void)[];

  constructor(parts: StreamParts) {
    this.#live = parts.live;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#limits = { ...defaultGatewayLimits, ...parts.limits };
    this.#admission = parts.admission ?? new Admission(this.#limits);
    this.#addressOf = parts.addressOf ?? remoteAddress;
    this.#random = parts.random ?? Math.random;
    this.#heartbeat = new Heartbeat(this.#limits.headMs, (slug) => this.#send(slug, (head) => headEvent(slug, head)));
    const sweep = setInterval(() => this.#sweep(), this.#limits.sweepMs);
    sweep.unref();
    this.#stops = [
      this.#live.onChange((slug, change) => {
        this.#send(slug, ({ epoch }) => changeEvent(change, epoch));
        this.#heartbeat.sent(slug);
      }),
      this.#live.onReset((slug) => this.#send(slug, resetEvent)),
      () => clearInterval(sweep),
      () => this.#heartbeat.stop(),
    ];
  }

  /**
   * Answers with a stream that ends when the reader goes. `since` is the query parameter; a `Last-Event-ID` header wins.
   * A refusal (422, 404, 429, 503) has written nothing: the caller answers it.
   */
  open(request: IncomingMessage, response: ServerResponse, slug: string, since: unknown): Result<void> {
    const start = parseStart(this.#live, slug, request.headers['last-event-id'] || (since ?? undefined));
    if (!start.ok) return start;
    if (request.method === 'HEAD') {
      startStream(response, retryLeastMs);
      response.end();
      return ok(undefined);
    }
    const address = this.#addressOf(request);
    const refusal = this.#admission.refusal(address);
    if (refusal) return refuse(refusal, 'Too many open connections. Poll `changes?since=` instead.');

    const leave = this.#admission.enter(address, 'stream');
    const stream = { response, patience: new Patience(this.#limits.stuckMs) };
    this.#open.add(stream);
    response.once('close', () => {
      leave();
      this.#open.delete(stream);
      this.#part(slug, stream);
    });
    request.socket.setNoDelay(true);
    startStream(response, retryLeastMs + Math.floor(this.#random() * retrySpreadMs));
    void this.#run(stream, slug, start.value);
    return ok(undefined);
  }

  /** Heads sent since the start. */
  get heads(): number {
    return this.#heartbeat.beats;
  }

  get present(): number {
    return this.#open.size;
  }

  /** Ends so many that have not ended yet; answers how many. */
  dismiss(count: number): number {
    const present = [...this.#open].filter(({ response }) => !response.writableEnded).slice(0, count);
    for (const { response } of present) response.end();
    return present.length;
  }

  /** Ends all streams: each EventSource comes back by itself, from its last event. */
  close(): void {
    for (const stop of this.#stops) stop();
    for (const { response } of this.#open) response.end();
  }

  async #run(stream: Stream, slug: string, since: Position | null): Promise<void> {
    const { response } = stream;
    try {
      const from = since ?? this.#live.timeline(slug)?.position;
      if (!from) throw new Error(`timeline ${slug} has gone`);
      await catchUp(
        this.#live,
        slug,
        from,
        { most: shared.logChanges, page },
        {
          hold: () => undefined,
          history: (changes) => {
            write(response, changes.map((change) => changeEvent(change, from.epoch)).join(''));
            return drained(response);
          },
          // The head comes last: its id must not run ahead of a change that is not written yet.
          join: (rest, head) => {
            this.#join(slug, stream);
            write(response, rest.map((change) => changeEvent(change, head.epoch)).join('') + headEvent(slug, head));
          },
          reset: (head) => {
            this.#join(slug, stream);
            write(response, resetEvent(head));
          },
        },
      );
    } catch (error) {
      if (!(error instanceof StoreUnavailable) && !response.destroyed) {
        this.#log.error({ err: error, timeline: slug }, 'a stream could not be caught up');
      }
      // Ended, not refused: an EventSource takes an error status for final, but comes back after an end.
      response.end();
    }
  }

  #join(slug: string, stream: Stream): void {
    if (stream.response.destroyed) return;
    const streams = this.#joined.get(slug) ?? new Set();
    this.#joined.set(slug, streams.add(stream));
    this.#heartbeat.begin(slug);
  }

  #part(slug: string, stream: Stream): void {
    const streams = this.#joined.get(slug);
    if (!streams?.delete(stream) || streams.size > 0) return;
    this.#joined.delete(slug);
    this.#heartbeat.end(slug);
  }

  #send(slug: string, eventAt: (head: Position) => string): void {
    const streams = this.#joined.get(slug);
    const head = streams && this.#live.timeline(slug)?.position;
    if (!head) return;
    const bytes = Buffer.from(eventAt(head));
    for (const { response } of streams) write(response, bytes);
  }

  #sweep(): void {
    const now = this.#clock();
    for (const { response, patience } of this.#open) {
      const isFull = response.writableLength > this.#limits.queuedStreamBytes;
      if (!isFull && !patience.isOver(unsentBytes(response.socket), now)) continue;
      this.#admission.dropped['not-reading'] += 1;
      this.#log.info({ closing: 'not-reading', bytes: response.writableLength }, 'a stream was ended');
      response.destroy();
    }
  }
}

/** One that was ended may still be catching up, and stays among the joined until it is closed. */
function write(response: ServerResponse, data: string | Buffer): void {
  if (!response.writableEnded) response.write(data);
}

function drained(response: ServerResponse): Promise<void> {
  if (!response.writableNeedDrain || response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
