/**
 * `/embed.js`: defines `<daymark-timeline>` and does nothing more until one comes near the viewport. It runs as a plain
 * script on other people’s pages, so it is wrapped in a function (server/http/embed/loader-script.ts) and leaves nothing
 * behind but the element. `__WIDGET__` stands for the address of the rest, which the server knows, and `__IMPORT__` for
 * `import`, which the bundler would wrap in a module of its own.
 */
import type { Mounted } from './widget.ts';

type Widget = typeof import('./widget.ts');
declare const __IMPORT__: (address: string) => Promise<Widget>;

const script = document.currentScript as HTMLScriptElement | null;
const home = new URL(script?.src ?? document.baseURI).origin;
const load = (): Promise<Widget> => __IMPORT__(`${home}__WIDGET__`);

/** So far ahead that it is there when the reader is. */
const margin = '600px';
/** Room is kept before anything is there; whatever the host’s styles say goes before. */
const room = new CSSStyleSheet();
room.replaceSync(':where(daymark-timeline){display:block;height:32rem}');

class DaymarkTimeline extends HTMLElement {
  static readonly observedAttributes = ['src', 'day', 'key', 'limit', 'update', 'summary', 'theme', 'lang'];
  #observer: IntersectionObserver | null = null;
  #mounted: Mounted | null = null;
  #root: ShadowRoot | null = null;
  #turn = 0;

  connectedCallback(): void {
    this.#observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && this.#mount(),
      { rootMargin: margin },
    );
    this.#observer.observe(this);
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
    this.#leave();
  }

  attributeChangedCallback(): void {
    if (this.#mounted) this.#mount();
  }

  #leave(): void {
    this.#turn += 1;
    this.#mounted?.stop();
    this.#mounted = null;
  }

  #mount(): void {
    this.#observer?.disconnect();
    this.#leave();
    const turn = this.#turn;
    load()
      .then(({ mount }) => mount(this, this.#root))
      .then((mounted) => {
        this.#root = mounted.root;
        if (turn === this.#turn) this.#mounted = mounted;
        else mounted.stop();
      })
      .catch((error) => {
        console.warn(error);
        this.dispatchEvent(new CustomEvent('daymark:error', { detail: { message: String(error) }, bubbles: true }));
      });
  }
}

if (!customElements.get('daymark-timeline')) {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, room];
  customElements.define('daymark-timeline', DaymarkTimeline);
}

/** A frame of ours says how high it is; nobody else may, and it says nothing else. A sandboxed one has no origin. */
addEventListener('message', ({ data, origin, source }) => {
  const height = Number(data?.daymarkHeight);
  if ((origin !== home && origin !== 'null') || !(height > 0)) return;
  for (const frame of document.querySelectorAll('iframe')) {
    if (frame.contentWindow === source && frame.src.startsWith(`${home}/embed/`))
      frame.height = String(Math.min(Math.ceil(height), 20_000));
  }
});
