import { escapeHtml } from '../../../shared/view/html.ts';
import type { Element } from './xml-elements.ts';

/** XHTML inside XML, written as HTML. It is sanitised like any other body. */
export function markupOf({ content }: Element): string {
  return content
    .map((item) =>
      typeof item === 'string' ? escapeHtml(item) : `<${item.name}${attributes(item)}>${markupOf(item)}</${item.name}>`,
    )
    .join('');
}

const attributes = (element: Element): string =>
  Object.entries(element.attributes)
    .filter(([name]) => name !== 'xmlns')
    .map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
    .join('');

/** Whether a text has tags in it. */
export const hasTags = (text: string): boolean => /<\/?[a-z][^>]*>/i.test(text);

/** Media in a body but images: they are not taken with it, and whoever imports is told. */
export function mediaNotices(html: string): string[] {
  const count = html.match(/<(?:video|audio|iframe|object|embed)\b/gi)?.length ?? 0;
  return count > 0 ? [`${count} ${count === 1 ? 'embed' : 'embeds'} left out`] : [];
}
