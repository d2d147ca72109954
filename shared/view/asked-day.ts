import type { Messages } from '../i18n/messages.ts';
import { type Html, html } from './html.ts';

/** The field that leads to a day by its number or its date. `notFound`: what was typed and is no day of this timeline. */
export function askedDayForm(slug: string, notFound: string | null, messages: Messages): Html {
  const { label, hint, go, unknown } = messages.goToDay;
  const fault = notFound !== null;
  return html`
    <form class="go" action="/${slug}/days" method="get">
      <label for="to">${label}</label>
      <input id="to" name="to" required maxlength="60" autocomplete="off" value="${notFound ?? ''}" aria-describedby="to-hint"${fault && html` aria-invalid="true"`}>
      <button>${go}</button>
      <p id="to-hint" class="fine"${fault && html` role="alert"`}>${fault && `${unknown} `}${hint}</p>
    </form>`;
}
