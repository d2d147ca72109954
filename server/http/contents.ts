import { ok, type Result } from '../../shared/result.ts';
import { jsonType } from './answers.ts';
import type { Page } from './pages.ts';
import type { Content } from './representation.ts';
import { type Headers, withStyle } from './security-headers.ts';

/**
 * Fresh at once at the origin, and a second old at the most behind a CDN. No `stale-while-revalidate` and no
 * `stale-if-error`: what was taken down must not live on in other people’s caches.
 */
export const brief = 'public, max-age=1';
export const untilRelease = 'public, max-age=300';
export const forEver = 'public, max-age=31536000, immutable';

export const jsonWriter =
  (headers: Headers) =>
  (value: unknown, revision?: number): Content => ({
    type: jsonType,
    body: JSON.stringify(value),
    cacheControl: brief,
    headers,
    ...(revision === undefined ? {} : { revision }),
  });

export const pageWriter =
  (headers: Headers) =>
  ({ html, styleSource }: Pick<Page, 'html' | 'styleSource'>): Content => ({
    type: 'text/html; charset=utf-8',
    body: html,
    cacheControl: brief,
    headers: styleSource === undefined ? headers : withStyle(headers, styleSource),
  });

/** The content made of what was found; a refusal as it is. */
export function then<T, U>(result: Result<T>, next: (value: T) => U): Result<U> {
  return result.ok ? ok(next(result.value)) : result;
}
