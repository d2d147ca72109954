/**
 * `/embed.js`: defines `<daymark-timeline>` and does nothing more until one comes near the viewport. It runs as a plain
 * script on other people’s pages, so it is wrapped in a function (server/http/embed/embed-assets.ts) and leaves nothing
 * behind but the element. `__PARTS__` stands for what the server knows of the rest: of each part its files, what they import
 * first, with their hashes; and `__IMPORT__` for `import`, which the bundler would wrap in a module of its own.
 */
import type { Mounted } from './widget.ts';

type Widget = typeof import('./widget.ts');
type Part = [address: string, integrity: string][];
declare const __IMPORT__: (address: string) => Promise<Widget>;
declare const __PARTS__: Record<string, Part>;

const script = document.currentScript as HTMLScriptElement | null;
const home = new URL(script?.src ?? document.baseURI).origin;
const parts = __PARTS__;
const checked = new Map<string, Promise<unknown>>();

/**
 * Puts the files of a part where `import` finds them, each only if it has its hash: `import` has no way to ask for that, but what a
 * script element has brought is not fetched again. What is imported comes first, so that nothing is fetched unasked for.
 */
const check = (name: string): Promise<unknown> =>
  Promise.all(
    (parts[name] ?? []).map(([address, integrity]) => {
      const known = checked.get(address);
      if (known) return known;
      const coming = new Promise((resolve, reject) => {
        const element = Object.assign(document.createElement('script'), { type: 'module', crossOrigin: '', integrity });
        element.onload = resolve;
        element.onerror = () => {
          checked.delete(address);
          element.remove();
          reject(new Error(`${home}${address} is not there, or is not what it should be.`));
        };
        element.src = home + address;
        document.head.append(element);
      });
      checked.set(address, coming);
      return coming;
    }),
  );

const load = async (): Promise<Widget> => {
  await check('widget');
  return __IMPORT__(home + parts['widget']?.at(-1)?.[0]);
};

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
      .then(({ mount }) => mount(this, this.#root, check))
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

const isOurs = (frame: HTMLIFrameElement): boolean => frame.src.startsWith(`${home}/embed/`);

/** A frame of ours says how high it is; nobody else may, and it says nothing else. A sandboxed one has no origin. */
addEventListener('message', ({ data, origin, source }) => {
  const height = Number(data?.daymarkHeight);
  if ((origin !== home && origin !== 'null') || !(height > 0)) return;
  for (const frame of document.querySelectorAll('iframe')) {
    if (frame.contentWindow === source && isOurs(frame)) frame.height = String(Math.min(Math.ceil(height), 20_000));
  }
});

/** What a frame has said before this script was here is said again. */
for (const frame of document.querySelectorAll('iframe')) {
  if (isOurs(frame)) frame.contentWindow?.postMessage({ daymarkAsksHeight: true }, '*');
}
