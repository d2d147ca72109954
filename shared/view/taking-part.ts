import { limits } from '../limits.ts';
import { type Reply, reportCategories } from '../reply.ts';
import { headlineOf } from '../text.ts';
import type { Update } from '../update.ts';
import { languageAttributes, moment, type PageContext } from './context.ts';
import { formField } from './form-field.ts';
import { type Html, html } from './html.ts';

/** What was sent with a form and could not be taken: shown again with its faults, so that nobody’s words are lost. */
export interface SentForm {
  what: 'reply' | 'report';
  values: Readonly<Record<string, string>>;
  faults: readonly string[];
  /** Too much came from this address; null: that is not it. */
  waitMinutes: number | null;
}

export interface TakingPart {
  /** null: the timeline takes none. */
  replies: readonly Reply[] | null;
  mostRead: readonly Update[];
  /** What has just been sent. */
  received: 'reply' | 'report' | null;
  sent: SentForm | null;
  /** When the page was made, ms: goes with the forms. */
  madeAt: number;
}

/** Below an update: what readers have to say, where its errors are reported, and what others read. Beside `main`, which the open page replaces. */
export function takingPart(update: Update, part: TakingPart, context: PageContext): Html {
  const { messages } = context;
  return html`
    <aside class="part" aria-label="${messages.takingPart.title}">
      ${part.replies !== null && repliesSection(update, part.replies, part, context)}
      ${reportForm(update, part, context)}
      ${part.mostRead.length > 0 && mostRead(part.mostRead, context)}
    </aside>`;
}

function repliesSection(update: Update, replies: readonly Reply[], part: TakingPart, context: PageContext): Html {
  const { messages } = context;
  return html`
    <section id="replies" aria-labelledby="replies-title">
      <h2 id="replies-title">${messages.takingPart.replies}</h2>
      ${replyList(replies, context)}
      ${part.received === 'reply' && html`<p class="done" role="status">${messages.takingPart.received}</p>`}
      ${replyForm(update, part, context)}
    </section>`;
}

function replyList(replies: readonly Reply[], context: PageContext): Html {
  return html`
    <ol class="replies" data-replies>${replies.map(
      ({ id, name, text, at }) => html`
      <li id="r-${id}">
        <p class="fine"><b dir="auto">${name}</b> · <time datetime="${at}">${moment(at, context)}</time></p>
        ${text.split(/\n\s*\n/).map((paragraph) => html`<p dir="auto">${lines(paragraph)}</p>`)}`,
    )}</ol>`;
}

const lines = (text: string): Html[] => text.split('\n').map((line, at) => html`${at > 0 && html`<br>`}${line}`);

function replyForm(update: Update, { sent, madeAt }: TakingPart, { messages }: PageContext): Html {
  const { takingPart: words } = messages;
  const mine = sent?.what === 'reply' ? sent : null;
  const field = fieldsOf('reply', mine, words.faults);
  return html`
    <form class="ask" id="leave-reply" method="post" action="${update.url}/replies#leave-reply" accept-charset="utf-8">
      <h3>${words.leave}</h3>
      <p class="fine">${words.required} ${words.moderated}</p>
      ${problems(mine, words)}
      <div class="row">
        ${formField({ ...field('name'), label: words.name, kind: 'text', most: limits.replyNameCharacters, required: true, autocomplete: 'name' })}
        ${formField({ ...field('email'), label: words.email, kind: 'email', most: limits.emailCharacters, required: true, autocomplete: 'email', hint: words.emailNote })}
      </div>
      ${formField({ ...field('text'), label: words.text, kind: 'lines', most: limits.replyCharacters, required: true })}
      ${unseenFields(madeAt, words.leaveEmpty)}
      <button>${words.send}</button>
    </form>`;
}

function reportForm(update: Update, { received, sent, madeAt }: TakingPart, { messages }: PageContext): Html {
  const { takingPart: words } = messages;
  const mine = sent?.what === 'report' ? sent : null;
  const field = fieldsOf('report', mine, words.faults);
  return html`
    <section id="report">
      ${received === 'report' && html`<p class="done" role="status">${words.reportReceived}</p>`}
      <details${mine && html` open`}>
        <summary><h2>${words.report}</h2></summary>
        <form class="ask" method="post" action="${update.url}/reports#report" accept-charset="utf-8">
          <p class="fine">${words.required} ${words.reportNote}</p>
          ${problems(mine, words)}
          <div class="row">
            <div class="field">
              <label for="report-category">${words.category}</label>
              <select id="report-category" name="category">${reportCategories.map(
                (category) =>
                  html`<option value="${category}"${mine?.values['category'] === category && html` selected`}>${words.categories[category]}</option>`,
              )}</select>
            </div>
            ${formField({ ...field('email'), label: words.emailOptional, kind: 'email', most: limits.emailCharacters, autocomplete: 'email', hint: words.emailNote })}
          </div>
          ${formField({ ...field('text'), label: words.reportText, kind: 'lines', most: limits.replyCharacters, required: true })}
          ${unseenFields(madeAt, words.leaveEmpty)}
          <button>${words.send}</button>
        </form>
      </details>
    </section>`;
}

const fieldsOf =
  (what: SentForm['what'], mine: SentForm | null, faults: Readonly<Record<string, string>>) =>
  (name: 'name' | 'email' | 'text') => ({
    id: `${what}-${name}`,
    name,
    value: mine?.values[name] ?? '',
    fault: mine?.faults.includes(name) ? faults[name] : undefined,
  });

type Words = PageContext['messages']['takingPart'];

function problems(mine: SentForm | null, words: Words): Html | null {
  if (mine === null) return null;
  const text = mine.waitMinutes === null ? words.notSent : words.tooMany(mine.waitMinutes);
  return html`<p class="fault" role="alert">${text}</p>`;
}

/** A field that people neither see nor reach, and when the page was made. */
function unseenFields(madeAt: number, leaveEmpty: string): Html {
  return html`
    <p class="unseen" aria-hidden="true"><label>${leaveEmpty} <input name="website" tabindex="-1" autocomplete="off"></label></p>
    <input type="hidden" name="made" value="${madeAt}">`;
}

function mostRead(updates: readonly Update[], context: PageContext): Html {
  return html`
    <section class="most-read" aria-labelledby="most-read-title">
      <h2 id="most-read-title"><a href="/${context.slug}/popular">${context.messages.takingPart.mostRead}</a></h2>
      <ol>${updates.map((update) => html`<li><a href="${update.url}"${languageAttributes(update.language, context)}>${headlineOf(update)}</a>`)}</ol>
    </section>`;
}
