import { createParser } from 'eventsource-parser';

/** What a browser’s EventSource does of what the feed needs: Node 20 has none. It does not come back by itself. */
export class TestEventSource extends EventTarget {
  readonly #leaving = new AbortController();

  constructor(url: string) {
    super();
    this.#read(url).then(
      () => this.#fail(),
      () => this.#fail(),
    );
  }

  close(): void {
    this.#leaving.abort();
  }

  async #read(url: string): Promise<void> {
    const response = await fetch(url, { headers: { Accept: 'text/event-stream' }, signal: this.#leaving.signal });
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    const parser = createParser({
      onEvent: ({ event = 'message', data, id = '' }) =>
        this.dispatchEvent(new MessageEvent(event, { data, lastEventId: id })),
    });
    const decoder = new TextDecoder();
    for await (const bytes of response.body) parser.feed(decoder.decode(bytes as Uint8Array, { stream: true }));
  }

  #fail(): void {
    if (!this.#leaving.signal.aborted) this.dispatchEvent(new Event('error'));
  }
}
