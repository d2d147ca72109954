import type { Problem } from '../../../shared/problems.ts';
import type { Update } from '../../../shared/update.ts';
import { type Refusal, requestHeaders } from '../api.ts';

export interface Counts {
  imported: number;
  refused: number;
  replayed: number;
}

export interface RefusedRow {
  line: number;
  problem: Problem;
}

/** What an import has told so far. */
export interface Told {
  title: string;
  format: string;
  columns: string[];
  map: Record<string, string>;
  /** Fields that a CSV has no column for yet. */
  unmapped: string[];
  counts: Counts;
  refused: RefusedRow[];
  notices: { line: number; notice: string }[];
  shown: Update[];
  /** Images that could be fetched with the rows. */
  images: number;
  /** Where it had to end before its file did. */
  stopped: { line: number; problem: Problem } | null;
  isOver: boolean;
}

export const nothingTold: Told = {
  title: '',
  format: '',
  columns: [],
  map: {},
  unmapped: [],
  counts: { imported: 0, refused: 0, replayed: 0 },
  refused: [],
  notices: [],
  shown: [],
  images: 0,
  stopped: null,
  isOver: false,
};

interface Sending {
  slug: string;
  file: File;
  preview: boolean;
  images: boolean;
  map: Record<string, string> | null;
  signal: AbortSignal;
  tell: (told: Told) => void;
}

/** Sends a file and tells what the server says of it while it goes in. Answers why it was refused as a whole, or null. */
export async function sendFile({ slug, file, preview, images, map, signal, tell }: Sending): Promise<Refusal | null> {
  const query = new URLSearchParams({ from: 'auto', ...(preview && { preview: '1' }), ...(images && { images: '1' }) });
  if (map) query.set('map', JSON.stringify(map));
  try {
    const response = await fetch(`/api/v1/timelines/${slug}/import?${query}`, {
      method: 'POST',
      headers: { ...requestHeaders(), 'Content-Type': 'application/octet-stream' },
      credentials: 'same-origin',
      body: file,
      signal,
    });
    if (!response.ok) return (await response.json()) as Problem;
    let told = nothingTold;
    for await (const record of records(response)) {
      told = withRecord(told, record);
      tell(told);
    }
    return told.isOver ? null : cutOff;
  } catch (error) {
    if (signal.aborted) throw error;
    return cutOff;
  }
}

const cutOff: Refusal = {
  code: 'unreachable',
  status: 0,
  title: 'The connection broke off',
  detail: 'What came before is in. Import the same file again to complete it: nothing will be doubled.',
};

async function* records(response: Response): AsyncGenerator<Record<string, unknown>> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as Record<string, unknown>;
  }
}

function withRecord(told: Told, record: Record<string, unknown>): Told {
  if ('format' in record) return { ...told, ...(record as Pick<Told, 'format' | 'title'>) };
  if ('shown' in record) return { ...told, ...(record as Pick<Told, 'shown' | 'images'>) };
  if ('progress' in record) return { ...told, counts: record['progress'] as Counts };
  if ('problem' in record) return { ...told, refused: [...told.refused, record as unknown as RefusedRow] };
  if ('notice' in record) return { ...told, notices: [...told.notices, record as unknown as Told['notices'][number]] };
  const { stopped = null, ...counts } = record as unknown as Counts & { stopped?: Told['stopped'] };
  return { ...told, counts, stopped, isOver: true };
}
