import type { Timeline } from '../timeline.ts';
import type { PageContext } from './context.ts';
import { languageField } from './form-field.ts';
import { type Html, html } from './html.ts';

/** The field that leads to a day by its number or its date. `notFound`: what was typed and is no day of this timeline. */
export function askedDayForm(timeline: Timeline, notFound: string | null, { language, messages }: PageContext): Html {
  const { label, hint, go, unknown } = messages.goToDay;
  const fault = notFound !== null;
  return html`
    <form class="go" action="/${timeline.slug}/days" method="get">
      ${languageField(language, timeline)}
      <label for="to">${label}</label>
      <input id="to" name="to" required maxlength="60" autocomplete="off" value="${notFound ?? ''}" aria-describedby="to-hint"${fault && html` aria-invalid="true" autofocus`}>
      <button>${go}</button>
      <p id="to-hint" class="fine"${fault && html` role="alert"`}>${fault && `${unknown} `}${hint}</p>
    </form>`;
}
