import { createHash } from 'node:crypto';
import type { DayEntry, DayView } from '../../shared/day.ts';
import { messagesFor } from '../../shared/i18n/catalogue.ts';
import { headlineOf, plainText } from '../../shared/text.ts';
import type { Timeline } from '../../shared/timeline.ts';
import { archiveSearchMain } from '../../shared/view/archive-search.ts';
import { type CorrectionsPage, correctionsMain } from '../../shared/view/corrections.ts';
import { type DayPage, dayMain } from '../../shared/view/day.ts';
import { daysMain } from '../../shared/view/days.ts';
import { type ErrorStatus, errorMain } from '../../shared/view/error.ts';
import { dayFoot } from '../../shared/view/foot.ts';
import { type KeyPage, keyMain } from '../../shared/view/key-developments.ts';
import { type Assets, type Document, documentShell, type ShareCard, siteName } from '../../shared/view/layout.ts';
import { liteDay } from '../../shared/view/lite.ts';
import { type MapPage, mapMain } from '../../shared/view/map.ts';
import { mastheadOf } from '../../shared/view/masthead.ts';
import { notificationsMain } from '../../shared/view/notifications.ts';
import { offlineMain } from '../../shared/view/offline.ts';
import { type PopularPage, popularMain } from '../../shared/view/popular.ts';
import { type SearchPage, searchMain } from '../../shared/view/search.ts';
import { type TakingPart, takingPart } from '../../shared/view/taking-part.ts';
import { type TimelinePart, timelineParts } from '../../shared/view/timeline-parts.ts';
import { timelinesMain } from '../../shared/view/timelines.ts';
import { type UpdatePage, updateMain } from '../../shared/view/update-page.ts';
import { feedLinks, oembedLink } from './alternates.ts';
import { askedBefore, contextOf, type Frame, inLanguageOf, languageOf, liveData } from './page-frame.ts';
import { dayData, daysData, updateData } from './structured-data.ts';

export interface PagesOptions {
  assets: Assets;
  /** The head of a timeline’s chain of hashes, `position@hash`: every page of it shows the head, for whoever wants to note it. */
  headOf: (slug: string) => string | null;
  /** False where nobody draws share cards: in a copy of files. */
  hasCards: boolean;
}

export interface Page {
  status: number;
  html: string;
  /** CSP source of the style that this page alone has; absent: it has none. */
  styleSource?: string;
}

type OwnFields = Pick<Document, 'title' | 'canonical' | 'main'> &
  Partial<Omit<Document, 'language' | 'messages' | 'masthead' | 'parts'>>;

const descriptionCharacters = 200;

/**
 * The reader’s pages, from objects of the contract to documents; where those come from and how long a page lasts is the
 * caller’s business. Read the timeline before what goes with it: changes between the two are then replayed, not lost.
 */
export class Pages {
  readonly #assets: Assets;
  readonly #origin: string;
  readonly #options: PagesOptions;

  /** `origin` begins what has to be an absolute address. */
  constructor(options: PagesOptions, origin = '') {
    this.#options = options;
    this.#assets = options.assets;
    this.#origin = origin;
  }

  /** The same pages for those who reached us at an origin. */
  at(origin: string): Pages {
    return new Pages(this.#options, origin);
  }

  /** CSP sources of the styles inside pages. */
  get styleSources(): readonly string[] {
    const { css, sheets } = this.#assets;
    return [css, ...Object.values(sheets)].map(styleSource);
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

  /** `changedAt`: when anything of the day last changed in public. */
  day(frame: Frame, { changedAt, ...page }: Omit<DayPage, 'timeline'> & { changedAt: string | null }): Page {
    const { timeline } = frame;
    const { view, latest, continued } = page;
    const context = contextOf(frame, view.date);
    const path = `/${timeline.slug}/day/${view.day}`;
    const title = `${context.messages.dayOf(view.day, timeline.subject)} · ${context.formats.longDate(view.date)}`;
    const card = this.#card(path, title, frame);
    return this.#ofTimeline(frame, latest ? 'latest' : null, {
      title,
      description: dayDescription(view, timeline),
      canonical: path,
      json: `/api/v1/timelines${path.replace('/day/', '/days/')}`,
      kind: 'article',
      modified: changedAt,
      alternates: [oembedLink(this.#origin, path, title)],
      // What follows the first updates of a long day is on the page of that day too, as far as search engines go.
      ...(!continued && { structured: dayData({ ...frame, origin: this.#origin, card }, { view, changedAt }, title) }),
      card,
      lite: `${path}?lite`,
      live: true,
      root: {
        ...liveData(frame, view.position),
        day: view.day,
        date: view.date,
        subject: timeline.subject,
        continued: continued ? '' : null,
      },
      main: dayMain({ timeline, ...page }, context),
      foot: dayFoot(context),
    });
  }

  /** The same day as bare text with links, for networks and machines that bear no more. */
  liteDay(frame: Frame, view: DayView): Page {
    const { timeline } = frame;
    const canonical = `${this.#origin}/${timeline.slug}/day/${view.day}`;
    const html = liteDay(timeline, view, canonical, this.#assets.icon, contextOf(frame, view.date));
    return { status: 200, html: inLanguageOf(frame, html) };
  }

  /** Where the updates of a day happened. */
  map(frame: Frame, page: MapPage): Page {
    const { timeline } = frame;
    const context = contextOf(frame, page.date);
    return this.#ofTimeline(frame, null, {
      title: `${context.messages.map.title} · ${context.messages.dayOf(page.day, timeline.subject)}`,
      canonical: `/${timeline.slug}/day/${page.day}/map`,
      sheets: ['map'],
      main: mapMain(timeline, page, context),
    });
  }

  /** `notFound`: what a reader typed into the field for a day, and is none. */
  days(frame: Frame, days: readonly DayEntry[], notFound: string | null = null): Page {
    const { timeline } = frame;
    const context = contextOf(frame, null);
    return this.#ofTimeline(frame, 'days', {
      title: `${context.messages.allDays} · ${timeline.title}`,
      canonical: `/${timeline.slug}/days`,
      json: `/api/v1/timelines/${timeline.slug}/days`,
      structured: daysData({ ...frame, origin: this.#origin }, days),
      sheets: ['lists'],
      main: daysMain(timeline, days, notFound, context),
    });
  }

  /** `before`: the day before which this page of them begins; null: it is the first. */
  keyDevelopments(frame: Frame, page: KeyPage, before: number | null): Page {
    const { timeline } = frame;
    const context = contextOf(frame, null);
    const more = before === null ? '' : `?before=${before}`;
    return this.#ofTimeline(frame, 'key', {
      title: `${context.messages.columns.key} · ${timeline.title}`,
      canonical: `/${timeline.slug}/key${more}`,
      sheets: ['lists'],
      main: keyMain(timeline, page, context),
    });
  }

  /** `skip`: how many newer ones were passed over. */
  corrections(frame: Frame, page: CorrectionsPage, skip: number): Page {
    const { timeline } = frame;
    const context = contextOf(frame, null);
    return this.#ofTimeline(frame, 'corrections', {
      title: `${context.messages.corrections} · ${timeline.title}`,
      canonical: `/${timeline.slug}/corrections${skip > 0 ? `?after=${skip}` : ''}`,
      sheets: ['lists', 'article'],
      main: correctionsMain(timeline, page, context),
    });
  }

  update(frame: Frame, page: UpdatePage, part: TakingPart): Page {
    const { timeline } = frame;
    const { update } = page;
    const context = contextOf(frame, null);
    const title = `${headlineOf(update)} · ${timeline.title}`;
    const card = this.#card(update.url, title, frame);
    return this.#ofTimeline(frame, null, {
      title,
      description: shorten(plainText(update.body)) || headlineOf(update),
      canonical: update.url,
      json: `/api/v1/timelines/${timeline.slug}/updates/${update.id}`,
      kind: 'article',
      modified: update.revisedAt ?? update.publishedAt,
      alternates: [oembedLink(this.#origin, update.url, headlineOf(update))],
      ...(update.status === 'published' && {
        structured: updateData({ ...frame, origin: this.#origin, card }, update),
      }),
      card,
      live: true,
      root: { ...liveData(frame, timeline.position), update: update.id },
      sheets: ['article', 'forms'],
      main: updateMain(timeline, page, { ...context, icon: this.#assets.icon }),
      aside: takingPart(update, part, context),
      foot: dayFoot(context),
    });
  }

  popular(frame: Frame, page: PopularPage): Page {
    const { timeline } = frame;
    const context = contextOf(frame, null);
    return this.#ofTimeline(frame, 'popular', {
      title: `${context.messages.takingPart.mostRead} · ${timeline.title}`,
      canonical: `/${timeline.slug}/popular`,
      sheets: ['forms'],
      main: popularMain(timeline, page, context),
    });
  }

  search(frame: Frame, page: SearchPage): Page {
    const { timeline } = frame;
    const context = contextOf(frame, null);
    return this.#ofTimeline(frame, 'search', {
      title: `${context.messages.search.title} · ${timeline.title}`,
      canonical: page.found === null && !page.faulty ? `/${timeline.slug}/search` : null,
      sheets: ['forms'],
      main: searchMain(timeline, page, context),
    });
  }

  /** The search of a static copy of a timeline. */
  archiveSearch(frame: Frame): Page {
    const { timeline } = frame;
    const context = contextOf(frame, null);
    return this.#ofTimeline(frame, 'search', {
      title: `${context.messages.archive.search} · ${timeline.title}`,
      canonical: `/${timeline.slug}/search`,
      sheets: ['lists'],
      main: archiveSearchMain(timeline, context),
    });
  }

  /** Where a reader asks to be told key developments. */
  notifications(frame: Frame): Page {
    const { timeline } = frame;
    const context = contextOf(frame, null);
    return this.#ofTimeline(frame, null, {
      title: `${context.messages.notifications.title} · ${timeline.title}`,
      canonical: `/${timeline.slug}/notifications`,
      sheets: ['forms'],
      script: 'notifications',
      root: { timeline: timeline.slug },
      main: notificationsMain(timeline, context),
    });
  }

  /** What the worker of the reader’s pages shows in place of one that it can’t have, and the words with which it dates copies. */
  offline(language: string): Page {
    const messages = messagesFor(language);
    return this.#page(200, {
      language: messages.tag,
      messages,
      title: `${messages.offline.title} · ${siteName}`,
      description: messages.offline.text,
      canonical: null,
      kind: 'website',
      live: false,
      sheets: ['lists'],
      root: { 'copy-of': messages.offline.copyOf('*') },
      main: offlineMain(messages),
    });
  }

  /** `timeline`: the one whose address was asked for, where there is one. `wished`: a language, if there is such. */
  error(status: ErrorStatus, timeline: Pick<Timeline, 'slug' | 'title' | 'language'> | null, wished?: string): Page {
    const language = languageOf(wished, timeline?.language ?? 'en');
    const messages = messagesFor(language);
    const back = timeline
      ? { href: `/${timeline.slug}`, text: timeline.title }
      : { href: '/', text: messages.timelines };
    const { title, text } = messages.errors[status];
    const page = this.#page(status, {
      language,
      messages,
      title: `${title} · ${siteName}`,
      description: text,
      canonical: null,
      kind: 'website',
      live: false,
      root: {},
      sheets: ['lists'],
      main: errorMain(status, back, messages),
    });
    return timeline ? { ...page, html: inLanguageOf({ timeline, language }, page.html) } : page;
  }

  /** A page of a timeline; `part`: which of its parts, if it is one. What is not said is what most of them have. */
  #ofTimeline(frame: Frame, part: TimelinePart | null, own: OwnFields): Page {
    const { timeline, settings, language } = frame;
    const messages = messagesFor(language);
    const page = this.#page(200, {
      language,
      messages,
      description: timeline.description || timeline.title,
      kind: 'website',
      live: false,
      ...own,
      alternates: [...feedLinks(this.#origin, timeline.slug, timeline.title, messages), ...(own.alternates ?? [])],
      root: { position: timeline.position, ...own.root, head: this.#options.headOf(timeline.slug) },
      masthead: mastheadOf(settings.appearance),
      app: `/${timeline.slug}/manifest.webmanifest`,
      parts: timelineParts(timeline.slug, part, messages),
      languages: { asked: askedBefore(frame) },
    });
    return { ...page, html: inLanguageOf(frame, page.html) };
  }

  /** Its address is another one after each change: those who keep such pictures for long ask for it anew. */
  #card(path: string, alt: string, { timeline }: Frame): ShareCard | null {
    const version = encodeURIComponent(timeline.position);
    return this.#options.hasCards ? { href: `${this.#origin}${path}/card.png?v=${version}`, alt } : null;
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
