import { find } from './dom.ts';
import { recall, remember } from './remembered.ts';

/** How the reader wants his pages: in a language of his choice, and with times in his own zone or the conflict’s. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
/** Kyiv’s zone has two names, and browsers go on giving the older one. */
const isOwnZone = (zone: string): boolean =>
  Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone === ownZone();
const wantsOwnZone = (): boolean => recall('zone') === 'own';

/** The address of a page as he wants it. */
export function wished(path: string): string {
  const url = new URL(path, location.href);
  const lang = new URL(location.href).searchParams.get('lang');
  if (lang !== null) url.searchParams.set('lang', lang);
  if (wantsOwnZone()) url.searchParams.set('tz', ownZone());
  return url.href;
}

/** Whoever chose a language is led to the page in it; whoever chooses one is remembered. True: another page is coming. */
export function keepLanguage(): boolean {
  find('.languages')?.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLAnchorElement) remember('lang', target.lang);
  });
  const chosen = recall('lang');
  const url = new URL(location.href);
  for (const way of ['click', 'auxclick']) document.addEventListener(way, ({ target }) => keepOn(target, url), true);
  if (chosen === null || url.searchParams.has('lang') || document.documentElement.lang === chosen) return false;
  url.searchParams.set('lang', chosen);
  location.replace(url);
  return true;
}

/** What comes to the open page leads on in the language that was asked for, like what was there. */
function keepOn(target: EventTarget | null, { searchParams }: URL): void {
  const { timeline } = document.documentElement.dataset;
  const lang = searchParams.get('lang');
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>(`a[href^="/${timeline}/"]`) : null;
  if (!link || lang === null) return;
  const way = new URL(link.href);
  way.searchParams.set('lang', lang);
  link.href = way.href;
}

/** True: the page is not in the zone that he wants. */
export const isInAnotherZone = (): boolean =>
  wantsOwnZone() && !isOwnZone(document.documentElement.dataset['zone'] ?? ownZone());

/** Brings the button that switches the zone to life, where there are two. `again`: fetches the page in the other one. */
export function offerZone(again: () => void): void {
  const button = find('[data-zone]', find('main') ?? document);
  const { zone = ownZone(), conflictZone = zone } = document.documentElement.dataset;
  if (!button || isOwnZone(conflictZone)) return;
  button.classList.add('alive');
  button.addEventListener('click', () => {
    remember('zone', button.dataset['zone'] === 'own' ? 'own' : null);
    again();
  });
}
