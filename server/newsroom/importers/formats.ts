import { readAutomatticLiveBlog } from './automattic-live-blog.ts';
import { readCsv } from './csv.ts';
import { readAtom, readRdf, readRss } from './feeds.ts';
import { readGuardian } from './guardian.ts';
import { readHtmlPage } from './html-page.ts';
import type { ReadOptions, RowReader } from './importer.ts';
import { readJsonFeed } from './json-feed.ts';
import { readJsonLd } from './json-ld.ts';
import { readNdjson } from './ndjson-rows.ts';
import { readSourcefabric } from './sourcefabric.ts';
import { readWxr } from './wxr.ts';
import { readAttachments } from './wxr-attachments.ts';

export const formatNames = [
  'ndjson',
  'wxr',
  'liveblog',
  'sourcefabric',
  'guardian',
  'jsonld',
  'html',
  'rss',
  'atom',
  'rdf',
  'jsonfeed',
  'csv',
] as const;
export type FormatName = (typeof formatNames)[number];

interface Format {
  title: string;
  read: RowReader;
  /** Where rows refer to what may stand behind them: a reading of the whole file before, for that alone. */
  survey?: (input: AsyncIterable<Uint8Array>, options: ReadOptions) => Promise<Partial<ReadOptions>>;
}

/** THE table of what can be imported. */
export const formats: Readonly<Record<FormatName, Format>> = {
  ndjson: { title: 'Daymark NDJSON', read: readNdjson },
  wxr: { title: 'WordPress export (WXR)', read: readWxr, survey: readAttachments },
  liveblog: { title: 'Automattic liveblog (JSON)', read: readAutomatticLiveBlog },
  sourcefabric: { title: 'Sourcefabric Live Blog (JSON)', read: readSourcefabric },
  guardian: { title: 'Guardian live blog (JSON)', read: readGuardian },
  jsonld: { title: 'JSON-LD LiveBlogPosting', read: readJsonLd },
  html: { title: 'Web page with a LiveBlogPosting', read: readHtmlPage },
  rss: { title: 'RSS 2.0', read: readRss },
  atom: { title: 'Atom', read: readAtom },
  rdf: { title: 'RSS 1.0 (RDF)', read: readRdf },
  jsonfeed: { title: 'JSON Feed', read: readJsonFeed },
  csv: { title: 'CSV', read: readCsv },
};
