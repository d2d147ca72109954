import type { Change } from '../../../../shared/change.ts';
import type { DayView } from '../../../../shared/day.ts';
import { applyToDay } from '../../../../shared/fold.ts';
import type { Update } from '../../../../shared/update.ts';
import { compareOnPage } from '../../../../shared/view/day.ts';
import { type FollowState, follow } from '../../../feed/follow.ts';
import { get, type Refusal } from '../../api.ts';

export interface LiveDayState {
  view: DayView | null;
  problem: Refusal | null;
  connection: FollowState;
}

export interface LiveDayParts {
  slug: string;
  day: number;
  /** What the automatic summary of the day is called. */
  title: string;
  onState: (state: LiveDayState) => void;
  onChange: (change: Change) => void;
}

const againMs = 3_000;

/** One conflict day as the reader’s page has it: read once, then kept up by the log, by the same rules (shared/fold.ts). */
export class LiveDay {
  readonly #parts: LiveDayParts;
  #state: LiveDayState = { view: null, problem: null, connection: 'catching-up' };
  #feed: { stop: () => void } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;

  constructor(parts: LiveDayParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const view = await this.#read();
    if (this.#isStopped) return;
    if (!view) {
      this.#timer = setTimeout(() => void this.start(), againMs);
      return;
    }
    this.#feed = follow({
      url: location.href,
      timeline: this.#parts.slug,
      since: view.position,
      onChange: (change) => this.#take(change),
      onReset: async () => {
        const again = await this.#read();
        if (!again) throw new Error('the day cannot be read now');
        return again.position;
      },
      onState: (connection) => this.#tell({ connection }),
    });
  }

  /** Adds the next part of a long day. */
  async more(): Promise<void> {
    const { view } = this.#state;
    if (!view?.more) return;
    const { slug, day } = this.#parts;
    const answer = await get<DayView>(`/timelines/${slug}/days/${day}?after=${encodeURIComponent(view.more)}`);
    const now = this.#state.view;
    if (!answer.ok || !now) return;
    const known = new Set(now.updates.map(({ id }) => id));
    const added = answer.body.updates.filter(({ id }) => !known.has(id));
    this.#tell({ view: { ...now, updates: [...now.updates, ...added], more: answer.body.more } });
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#feed?.stop();
  }

  async #read(): Promise<DayView | null> {
    const { slug, day } = this.#parts;
    const answer = await get<DayView>(`/timelines/${slug}/days/${day}`);
    if (this.#isStopped) return null;
    if (answer.ok) this.#tell({ view: answer.body, problem: null });
    else this.#tell({ problem: answer.problem });
    return answer.ok ? answer.body : null;
  }

  #take(change: Change): void {
    const { view } = this.#state;
    if (view) this.#tell({ view: applyToDay(view, change, this.#parts.title) });
    this.#parts.onChange(change);
  }

  #tell(change: Partial<LiveDayState>): void {
    this.#state = { ...this.#state, ...change };
    if (!this.#isStopped) this.#parts.onState(this.#state);
  }
}

/** In the order of the reader’s page. */
export const onPage = (view: DayView): Update[] => [...view.updates].sort(compareOnPage);
