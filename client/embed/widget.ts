import type { EmbedView } from '../../shared/embed.ts';
import { directionOf } from '../../shared/i18n/direction.ts';
import { embedMain } from '../../shared/view/embed.ts';
import { catalogueFor, messagesFor } from '../reader/language.ts';
import style from './embed.css?inline';
import { EmbedLive, embedContext } from './embed-live.ts';
import { loadView } from './load-view.ts';
import { join } from './shared-feed.ts';

export interface Mounted {
  stop(): void;
}

const sheets: CSSStyleSheet[] = [];

/** One sheet for all widgets of a page. Made by script, so that the host’s policy for styles does not stop it. */
function sheet(): CSSStyleSheet {
  const made = sheets[0] ?? new CSSStyleSheet();
  if (sheets.push(made) === 1) made.replaceSync(style);
  return made;
}

/** What is asked for: the address in `src`, as it stands on our pages, and attributes that choose further. */
function asked(host: HTMLElement): { origin: string; slug: string; query: URLSearchParams } {
  const { origin, pathname } = new URL(host.getAttribute('src') ?? '', document.baseURI);
  const [, slug = '', part, which] = pathname.split('/');
  const query = new URLSearchParams();
  const set = (name: string, value: string | null | undefined): void => void (value && query.set(name, value));
  set('day', host.getAttribute('day') ?? (part === 'day' ? which : null));
  set('update', host.getAttribute('update') ?? (part === 'updates' ? which : null));
  set('limit', host.getAttribute('limit'));
  for (const name of ['key', 'summary']) if (host.hasAttribute(name)) query.set(name, '1');
  return { origin, slug, query };
}

/**
 * Fills an element. Rejects where there is nothing to show: then what the host wrote into it stays. `check` comes before every
 * `import` of a part: it lets through what has the hash that the pinned script names.
 */
export async function mount(
  host: HTMLElement,
  root: ShadowRoot | null,
  check: (part: string) => Promise<unknown>,
): Promise<{ root: ShadowRoot } & Mounted> {
  const { origin, slug, query } = asked(host);
  const load = (): Promise<EmbedView> => loadView(origin, slug, query);
  const view = await load();
  const language = host.lang || view.timeline.language;
  await check(catalogueFor(language));
  const messages = await messagesFor(language);
  const shadow = root ?? host.attachShadow({ mode: 'open' });
  shadow.adoptedStyleSheets = [sheet()];
  const box = document.createElement('div');
  box.className = 'daymark scroll';
  box.lang = language;
  box.dir = directionOf(language);
  box.tabIndex = 0;
  box.setAttribute('part', 'timeline');
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', view.title);
  Object.assign(box.dataset, { theme: host.getAttribute('theme') ?? 'auto', position: view.position });
  box.innerHTML = embedMain(view, embedContext(view, messages, language)).text;
  shadow.replaceChildren(box);
  const tell = (what: string, detail: object): void =>
    void host.dispatchEvent(new CustomEvent(`daymark:${what}`, { detail, bubbles: true }));
  const { position } = view;
  const live = new EmbedLive({ box, scroller: box, messages, language, position, view, load, tell });
  const leave = join(origin, slug, live, check);
  tell('ready', { position });
  return {
    root: shadow,
    stop: () => {
      leave();
      live.stop();
    },
  };
}
