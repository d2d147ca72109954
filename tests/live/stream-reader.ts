import { get, type IncomingMessage } from 'node:http';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { whenDone } from './support.ts';

export interface StreamReader {
  response: IncomingMessage;
  events: EventSourceMessage[];
  /** `event id` of each. */
  told(): string[];
  retryMs(): number | null;
  ended: Promise<void>;
  leave(): void;
}

/** Reads a stream as an EventSource would; `headers` may name the last event. */
export function readStream(url: string, query = '', headers: Record<string, string> = {}): Promise<StreamReader> {
  return new Promise((resolve, reject) => {
    const request = get(`${url}/api/v1/timelines/gaza/stream${query}`, { headers, agent: false });
    whenDone(() => void request.destroy());
    request.once('error', reject);
    request.once('response', (response) => {
      const events: EventSourceMessage[] = [];
      let retryMs: number | null = null;
      const parser = createParser({
        onEvent: (event) => events.push(event),
        onRetry: (ms) => {
          retryMs = ms;
        },
      });
      response.setEncoding('utf8').on('data', (text: string) => parser.feed(text));
      request.off('error', reject).on('error', () => undefined);
      resolve({
        response,
        events,
        told: () => events.map(({ event, id }) => `${event} ${id}`),
        retryMs: () => retryMs,
        ended: new Promise((done) => response.once('close', done)),
        leave: () => request.destroy(),
      });
    });
  });
}
