import { queryOf } from './front.ts';

/**
 * Whoever chose a language keeps it on the way through the timeline, also without JavaScript: by links and by forms. A form that
 * asks replaces the query of its address with its fields, so it has the language as one of those (`languageField`).
 */
export function keepingLanguage(html: string, slug: string, language: string): string {
  const ways = new RegExp(` (href|action)="(/${slug}(?:/[^"?#]*)?)(?:\\?([^"#]*))?(#[^"]*)?"`, 'g');
  return html.replace(ways, (_, way: string, path: string, query: string | undefined, hash = '') => {
    return ` ${way}="${path}?${query ? `${query}&amp;` : ''}lang=${language}${hash}"`;
  });
}

/** Where a request is led on to, in the language that it asked for. */
export function ledTo(path: string, asked: { originalUrl: string }, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ ...more, ...queryOf(asked.originalUrl, ['lang']) } as Record<string, string>);
  return query.size > 0 ? `${path}?${query}` : path;
}
