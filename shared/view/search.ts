import { isKeyDevelopment } from '../day.ts';
import { limits } from '../limits.ts';
import { headlineOf } from '../text.ts';
import type { Timeline } from '../timeline.ts';
import type { Update } from '../update.ts';
import { languageAttributes, type PageContext } from './context.ts';
import { formField, languageField } from './form-field.ts';
import { type Html, html } from './html.ts';
import { zoneOfUpdates } from './times-line.ts';
import { eventTime } from './update.ts';

/** A piece of a field, with the places in it that were looked for. */
export interface Marked {
  field: string;
  text: string;
  marks: readonly (readonly [start: number, end: number])[];
}

export interface SearchPage {
  asked: { q: string; from: string; to: string; key: boolean; tag: string };
  /** null: nothing was asked for yet, or it can’t be read (`faulty`). */
  found: {
    hits: readonly { update: Update; highlights: readonly Marked[] }[];
    total: number;
    more: string | null;
  } | null;
  faulty: boolean;
}

/** The form, and below it what was found, newest event first. */
export function searchMain(timeline: Timeline, { asked, found, faulty }: SearchPage, context: PageContext): Html {
  const { messages } = context;
  return html`
    <main>
      <header class="day">
        <p class="war"><a href="/${timeline.slug}">${timeline.title}</a></p>
        <h1><span class="number">${messages.search.title}</span></h1>
      </header>
      ${searchForm(timeline, asked, context)}
      ${faulty && html`<p class="fault" role="alert">${messages.search.faulty}</p>`}
      ${found && html`<p class="state" role="status">${found.total === 0 ? messages.search.none : messages.search.found(found.total)}</p>`}
      ${
        found &&
        zoneOfUpdates(
          found.hits.map(({ update }) => update),
          context,
        )
      }
      ${found && found.hits.length > 0 && html`<ol class="hits">${found.hits.map(({ update, highlights }) => hit(update, highlights, context))}</ol>`}
      ${found?.more && html`<p class="more"><a href="${addressOf(timeline.slug, asked, found.more)}">${messages.search.more}</a></p>`}
    </main>`;
}

function searchForm(timeline: Timeline, asked: SearchPage['asked'], { language, messages }: PageContext): Html {
  const { search } = messages;
  const date = (name: 'from' | 'to', label: string) =>
    formField({ id: `search-${name}`, name, label, value: asked[name], kind: 'date' });
  return html`
    <form class="ask" role="search" action="/${timeline.slug}/search">
      ${languageField(language, timeline)}
      ${formField({ id: 'search-q', name: 'q', label: search.words, value: asked.q, kind: 'search', most: limits.questionCharacters, hint: search.hint })}
      <div class="row">
        ${date('from', search.from)}
        ${date('to', search.to)}
        ${formField({ id: 'search-tag', name: 'tag', label: search.tag, value: asked.tag, kind: 'text', most: limits.tagCharacters })}
      </div>
      <div class="row">
        <label class="check"><input type="checkbox" name="key" value="1"${asked.key && html` checked`}> ${search.keyOnly}</label>
        <button>${search.title}</button>
      </div>
    </form>`;
}

function hit(update: Update, highlights: readonly Marked[], context: PageContext): Html {
  const { messages } = context;
  const title = highlights.find(({ field }) => field === 'headline');
  const others = highlights.filter(({ field }) => field !== 'headline');
  const language = languageAttributes(update.language, context);
  return html`
    <li>
      <p class="fine"><time datetime="${update.occurredAt}">${eventTime(update, context)}</time> · ${messages.day(update.day)}${isKeyDevelopment(update) && html` · <b>${messages.keyDevelopment}</b>`}${update.retraction && html` · <b>${messages.search.retracted}</b>`}</p>
      <h2${language}><a href="${update.url}">${title ? markedText(title) : headlineOf(update)}</a></h2>
      ${others.map((piece) => html`<p${language}>${markedText(piece)}</p>`)}
    </li>`;
}

/** The text with its places marked; all of it is escaped, whatever it looks like. */
function markedText({ text, marks }: Marked): Html {
  let at = 0;
  const pieces = marks.map(([start, end]) => {
    const piece = html`${text.slice(at, start)}<mark>${text.slice(start, end)}</mark>`;
    at = end;
    return piece;
  });
  return html`${pieces}${text.slice(at)}`;
}

function addressOf(slug: string, { q, from, to, key, tag }: SearchPage['asked'], after: string): string {
  const asked = Object.entries({ q, from, to, key: key ? '1' : '', tag, after }).filter(([, value]) => value !== '');
  return `/${slug}/search?${asked.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}
