import { formatPosition, type Position } from '../../shared/position.ts';
import { nextMidnight, today } from '../domain/zone.ts';
import type { StoredTimeline } from '../store/store.ts';

/** A version as it was told last, for as long as it holds. */
interface Told {
  position: Position;
  timeZone: string;
  date: string;
  /** The date holds in [from, until), ms. */
  from: number;
  until: number;
  text: string;
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
  readonly #told = new Map<string, Told>();

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

  #version({ record: { slug, timeZone }, position }: StoredTimeline): string {
    const now = this.#clock();
    const told = this.#told.get(slug);
    const isSameDay = told?.timeZone === timeZone && now >= told.from && now < told.until;
    // A position is never written to: another one is another object.
    if (isSameDay && told.position === position) return told.text;
    const { date, from, until } = isSameDay ? told : dayAt(now, timeZone);
    const text = `${formatPosition(position)}@${date}`;
    this.#told.set(slug, { position, timeZone, date, from, until, text });
    return text;
  }
}

const dayAt = (now: number, timeZone: string): Pick<Told, 'date' | 'from' | 'until'> => ({
  date: today(now, timeZone),
  from: now,
  until: nextMidnight(now, timeZone),
});
