import { createHash } from 'node:crypto';
import { posix } from 'node:path';

/** The pages and feeds that an archive has files for, by what follows the slug in their addresses. */
const places: [RegExp, (match: RegExpExecArray) => string][] = [
  [/^$/, () => 'index.html'],
  [/^\/days$/, () => 'days.html'],
  [/^\/(key|corrections)$/, ([, name]) => `${name}.html`],
  [/^\/(key|corrections)\?(?:before|after)=(\d+)$/, ([, name, from]) => `${name}-${from}.html`],
  [/^\/day\/(\d+)$/, ([, day]) => `day/${day}.html`],
  [/^\/day\/(\d+)\/map$/, ([, day]) => `day/${day}-map.html`],
  [/^\/day\/(\d+)\?after=([\w%=-]+)$/, ([, day, after = '']) => `day/${day}-${short(after)}.html`],
  [/^\/updates\/([0-9a-z]+)$/, ([, id]) => `updates/${id}.html`],
  [/^\/search$/, () => 'search.html'],
  [/^\/feed\.(atom|rss|json)$/, ([, format]) => `feed.${format}`],
  [/^\/feed\.(atom|rss|json)\?only=(key|summaries|corrections)$/, ([, format, only]) => `feed-${only}.${format}`],
];

const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10);

/** The file of an address of the server, or null where the archive has none. The front page is the timeline’s. */
export function fileFor(address: string, slug: string): string | null {
  if (address === '/' || address === `/${slug}`) return 'index.html';
  const file = /^\/(assets|media)\/([\w./-]+)$/.exec(address);
  if (file && !address.includes('..')) return `${file[1]}/${file[2]}`;
  // The data of every page are in the one export.
  if (address.startsWith('/api/v1/timelines')) return 'export.ndjson';
  if (!address.startsWith(`/${slug}`)) return null;
  const rest = address.slice(slug.length + 1);
  for (const [place, name] of places) {
    const match = place.exec(rest);
    if (match) return name(match);
  }
  return null;
}

/** How one file refers to another. */
export const relativeTo = (from: string, to: string): string => posix.relative(posix.dirname(from), to) || to;
