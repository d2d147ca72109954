import { planImport } from '../../server/newsroom/import-plan.ts';
import { parseImportRow } from '../../server/newsroom/import-row.ts';
import type { FormatName } from '../../server/newsroom/importers/formats.ts';
import type { ReadOptions } from '../../server/newsroom/importers/importer.ts';
import type { ImportRow } from '../../shared/update.ts';
import { inChunks } from './support.ts';

interface Read {
  format: FormatName;
  rows: ImportRow[];
  refused: { line: number; code: string; detail: string }[];
  notices: string[];
}

export interface Reading extends Partial<ReadOptions> {
  from?: FormatName;
  /** Bytes in a chunk. */
  size?: number;
}

/** Plans the import of a file and gives what its rows are. */
export async function readFile(file: string | Uint8Array, reading: Reading = {}): Promise<Read> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  const { from = null, size, ...options } = reading;
  const plan = await planImport(() => inChunks(bytes, size), { from, timeZone: 'Asia/Gaza', ...options });
  const read: Read = { format: plan.format, rows: [], refused: [], notices: [] };
  for await (const { line, row, notices = [] } of plan.rows()) {
    const parsed = row.ok && row.value !== null ? parseImportRow(row.value) : row;
    if (!parsed.ok) read.refused.push({ line, code: parsed.problem.code, detail: parsed.problem.detail });
    else if (parsed.value !== null) read.rows.push(parsed.value as ImportRow);
    read.notices.push(...notices);
  }
  return read;
}

const wxrItem = (fields: string): string => `<item>${fields}</item>`;

/** A WordPress export with a post for each status and a page. */
export const wxr = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="https://wordpress.org/export/1.2/"><channel><title>Desk</title><language>en-US</language>
<wp:author><wp:author_login>sami</wp:author_login><wp:author_display_name><![CDATA[Sami R.]]></wp:author_display_name></wp:author>
${wxrItem(`<title>Aid trucks &amp; crews wait</title><link>https://desk.example/1</link><guid>https://desk.example/?p=1</guid>
<dc:creator>sami</dc:creator><content:encoded><![CDATA[First.

Second <img src="https://desk.example/a.jpg"> with <script>alert(1)</script>.]]></content:encoded>
<wp:post_id>1</wp:post_id><wp:post_date>2024-02-07 10:00:00</wp:post_date><wp:post_date_gmt>2024-02-07 08:00:00</wp:post_date_gmt>
<wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:is_sticky>1</wp:is_sticky>
<category domain="post_tag">aid</category><category domain="nav_menu">Menu</category>
<wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_type>liveblog</wp:comment_type><wp:comment_author>Lina</wp:comment_author>
<wp:comment_date_gmt>2024-02-07 09:00:00</wp:comment_date_gmt><wp:comment_content>One truck went in</wp:comment_content></wp:comment>
<wp:comment><wp:comment_id>8</wp:comment_id><wp:comment_type>comment</wp:comment_type><wp:comment_content>Nice</wp:comment_content></wp:comment>`)}
${wxrItem('<title>A draft</title><wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt><wp:post_type>post</wp:post_type><wp:status>draft</wp:status>')}
${wxrItem('<title>Secret</title><wp:post_date_gmt>2024-02-07 08:00:00</wp:post_date_gmt><wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_password>x</wp:post_password>')}
${wxrItem('<title>Private</title><wp:post_date_gmt>2024-02-07 08:00:00</wp:post_date_gmt><wp:post_type>post</wp:post_type><wp:status>private</wp:status>')}
${wxrItem('<title>About</title><wp:post_type>page</wp:post_type><wp:status>publish</wp:status>')}
</channel></rss>`;

export const rss = (items: string): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><language>en</language>${items}</channel></rss>`;

export const rssItem = (n: number): string =>
  `<item><title>Item ${n}</title><guid>g${n}</guid><pubDate>Wed, 07 Feb 2024 18:20:00 +0200</pubDate><description>Text ${n}</description></item>`;
