import { formatPosition } from '../../shared/position.ts';
import { nextMidnight, today } from '../domain/zone.ts';
import type { StoredTimeline } from '../store/store.ts';

interface LocalDay {
  date: string;
  /** The date holds in [from, until), ms. */
  from: number;
  until: number;
}

interface Timelines {
  timeline(slug: string): StoredTimeline | null;
  timelines(): StoredTimeline[];
}

/**
 * Which version of a timeline is the present one: its position, and the date that it is there. Any change and any local
 * midnight makes another version; nothing else can change what is shown. Asked at every request, so midnights are
 * looked up once a day, and nothing here asks the store.
 */
export class Versions {
  readonly #live: Timelines;
  readonly #clock: () => number;
  readonly #days = new Map<string, LocalDay>();

  constructor(live: Timelines, clock: () => number) {
    this.#live = live;
    this.#clock = clock;
  }

  /** The version of one timeline; `none` while there is no such timeline. */
  of(slug: string): string {
    const timeline = this.#live.timeline(slug);
    return timeline ? this.#version(timeline) : 'none';
  }

  /** The version of everything that speaks of all timelines. */
  ofAll(): string {
    return this.#live
      .timelines()
      .map((timeline) => `${timeline.record.slug} ${this.#version(timeline)}`)
      .join(' ');
  }

  #version({ record, position }: StoredTimeline): string {
    return `${formatPosition(position)}@${this.#localDate(record.timeZone)}`;
  }

  #localDate(timeZone: string): string {
    const now = this.#clock();
    const known = this.#days.get(timeZone);
    if (known && now >= known.from && now < known.until) return known.date;
    const day = { date: today(now, timeZone), from: now, until: nextMidnight(now, timeZone) };
    this.#days.set(timeZone, day);
    return day.date;
  }
}
