import { jsonWriter, then } from '../contents.ts';
import type { Front, Read } from '../front.ts';
import type { Route } from '../routes.ts';
import type { Headers } from '../security-headers.ts';
import type { SearchQueries } from './search-queries.ts';
import { searchParameters } from './search-query.ts';

export interface SearchRouteParts {
  front: Front;
  searches: SearchQueries;
  headers: { data: Headers; page: Headers };
}

/** Searches. The same one is answered from memory as long as nothing changes. */
export function searchRoutes({ front, searches, headers }: SearchRouteParts): Route[] {
  const json = jsonWriter(headers.data);
  const found: Read = {
    follows: 'timeline',
    query: searchParameters,
    build: async (params, query) => then(await searches.search(params['slug'] ?? '', query), json),
  };
  return [{ method: 'GET', path: '/api/v1/timelines/:slug/search', handlers: [front.handler(found)] }];
}
