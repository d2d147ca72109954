import type { Change } from '../../shared/change.ts';
import { savesData } from '../feed/saves-data.ts';
import type { Tiding } from '../offline/tidings.ts';

/** An open page whose day goes on is fetched for its copy this often at the most. */
const renewMs = 10 * 60_000;

/** The worker that keeps copies of visited pages, told by the open page what it has to know. */
export class Copies {
  readonly #timeline: string;
  #renewedAt = performance.now();

  constructor(timeline: string) {
    this.#timeline = timeline;
    document.addEventListener('visibilitychange', () => document.hidden && this.#keep());
    void navigator.serviceWorker.register('/sw.js').catch(console.warn);
  }

  /** The page stands at the head of the log. */
  live(): void {
    this.#tell({ kind: 'live', timeline: this.#timeline, thrifty: savesData() });
    this.#keep();
  }

  /** The page has taken changes. */
  took(changes: readonly Change[]): void {
    const touched = changes.flatMap((change) => {
      if (change.type === 'update.removed') return [{ id: change.id, seq: change.seq, removed: true }];
      if (change.type !== 'update.revised' && change.type !== 'update.retracted') return [];
      return [{ id: change.update.id, seq: change.seq, removed: false }];
    });
    if (touched.length > 0) this.#tell({ kind: 'touched', timeline: this.#timeline, touched, thrifty: savesData() });
    if (!savesData() && performance.now() - this.#renewedAt > renewMs) this.#keep();
  }

  #keep(): void {
    const { lang, dataset } = document.documentElement;
    // A page that is itself a copy stands at the head of nothing.
    if (dataset['copy'] !== undefined || dataset['position'] === undefined) return;
    this.#renewedAt = performance.now();
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    this.#tell({
      kind: 'open',
      address: location.href,
      position: dataset['position'],
      language: lang,
      assets: loaded.filter((name) => new URL(name).pathname.startsWith('/assets/')),
    });
  }

  #tell(tiding: Tiding): void {
    navigator.serviceWorker.ready.then(({ active }) => active?.postMessage(tiding), console.warn);
  }
}
