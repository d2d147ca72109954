import type { NewSubscription } from '../../shared/push.ts';
import { find } from './dom.ts';
import { recall, remember } from './remembered.ts';

type Said = 'on' | 'off' | 'denied' | 'missing' | 'failed';

/** What this browser is subscribed to of a timeline, and the quiet hours that its reader chose. */
interface Wish {
  id: string;
  quiet: NewSubscription['quiet'];
}

/** The page on which a reader asks for notifications: nothing is asked of the browser before he presses the button. */
class Asking {
  readonly #slug = document.documentElement.dataset['timeline'] ?? '';
  readonly #form = document.querySelector('form');
  readonly #name = `push:${this.#slug}`;

  start(): void {
    const form = this.#form;
    if (!form) return;
    if (!('serviceWorker' in navigator && 'PushManager' in window)) {
      this.#say('missing');
      return;
    }
    const wish = this.#wish();
    this.#show(wish);
    if (wish) this.#say('on');
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
      .then((said) => {
        this.#say(said);
        this.#show(this.#wish());
        for (const button of buttons) button.disabled = false;
      });
  }

  async #turnOn(): Promise<Said> {
    if ((await Notification.requestPermission()) !== 'granted') return 'denied';
    const registration = await navigator.serviceWorker.register('/sw.js');
    await navigator.serviceWorker.ready;
    const { publicKey } = await answerOf<{ publicKey: string }>(await fetch('/api/v1/push'));
    const options = { userVisibleOnly: true, applicationServerKey: publicKey };
    const subscription = await registration.pushManager.subscribe(options).catch(async (error) => {
      // Subscribed with other keys: to a Daymark that was here before.
      const former = await registration.pushManager.getSubscription();
      if (!former) throw error;
      await former.unsubscribe();
      return registration.pushManager.subscribe(options);
    });
    const { endpoint = '', keys } = subscription.toJSON();
    const quiet = this.#quiet();
    const asked: NewSubscription = {
      endpoint,
      keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' },
      language: document.documentElement.lang,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      quiet,
    };
    const response = await fetch(this.#address(), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(asked),
    });
    const { id } = await answerOf<{ id: string }>(response);
    remember(this.#name, JSON.stringify({ id, quiet } satisfies Wish));
    return 'on';
  }

  /** The browser’s own subscription stays: it may serve other timelines. */
  async #turnOff(): Promise<Said> {
    const wish = this.#wish();
    if (wish) {
      const response = await fetch(`${this.#address()}/${wish.id}`, { method: 'DELETE' });
      if (!response.ok && response.status !== 404) throw new Error(`subscription: ${response.status}`);
    }
    remember(this.#name, null);
    return 'off';
  }

  #address(): string {
    return `/api/v1/timelines/${this.#slug}/subscriptions`;
  }

  #wish(): Wish | null {
    if (Notification.permission !== 'granted') return null;
    try {
      return JSON.parse(recall(this.#name) ?? 'null') as Wish | null;
    } catch {
      return null; // written by something else
    }
  }

  #field(name: string): HTMLInputElement | null {
    return this.#form?.querySelector<HTMLInputElement>(`[name=${name}]`) ?? null;
  }

  #quiet(): NewSubscription['quiet'] {
    const [from = '', to = ''] = ['from', 'to'].map((name) => this.#field(name)?.value);
    return this.#field('quiet')?.checked && from && to && from !== to ? { from, to } : null;
  }

  #show(wish: Wish | null): void {
    const off = find('[data-off]', this.#form ?? document);
    if (off) off.hidden = wish === null;
    const quiet = this.#field('quiet');
    if (quiet && wish) quiet.checked = wish.quiet !== null;
    for (const name of ['from', 'to'] as const) {
      const field = this.#field(name);
      if (field && wish?.quiet) field.value = wish.quiet[name];
    }
  }

  #say(said: Said): void {
    const region = find('[data-said]');
    if (region) region.textContent = region.dataset[said] ?? '';
  }
}

async function answerOf<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return (await response.json()) as T;
}

new Asking().start();
