import type { RawAnswer } from '../http/raw.ts';
import { type ReadFeed, readFeed } from './read-feed.ts';

const types: Record<ReadFeed['format'], string> = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const rfc822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}$/;

/** What the checklist of feeds finds wrong with an answer, rule by rule (FD01–FD07, FD09); and what was read. */
export function checkFeed(
  format: ReadFeed['format'],
  answer: RawAnswer,
  address: string,
): { faults: string[]; feed: ReadFeed } {
  const faults: string[] = [];
  const must = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault);
  };
  const feed = readFeed(format, answer.body.toString());
  must(
    answer.status === 200 && answer.headers['content-type'] === types[format],
    `FD01: ${answer.headers['content-type']}`,
  );
  must(answer.headers.etag !== undefined, 'FD01: no ETag');
  const ids = feed.items.map(({ id }) => id);
  must(new Set(ids).size === ids.length && ids.every((id) => id !== ''), 'FD02: ids');
  must(feed.self === address, `FD05: self is ${feed.self}, not ${address}`);
  must(isAbsolute(feed.home), `FD05: home is ${feed.home}`);
  must(feed.title !== '' && feed.language !== '', 'FD07: title or language of the feed');
  must(answer.body.length <= 250_000 || feed.isArchive, `FD09: ${answer.body.length} bytes`);
  must(feed.previous !== feed.self, 'FD09: it is its own archive');
  const newest = feed.items.map(({ updated }) => Date.parse(updated)).sort((a, b) => b - a)[0] ?? 0;
  if (format === 'atom')
    must(rfc3339.test(feed.updated) && Date.parse(feed.updated) >= newest, `FD05: ${feed.updated}`);
  if (format === 'rss') {
    must(rfc822.test(feed.updated), `FD05: lastBuildDate ${feed.updated}`);
    must(Date.parse(feed.updated) >= Math.floor(newest / 1_000) * 1_000, `FD05: lastBuildDate ${feed.updated}`);
  }
  for (const { id, url, title, html, text, published, updated } of feed.items) {
    must(isAbsolute(url) && new URL(url).origin === new URL(address).origin, `FD03: ${id} links to ${url}`);
    must((format === 'rss' ? rfc822 : rfc3339).test(published), `FD03: ${id} published ${published}`);
    must(rfc3339.test(updated) && Date.parse(updated) >= Date.parse(published), `FD04: ${id} updated ${updated}`);
    must(title !== '' && !/<\/?(p|b|i|em|strong|a|br|div|span|script)\b|&\w+;/.test(title), `FD06: title “${title}”`);
    must(!/<\w/.test(text), `FD06: text “${text}”`);
    must(!/<(script|iframe|style|object|embed|form)\b|\son\w+=/i.test(html), `FD06: active content in ${id}`);
    must(
      ![...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].some(([, to]) => !isAbsolute(to ?? '')),
      `FD06: link in ${id}`,
    );
    must(html !== '', `FD07: ${id} is empty`);
  }
  return { faults, feed };
}

const isAbsolute = (address: string): boolean => /^(https?|mailto):/.test(address) && URL.canParse(address);
