import type { Timeline } from '../timeline.ts';
import type { PageContext } from './context.ts';
import { type Html, html } from './html.ts';

/** Where a reader asks to be told key developments. The script shows the form where the browser can do it. */
export function notificationsMain({ slug, title }: Timeline, { messages }: PageContext): Html {
  const { notifications } = messages;
  const { said } = notifications;
  return html`
    <main>
      <header class="day"><p class="war"><a href="/${slug}">${title}</a></p><h1><span class="number">${notifications.title}</span></h1><p class="state">${notifications.intro}</p></header>
      <noscript><p>${notifications.noScript}</p></noscript>
      <p data-said role="status" data-on="${said.on}" data-saved="${said.saved}" data-off="${said.off}" data-denied="${said.denied}" data-missing="${said.missing}" data-failed="${said.failed}"></p>
      <form class="ask" hidden>
        <fieldset>
          <legend><label class="check"><input type="checkbox" name="quiet"> ${notifications.quiet}</label></legend>
          <div class="row">
            <div class="field"><label for="quiet-from">${notifications.from}</label><input id="quiet-from" type="time" name="from" value="22:00"></div>
            <div class="field"><label for="quiet-to">${notifications.to}</label><input id="quiet-to" type="time" name="to" value="07:00"></div>
          </div>
        </fieldset>
        <p class="row"><button data-on="${notifications.turnOn}" data-save="${notifications.save}">${notifications.turnOn}</button><button type="button" data-off hidden>${notifications.turnOff}</button></p>
      </form>
      <p class="fine">${notifications.privacy}</p>
    </main>`;
}
