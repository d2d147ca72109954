import type { PageFacts } from './page-facts.ts';

interface Entry {
  url: string;
}

interface LiveBlog {
  '@id': string;
  datePublished: string;
  dateModified: string;
  coverageStartTime: string;
  coverageEndTime?: string;
  liveBlogUpdate: Entry[];
}

const dataOf = (page: PageFacts): LiveBlog => JSON.parse(page.structured[0] ?? '{}');

/** What the checklist finds wrong between two readings of a page, of which the second came after a change that it shows. */
export function checkSuccession(before: PageFacts, after: PageFacts): string[] {
  const faults: string[] = [];
  const must = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault);
  };
  const [first, second] = [dataOf(before), dataOf(after)];
  must(second['@id'] === first['@id'], 'LD05: @id');
  must(second.datePublished === first.datePublished, `LD08: ${first.datePublished}, then ${second.datePublished}`);
  must(
    Date.parse(second.dateModified) > Date.parse(first.dateModified),
    `LD09: ${first.dateModified}, then ${second.dateModified}`,
  );
  must(second.coverageStartTime === first.coverageStartTime, `LD10: ${second.coverageStartTime}`);
  must(second.coverageEndTime === first.coverageEndTime, `LD11: ${second.coverageEndTime}`);
  const later = new Set(second.liveBlogUpdate.map(({ url }) => url));
  for (const { url } of first.liveBlogUpdate) must(later.has(url), `LD18: ${url} is gone or has another address`);
  return faults;
}
