import { reservedSlugs } from '../../shared/reserved-slugs.ts';

const page = /^\/(?:([a-z0-9-]+)(?:\/(?:days|key|corrections|popular|day\/\d+(?:\/map)?|updates\/\w+))?)?$/;
/** What makes another page of an address; the rest (trackers, cache busters) does not. */
const parameters = ['lang', 'tz', 'after', 'before', 'lite'];

/**
 * The address under which a page is kept; null: it is none that is. Copies are made of readers’ pages alone: not of the
 * newsroom, the API, embeds, search, nor of what somebody has just sent.
 */
export function copyAddress({ pathname, searchParams }: URL): string | null {
  const [matches, slug = ''] = page.exec(pathname) ?? [];
  if (matches === undefined || reservedSlugs.has(slug)) return null;
  const query = new URLSearchParams(
    parameters.flatMap((name) => (searchParams.has(name) ? [[name, searchParams.get(name) ?? '']] : [])),
  ).toString();
  return query === '' ? pathname : `${pathname}?${query}`;
}

/** The files of the readers’ pages, whose names change with what is in them. */
export const isAsset = ({ pathname }: URL): boolean => /^\/assets\/(?!embed-)[^/]+$/.test(pathname);

/** The timeline that a copy is of; empty for the list of all. */
export const timelineOf = (address: string): string => /^\/([a-z0-9-]*)/.exec(address)?.[1] ?? '';
