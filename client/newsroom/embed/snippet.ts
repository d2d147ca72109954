/** What the newsroom wants other sites to show, as its page for embeds has it. */
export interface Wish {
  form: 'widget' | 'frame';
  kind: 'latest' | 'day' | 'summary' | 'update';
  day: string;
  update: string;
  limit: string;
  key: boolean;
  theme: 'auto' | 'light' | 'dark';
}

export interface Place {
  origin: string;
  slug: string;
  title: string;
}

/** How a script is pinned: its address under its version, and the hash that a browser checks. */
export interface Pin {
  version: string;
  integrity: string;
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);

/** The parameters of the frame; the widget has attributes of the same names. */
export function parametersOf({ kind, day, update, limit, key, theme }: Wish): [name: string, value: string][] {
  const parameters: [string, string][] = [];
  if (kind === 'update') parameters.push(['update', update.trim()]);
  else if (kind !== 'latest' && day !== '') parameters.push(['day', day]);
  if (kind === 'summary') parameters.push(['summary', '1']);
  if (key && (kind === 'latest' || kind === 'day')) parameters.push(['key', '1']);
  if (limit !== '' && (kind === 'latest' || kind === 'day')) parameters.push(['limit', limit]);
  if (theme !== 'auto') parameters.push(['theme', theme]);
  return parameters;
}

export function frameAddress(wish: Wish, { origin, slug }: Place): string {
  const query = String(new URLSearchParams(parametersOf(wish)));
  return `${origin}/embed/${slug}${query === '' ? '' : `?${query}`}`;
}

/** The lines to paste. */
export function snippetFor(wish: Wish, place: Place, pin: Pin | null): string {
  const { origin, slug, title } = place;
  if (wish.form === 'frame')
    return `<iframe src="${escaped(frameAddress(wish, place))}" title="${escaped(title)}" width="600" height="560"
  loading="lazy" referrerpolicy="origin" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>`;
  const attributes = parametersOf(wish).map(([name, value]) =>
    name === 'key' || name === 'summary' ? ` ${name}` : ` ${name}="${escaped(value)}"`,
  );
  const script = pin
    ? `${origin}/embed/${pin.version}.js" integrity="${pin.integrity}" crossorigin="anonymous"`
    : `${origin}/embed.js"`;
  return `<script async src="${script}></script>
<daymark-timeline src="${origin}/${slug}"${attributes.join('')}>
  <a href="${origin}/${slug}">${escaped(title)}</a>
</daymark-timeline>`;
}

/** Reads the script as hosts get it, and says how to pin these bytes. */
export async function readPin(origin: string): Promise<Pin> {
  const response = await fetch(`${origin}/embed.js`);
  if (!response.ok) throw new Error(`embed.js: ${response.status}`);
  const bytes = await response.arrayBuffer();
  const [short, long] = await Promise.all([
    crypto.subtle.digest('SHA-256', bytes),
    crypto.subtle.digest('SHA-384', bytes),
  ]);
  const hex = [...new Uint8Array(short)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { version: hex.slice(0, 16), integrity: `sha384-${btoa(String.fromCharCode(...new Uint8Array(long)))}` };
}
