import { isDeepStrictEqual } from 'node:util';
import { type FollowState, follow, type Surroundings } from '../../../client/feed/follow.ts';
import type { Change } from '../../../shared/change.ts';
import type { DayView } from '../../../shared/day.ts';
import { applyToDay } from '../../../shared/fold.ts';
import type { Update } from '../../../shared/update.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { Client } from './client.ts';

/** The day that readers have open: all posts of these tests lie in it. */
const day = 1;

/** A reader with a day’s page open: the page’s own following and folding, without its HTML. */
export class Reader {
  readonly #client: Client;
  readonly #path: string;
  #view: DayView;
  #stop: () => void = () => undefined;
  resets = 0;
  changes = 0;
  readonly states: FollowState[] = [];
  /** What must never happen: a change told twice, or out of order. */
  readonly faults: string[] = [];

  /** Opens the page; `origin` is where it follows, `client` what it fetches with. */
  static async open(client: Client, origin: string, slug: string, around: Partial<Surroundings> = {}): Promise<Reader> {
    const path = `/api/v1/timelines/${slug}/days/${day}?limit=1000`;
    const reader = new Reader(client, path, await client.read<DayView>(path));
    reader.#follow(origin, slug, around);
    return reader;
  }

  private constructor(client: Client, path: string, view: DayView) {
    this.#client = client;
    this.#path = path;
    this.#view = view;
  }

  get position(): string {
    return this.#view.position;
  }

  get state(): FollowState | undefined {
    return this.states.at(-1);
  }

  get timesLive(): number {
    return this.states.filter((state) => state === 'live').length;
  }

  /** Resolves when it stands where the server does; how long that took, ms. */
  async caughtUp(head: string, withinMs: number): Promise<number> {
    const begun = performance.now();
    await waitFor(() => this.position === head, `a reader to reach ${head}`, { withinMs, everyMs: 10 }).catch(
      (error) => {
        throw new Error(`${error}; it is at ${this.position}, ${this.state}`);
      },
    );
    return Math.round(performance.now() - begun);
  }

  /** Compares what the reader sees with the page as it is fetched now. */
  async compare(fresh: Client): Promise<string[]> {
    const now = await fresh.read<DayView>(this.#path);
    // Written and read once more: what fetch has parsed has another realm’s prototypes under jest.
    const seen = JSON.parse(JSON.stringify(this.#view)) as DayView;
    const differing = Object.keys(now).filter(
      (name) => name !== 'summary' && !isDeepStrictEqual(now[name as keyof DayView], seen[name as keyof DayView]),
    );
    if (differing.length === 0) return this.faults;
    return [...this.faults, `a reader differs from the page in ${differing.join()}: ${difference(seen, now)}`];
  }

  close(): void {
    this.#stop();
  }

  #follow(origin: string, slug: string, around: Partial<Surroundings>): void {
    const { stop } = follow({
      url: origin,
      timeline: slug,
      since: this.#view.position,
      onChange: (change) => this.#take(change),
      onReset: () => this.#reload(),
      onState: (state) => this.states.push(state),
      with: around,
    });
    this.#stop = stop;
  }

  #take(change: Change): void {
    const expected = Number(this.#view.position.split(':')[1]) + 1;
    if (change.seq !== expected) this.faults.push(`a reader was told ${change.seq} in place of ${expected}`);
    this.#view = applyToDay(this.#view, change, '');
    this.changes += 1;
  }

  async #reload(): Promise<string> {
    this.resets += 1;
    this.#view = await this.#client.read<DayView>(this.#path);
    return this.#view.position;
  }
}

/** What a person wants to know first. (The summary is left out: the title of an automatic one is the page’s business.) */
function difference(seen: DayView, now: DayView): string {
  const at = now.updates.findIndex((update, i) => !isDeepStrictEqual(update, seen.updates[i]));
  const { updates: _, summary: _s, ...rest } = seen;
  const { updates: __, summary: __s, ...restNow } = now;
  if (at < 0) return `${JSON.stringify(rest)} in place of ${JSON.stringify(restNow)}`;
  const [there, here] = [now.updates[at], seen.updates[at]];
  const places = `${seen.updates.length} updates in place of ${now.updates.length}, first at ${at}`;
  const fields = Object.keys({ ...there, ...here }) as (keyof Update)[];
  const values = fields.flatMap((name) =>
    isDeepStrictEqual(there?.[name], here?.[name])
      ? []
      : [`${name} ${brief(here?.[name])} in place of ${brief(there?.[name])}`],
  );
  return `${places}: ${values.join(', ')}`;
}

const brief = (value: unknown): string => `${JSON.stringify(value)}`.slice(0, 80);
