import { localDate, withOffset } from '../../server/domain/zone.ts';
import type { PageFacts } from './page-facts.ts';

type Node = Record<string, never>;

export interface LiveBlogCheck {
  timeZone: string;
  /** The day is over: its coverage has an end. */
  isOver: boolean;
  now: number;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/;

/** What the checklist of structured data (LD01–LD29) finds wrong with a day’s page. */
export function checkLiveBlog(page: PageFacts, { timeZone, isOver, now }: LiveBlogCheck): string[] {
  const faults: string[] = [];
  const must = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault);
  };
  // LD24: the offset is the one that the zone had at that instant.
  const isZoned = (at: unknown): boolean =>
    typeof at === 'string' && instant.test(at) && at === withOffset(new Date(at).toISOString(), timeZone);

  must(page.structured.length === 1 && page.charset === 'utf-8', `LD01: ${page.structured.length} blocks`);
  const raw = page.structured[0] ?? '{}';
  must(!/[<\u2028\u2029]/.test(raw), 'LD02: raw <');
  const data = JSON.parse(raw) as Node;
  must(data['@context'] === 'https://schema.org', `LD03: ${data['@context']}`);
  must(data['@type'] === 'LiveBlogPosting', `LD04: ${data['@type']}`);
  must(data['url'] === page.canonical && data['@id'] === page.canonical, `LD05: ${data['url']} at ${page.canonical}`);
  must(data['mainEntityOfPage'] === page.canonical, 'LD06: mainEntityOfPage');
  const headline = String(data['headline']);
  must(headline !== '' && headline.length <= 110 && !/<\w|&\w+;/.test(headline), `LD07: ${headline}`);
  must(isZoned(data['datePublished']), `LD08: ${data['datePublished']}`);
  must(
    isZoned(data['dateModified']) && at(data['dateModified']) >= at(data['datePublished']),
    `LD09: ${data['dateModified']}`,
  );
  must(
    page.meta['article:modified_time'] === undefined ||
      at(page.meta['article:modified_time']) === at(data['dateModified']),
    'PG06: modified_time',
  );
  must(isZoned(data['coverageStartTime']), `LD10: ${data['coverageStartTime']}`);
  must(isOver === (data['coverageEndTime'] !== undefined), `LD11: ${data['coverageEndTime']}`);
  must(
    !isOver || (isZoned(data['coverageEndTime']) && at(data['coverageEndTime']) > at(data['coverageStartTime'])),
    'LD11: end',
  );
  must(
    localDate(new Date(data['coverageStartTime'] ?? '').toISOString(), timeZone) === page.dates[0],
    'LD12: bounds of the day',
  );
  must(Boolean(data['publisher']?.['name']), 'LD13: publisher');
  must(Boolean(data['author']?.['name']), 'LD14: author');
  const images = (data['image'] ?? []) as unknown as string[];
  must(
    images.every((address) => URL.canParse(address)),
    `LD15+LD27: ${images.join()}`,
  );
  must(
    data['inLanguage'] === page.lang && data['isAccessibleForFree'] === true && Boolean(data['about']?.['name']),
    'LD16',
  );
  const entries = data['liveBlogUpdate'] as unknown as Node[];
  must(Array.isArray(entries) && entries.every((entry) => entry['@type'] === 'BlogPosting'), 'LD17: entries');
  const addresses = entries.map((entry) => String(entry['url']));
  must(new Set(addresses).size === addresses.length, 'LD18: addresses are not unique');
  for (const entry of entries) faults.push(...checkEntry(entry, page, { isZoned, now }));
  return faults;
}

function checkEntry(
  entry: Node,
  page: PageFacts,
  { isZoned, now }: { isZoned: (at: unknown) => boolean; now: number },
): string[] {
  const faults: string[] = [];
  const must = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(`${fault} of ${entry['url']}`);
  };
  const url = String(entry['url']);
  must(URL.canParse(url) && new URL(url).origin === new URL(page.canonical ?? '').origin, 'LD18: address');
  const article = page.articles.find(({ id }) => id === `u-${url.split('/').at(-1)}`);
  must(article !== undefined && !article.isRetracted, 'LD19+LD22: no such entry in the page');
  must(isZoned(entry['datePublished']) && at(entry['datePublished']) <= now, `LD20+LD22: ${entry['datePublished']}`);
  const modified = entry['dateModified'];
  must(
    modified === undefined || (isZoned(modified) && at(modified) >= at(entry['datePublished'])),
    `LD20: ${modified}`,
  );
  const headline = String(entry['headline']);
  must(headline !== '' && !/&\w+;/.test(headline), `LD21+LD29: ${headline}`);
  must(article?.text.includes(headline.replace(/…$/, '')) === true, `LD21: ${headline} is not what is shown`);
  const shown = article?.times.map(at) ?? [];
  must(shown.includes(at(entry['datePublished'])), `LD25: ${entry['datePublished']}`);
  must((article?.isRevised === true) === (modified !== undefined), `LD20: revised, but dateModified ${modified}`);
  must(modified === undefined || shown.includes(at(modified)), `LD25: ${modified}`);
  const correction = entry['correction'];
  must(
    (correction !== undefined) ===
      / Corrected | Retracted /.test(` ${article?.text.match(/(Corrected|Retracted) /)?.[0] ?? ''}`),
    'LD26: correction',
  );
  if (correction !== undefined) {
    must(
      correction['@type'] === 'CorrectionComment' && article?.text.includes(correction['text']) === true,
      'LD26: text',
    );
    must(shown.includes(at(correction['datePublished'])), 'LD25: correction');
  }
  return faults;
}

const at = (text: unknown): number => Date.parse(String(text));
