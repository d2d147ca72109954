import { decoded } from './decode.ts';
import { type FormatName, formatNames } from './formats.ts';
import { UnreadableFile } from './importer.ts';

/** How much of a file is looked at. */
export const startBytes = 65_536;

/** The beginning of a file as text, whatever comes after it. */
export async function startOf(input: AsyncIterable<Uint8Array>, encoding?: string): Promise<string> {
  async function* start(): AsyncGenerator<Uint8Array> {
    let length = 0;
    for await (const chunk of input) {
      yield chunk.subarray(0, startBytes - length);
      length += chunk.length;
      if (length >= startBytes) return;
    }
  }
  let text = '';
  try {
    for await (const part of decoded(start(), encoding)) text += part;
  } catch (error) {
    // The cut may have gone through a character; whether the rest makes sense is seen when it is read.
    if (!(error instanceof UnreadableFile) || text === '') throw error;
  }
  return text.replace(/^\ufeff/, '').trimStart();
}

/** Which format a file is in that begins like this. Throws `UnreadableFile` where it is none that can be imported. */
export function detectFormat(start: string): FormatName {
  const found = start.startsWith('<')
    ? markupFormat(start)
    : /^[{[]/.test(start)
      ? jsonFormat(start)
      : tableFormat(start);
  if (found) return found;
  throw new UnreadableFile(`The file is in no format that can be imported (${formatNames.join(', ')}).`);
}

function markupFormat(start: string): FormatName | null {
  const [, root = ''] = /<((?:[\w.-]+:)?[a-z][\w.-]*)[\s>]/i.exec(start.replaceAll(/<!--[\s\S]*?(?:-->|$)/g, '')) ?? [];
  const name = root.replace(/^.*:/, '').toLowerCase();
  if (/^<!doctype html/i.test(start) || name === 'html') return 'html';
  if (name === 'rss') return /wordpress\.org\/export\//.test(start) ? 'wxr' : 'rss';
  return name === 'feed' ? 'atom' : name === 'rdf' ? 'rdf' : null;
}

/** A JSON document is told by the first of the names that only one format has. */
const jsonSigns: [RegExp, FormatName][] = [
  [/"(?:liveBlogUpdate|@type"\s*:\s*"LiveBlogPosting)"/, 'jsonld'],
  [/"version"\s*:\s*"https:\/\/jsonfeed\.org/, 'jsonfeed'],
  [/"blockCreatedOn"|"blockFirstPublished"/, 'guardian'],
  [/"_items"\s*:/, 'sourcefabric'],
  [/"entries"\s*:\s*\[/, 'liveblog'],
];

function jsonFormat(start: string): FormatName | null {
  if (isObjectALine(start)) return 'ndjson';
  return jsonSigns.find(([sign]) => sign.test(start))?.[1] ?? null;
}

/** The first line is an object by itself, of an import or an export. */
function isObjectALine(start: string): boolean {
  try {
    const first: unknown = JSON.parse(start.split('\n', 1)[0] ?? '');
    return typeof first === 'object' && first !== null && ('occurredAt' in first || 'kind' in first);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

const tableFormat = (start: string): FormatName | null =>
  /[,;\t|]/.test(start.split(/\r?\n/, 1)[0] ?? '') && !/[\0-\b]/.test(start) ? 'csv' : null;
