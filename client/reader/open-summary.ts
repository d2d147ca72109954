import { automaticSections, type SummarySource } from '../../shared/automatic-summary.ts';
import type { Section, Summary } from '../../shared/summary.ts';
import type { ViewContext } from '../../shared/view/context.ts';
import { citation, outdatedNote, summarySection } from '../../shared/view/summary.ts';
import type { Announcer } from './announcer.ts';
import { articleOf, elementOf, find } from './dom.ts';
import { occurredAtOf } from './page-order.ts';

export interface OpenSummaryParts {
  day: number;
  subject: string;
  continued: boolean;
  context: ViewContext;
  announcer: Announcer;
  /** Called before the summary is changed. */
  touching(): void;
}

/** The summary on the open page. An automatic one has no changes of its own: it follows from the updates, here as there. */
export class OpenSummary {
  readonly #parts: OpenSummaryParts;
  readonly #touched = new Set<string>();

  constructor(parts: OpenSummaryParts) {
    this.#parts = parts;
  }

  /** An update was shown, revised or taken away. */
  touched(id: string): void {
    this.#touched.add(id);
  }

  /** An editor has written one, or taken it back. */
  replace(summary: Summary): void {
    const { announcer, context, continued } = this.#parts;
    this.#touched.clear();
    if (continued) return;
    this.#put(summary);
    announcer.say(context.messages.announce.summary);
  }

  /** Brings it in line with the updates that were touched. True: what it needs is not on this page. */
  follow(): boolean {
    const ids = [...this.#touched];
    this.#touched.clear();
    if (ids.length === 0 || this.#parts.continued) return false;
    const shown = find('#summary');
    if (shown && !('automatic' in shown.dataset)) return this.#markOutdated(ids, shown);
    if (!ids.some((id) => concerns(id, shown))) return false;
    const sections = automaticSections(sourcesOnPage(this.#parts.context.language));
    if (pointsOf(sections) === pointsShown(shown)) return false;
    if (find('.more')) return true;
    const { day, subject, context } = this.#parts;
    const title = context.messages.summaryTitle(day, subject);
    const rest = { timeline: context.slug, day, date: context.date ?? '', outdated: [], revision: 0, revisedAt: null };
    this.#put({ ...rest, title, automatic: true, sections });
    return false;
  }

  #put(summary: Summary): void {
    const shown = find('#summary');
    this.#parts.touching();
    shown?.remove();
    if (summary.automatic && summary.sections.length === 0) return;
    find('#updates')?.before(elementOf(summarySection(summary, timeOnPage, this.#parts.context)));
  }

  #markOutdated(ids: string[], shown: HTMLElement): false {
    const { context, touching } = this.#parts;
    for (const id of ids) {
      for (const cite of shown.querySelectorAll(`.cite[href*="${CSS.escape(id)}"]`)) {
        touching();
        const point = cite.parentElement;
        if (point && !find('.fine', point)) point.append(elementOf(outdatedNote(context)));
        cite.replaceWith(elementOf(citation(id, timeOnPage(id), context)));
      }
    }
    return false;
  }
}

/** An automatic summary is made of key developments: of an update that is none, and was none, it says nothing. */
const concerns = (id: string, shown: HTMLElement | null): boolean =>
  articleOf(id)?.matches('.key') === true || (shown !== null && find(`[href*="${CSS.escape(id)}"]`, shown) !== null);

function timeOnPage(id: string): string | null {
  const article = articleOf(id);
  return (article && find('time', article)?.textContent) ?? null;
}

/** The key developments on the page, newest first; pinned ones stand first there, but not here. */
function sourcesOnPage(language: string): SummarySource[] {
  const articles = [...document.querySelectorAll<HTMLElement>('article.key')];
  articles.sort((a, b) => (occurredAtOf(a) < occurredAtOf(b) ? 1 : occurredAtOf(a) > occurredAtOf(b) ? -1 : 0));
  return articles.map((article) => ({
    id: article.id.slice(2),
    headline: find(':scope > h3:not(.at)', article)?.textContent ?? '',
    body: find('.body', article)?.innerHTML ?? '',
    language: find('.body', article)?.lang || language,
    key: true,
    status: 'published',
  }));
}

const pointsOf = (sections: Section[]): string =>
  sections.flatMap(({ points }) => points.map(({ text, updates }) => `${updates[0]} ${text}`)).join('\n');

const pointsShown = (shown: HTMLElement | null): string =>
  [...(shown?.querySelectorAll<HTMLAnchorElement>('li a') ?? [])]
    .map((link) => `${/(?:#u-|\/updates\/)(\w+)/.exec(link.href)?.[1]} ${link.textContent}`)
    .join('\n');
