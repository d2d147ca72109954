/**
 * The one way HTML is written here, on the server and in the browser: a tagged template whose values are escaped unless
 * they are HTML themselves. A component is a function from data to `Html`; see docs/decisions for why there is no framework.
 */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

type Value = Html | string | number | null | undefined | false | readonly Value[];

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for element content and for quoted attribute values. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

/** Marks a string as HTML that was sanitised already: the body of an update, nothing else. */
export const trustedHtml = (text: string): Html => new Html(text);

/** `html\`<p>${text}</p>\``: null, undefined and false write nothing, lists are joined. Attribute values go in quotes. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  const parts = compact(strings);
  let text = parts[0] ?? '';
  for (let i = 0; i < values.length; i++) text += write(values[i]) + (parts[i + 1] ?? '');
  return new Html(text);
}

function write(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(write).join('');
  return escapeHtml(String(value));
}

/** Indentation is for the reader of the source: line breaks and what surrounds them do not go out. */
const compacted = new WeakMap<TemplateStringsArray, string[]>();
function compact(strings: TemplateStringsArray): string[] {
  let parts = compacted.get(strings);
  if (!parts) {
    parts = strings.map((part) => part.replace(/\s*\n\s*/g, ''));
    compacted.set(strings, parts);
  }
  return parts;
}
