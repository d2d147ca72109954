import type { NewSubscription } from '../../shared/push.ts';
import { forget, optionsOfPush, reached, subscribe, subscriptionTo, unsubscribe } from '../offline/subscriptions.ts';
import { find } from './dom.ts';

type Said = 'on' | 'saved' | 'off' | 'denied' | 'missing' | 'failed';

/** The page on which a reader asks for notifications: nothing is asked of the browser before he presses the button. */
class Asking {
  readonly #slug = document.documentElement.dataset['timeline'] ?? '';
  readonly #form = document.querySelector('form');

  async start(): Promise<void> {
    const form = this.#form;
    if (!form) return;
    if (!('serviceWorker' in navigator && 'PushManager' in window)) {
      this.#say('missing');
      return;
    }
    const asked = await this.#asked();
    this.#show(asked);
    if (asked) this.#say('on');
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#do(() => this.#turnOn());
    });
    find('[data-off]', form)?.addEventListener('click', () => this.#do(() => this.#turnOff()));
  }

  #do(deed: () => Promise<Said>): void {
    const buttons = this.#form?.querySelectorAll('button') ?? [];
    for (const button of buttons) button.disabled = true;
    deed()
      .catch((error): Said => {
        console.warn(error);
        return 'failed';
      })
      .then(async (said) => {
        this.#say(said);
        this.#show(await this.#asked());
        for (const button of buttons) button.disabled = false;
      });
  }

  async #turnOn(): Promise<Said> {
    // First: browsers ask only as long as the press of the button is fresh.
    if ((await Notification.requestPermission()) !== 'granted') return 'denied';
    const before = await this.#asked();
    const registration = await navigator.serviceWorker.register('/sw.js');
    await navigator.serviceWorker.ready;
    const options = await optionsOfPush();
    const subscription = await registration.pushManager.subscribe(options).catch(async (error) => {
      // Subscribed with other keys: to a Daymark that was here before.
      const former = await registration.pushManager.getSubscription();
      if (!former) throw error;
      await former.unsubscribe();
      return registration.pushManager.subscribe(options);
    });
    const isOn = await subscribe(this.#slug, {
      ...reached(subscription),
      language: document.documentElement.lang,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      quiet: this.#quiet(),
    });
    if (!isOn) throw new Error(`no timeline ${this.#slug}`);
    return before ? 'saved' : 'on';
  }

  /** The browser’s own subscription stays: it may serve other timelines. */
  async #turnOff(): Promise<Said> {
    const subscription = await subscriptionTo(this.#slug);
    if (subscription) await unsubscribe(subscription);
    await forget(this.#slug);
    return 'off';
  }

  async #asked(): Promise<NewSubscription | null> {
    if (Notification.permission !== 'granted') return null;
    return (await subscriptionTo(this.#slug))?.asked ?? null;
  }

  #field(name: string): HTMLInputElement | null {
    return this.#form?.querySelector<HTMLInputElement>(`[name=${name}]`) ?? null;
  }

  #quiet(): NewSubscription['quiet'] {
    const [from = '', to = ''] = ['from', 'to'].map((name) => this.#field(name)?.value);
    return this.#field('quiet')?.checked && from && to && from !== to ? { from, to } : null;
  }

  #show(asked: NewSubscription | null): void {
    const off = find('[data-off]', this.#form ?? document);
    if (off) off.hidden = asked === null;
    const on = find('[data-save]', this.#form ?? document);
    if (on) on.textContent = on.dataset[asked ? 'save' : 'on'] ?? '';
    const quiet = this.#field('quiet');
    if (quiet && asked) quiet.checked = asked.quiet !== null;
    for (const name of ['from', 'to'] as const) {
      const field = this.#field(name);
      if (field && asked?.quiet) field.value = asked.quiet[name];
    }
  }

  #say(said: Said): void {
    const region = find('[data-said]');
    if (region) region.textContent = region.dataset[said] ?? '';
  }
}

new Asking().start().catch(console.warn);
