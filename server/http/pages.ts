import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DayEntry, DayView } from '../../shared/day.ts';
import { messagesFor } from '../../shared/i18n/catalogue.ts';
import { formats } from '../../shared/i18n/format.ts';
import type { Appearance } from '../../shared/settings.ts';
import { headlineOf, plainText } from '../../shared/text.ts';
import type { Timeline } from '../../shared/timeline.ts';
import type { Update } from '../../shared/update.ts';
import type { PageContext } from '../../shared/view/context.ts';
import { type DayPage, dayMain } from '../../shared/view/day.ts';
import { daysMain } from '../../shared/view/days.ts';
import { type ErrorStatus, errorMain } from '../../shared/view/error.ts';
import { dayFoot } from '../../shared/view/foot.ts';
import {
  type Assets,
  type Document,
  documentShell,
  type SheetName,
  sheetNames,
  siteName,
} from '../../shared/view/layout.ts';
import { mastheadOf } from '../../shared/view/masthead.ts';
import { timelinesMain } from '../../shared/view/timelines.ts';
import { updateMain } from '../../shared/view/update-page.ts';

export interface PagesOptions {
  assets: Assets;
  /** Begins canonical addresses; null where nobody said: then they are paths. */
  publicUrl: string | null;
  /** The head of a timeline’s chain of hashes, `position@hash`: every page of it shows the head, for whoever wants to note it. */
  headOf: (slug: string) => string | null;
}

export interface Page {
  status: number;
  html: string;
  /** CSP source of the style that this page alone has; absent: it has none. */
  styleSource?: string;
}

const descriptionCharacters = 200;

const manifestSchema = z.record(z.string(), z.object({ file: z.string() }));

/** Reads what `vite build` made. Throws where the build is missing: a server without its pages must not start. */
export function readAssets(publicFolder: string): Assets {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(publicFolder, 'manifest.json'), 'utf8')));
  const file = (source: string): string => {
    const entry = manifest[source];
    if (!entry) throw new Error(`${publicFolder}/manifest.json does not name ${source}`);
    return entry.file;
  };
  const style = (source: string): string => readFileSync(join(publicFolder, file(source)), 'utf8').trim();
  const sheets = sheetNames.map((name) => [name, style(`client/reader/sheets/${name}.css`)]);
  return {
    css: style('client/reader/reader.css'),
    sheets: Object.fromEntries(sheets) as Record<SheetName, string>,
    script: `/${file('client/reader/reader.ts')}`,
    icon: `/${file('client/reader/icon.svg')}`,
  };
}

/**
 * The reader’s pages, from objects of the contract to documents; where those come from and how long a page lasts is the
 * caller’s business. Read the timeline before what goes with it: changes between the two are then replayed, not lost.
 */
export class Pages {
  readonly #assets: Assets;
  readonly #origin: string;
  readonly #headOf: PagesOptions['headOf'];
  /** CSP sources of the styles inside pages. */
  readonly styleSources: readonly string[];

  constructor({ assets, publicUrl, headOf }: PagesOptions) {
    this.#headOf = headOf;
    this.#assets = assets;
    this.#origin = publicUrl === null ? '' : new URL(publicUrl).origin;
    this.styleSources = [assets.css, ...Object.values(assets.sheets)].map(styleSource);
  }

  index(timelines: readonly Timeline[]): Page {
    const languages = new Set(timelines.map(({ language }) => language));
    const language = languages.size === 1 ? ([...languages][0] ?? 'en') : 'en';
    const messages = messagesFor(language);
    const listed = timelines.map((timeline) => ({ timeline, messages: messagesFor(timeline.language) }));
    return this.#page(200, {
      language,
      messages,
      title: `${siteName} · ${messages.tagline}`,
      description: timelines.map(({ title }) => title).join(' · ') || messages.tagline,
      canonical: '/',
      json: '/api/v1/timelines',
      kind: 'website',
      live: false,
      root: {},
      sheets: ['lists'],
      main: timelinesMain(listed, messages, language),
    });
  }

  day(page: DayPage, appearance: Appearance): Page {
    const { timeline, view, continued } = page;
    const context = contextOf(timeline, view.date);
    const path = `/${timeline.slug}/day/${view.day}`;
    return this.#page(200, {
      language: timeline.language,
      messages: context.messages,
      title: `${context.messages.dayOf(view.day, timeline.subject)} · ${context.formats.longDate(view.date)}`,
      description: dayDescription(view, timeline),
      canonical: path,
      json: `/api/v1/timelines${path.replace('/day/', '/days/')}`,
      kind: 'article',
      live: true,
      root: {
        ...liveData(timeline, view.position),
        head: this.#headOf(timeline.slug),
        day: view.day,
        date: view.date,
        subject: timeline.subject,
        continued: continued ? '' : null,
      },
      masthead: mastheadOf(appearance),
      main: dayMain(page, context),
      foot: dayFoot(context),
    });
  }

  days(timeline: Timeline, days: readonly DayEntry[], appearance: Appearance): Page {
    const context = contextOf(timeline, null);
    const { messages } = context;
    return this.#page(200, {
      language: timeline.language,
      messages,
      title: `${messages.allDays} · ${timeline.title}`,
      description: timeline.description || timeline.title,
      canonical: `/${timeline.slug}/days`,
      json: `/api/v1/timelines/${timeline.slug}/days`,
      kind: 'website',
      root: { position: timeline.position, head: this.#headOf(timeline.slug) },
      live: false,
      sheets: ['lists'],
      masthead: mastheadOf(appearance),
      main: daysMain(timeline, days, context),
    });
  }

  update(timeline: Timeline, update: Update, appearance: Appearance): Page {
    const context = contextOf(timeline, null);
    return this.#page(200, {
      language: timeline.language,
      messages: context.messages,
      title: `${headlineOf(update)} · ${timeline.title}`,
      description: shorten(plainText(update.body)) || headlineOf(update),
      canonical: update.url,
      json: `/api/v1/timelines/${timeline.slug}/updates/${update.id}`,
      kind: 'article',
      live: true,
      root: { ...liveData(timeline, timeline.position), head: this.#headOf(timeline.slug), update: update.id },
      masthead: mastheadOf(appearance),
      main: updateMain(timeline, update, context),
      foot: dayFoot(context),
    });
  }

  /** `timeline`: the one whose address was asked for, where there is one. */
  error(status: ErrorStatus, timeline: Pick<Timeline, 'slug' | 'title' | 'language'> | null): Page {
    const language = timeline?.language ?? 'en';
    const messages = messagesFor(language);
    const back = timeline
      ? { href: `/${timeline.slug}`, text: timeline.title }
      : { href: '/', text: messages.timelines };
    const { title, text } = messages.errors[status];
    return this.#page(status, {
      language,
      messages,
      title: `${title} · ${siteName}`,
      description: text,
      canonical: null,
      kind: 'website',
      live: false,
      root: {},
      main: errorMain(status, back, messages),
    });
  }

  #page(status: number, page: Document): Page {
    const canonical = page.canonical === null ? null : this.#origin + page.canonical;
    const style = page.masthead?.style ?? null;
    return {
      status,
      html: documentShell({ ...page, canonical }, this.#assets),
      ...(style === null ? {} : { styleSource: styleSource(style) }),
    };
  }
}

/** How a style inside a page is named in the page’s policy. */
const styleSource = (style: string): string => `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

function contextOf({ slug, language, timeZone }: Timeline, date: string | null): PageContext {
  return { slug, language, date, messages: messagesFor(language), formats: formats(language, timeZone) };
}

/** What the live script needs to know of the timeline. `today`: the date at which it will grow by itself; an ended one won’t. */
function liveData(timeline: Timeline, position: string): Record<string, string | null> {
  const { slug, timeZone, today, status, endedOn } = timeline;
  const ended = status === 'ended' || (endedOn !== null && endedOn <= today.date);
  return { position, timeline: slug, zone: timeZone, today: ended ? null : today.date };
}

/** The first points of the day, for search engines and link previews. */
function dayDescription({ summary, updates }: DayView, timeline: Timeline): string {
  const points = summary?.sections.flatMap((section) => section.points.map((point) => point.text)) ?? [];
  const texts =
    points.length > 0
      ? points
      : updates
          .filter(({ retraction }) => !retraction)
          .slice(0, 3)
          .map(headlineOf);
  return shorten(texts.slice(0, 3).join(' · ')) || timeline.description || timeline.title;
}

function shorten(text: string): string {
  return text.length > descriptionCharacters ? `${text.slice(0, descriptionCharacters - 1).trimEnd()}…` : text;
}
