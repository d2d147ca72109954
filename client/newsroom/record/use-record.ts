import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { RecordPage } from '../../../shared/back-office.ts';
import type { StaffUpdate } from '../../../shared/staff-update.ts';
import { get, type Refusal } from '../api.ts';

export interface RecordList {
  rows: readonly StaffUpdate[];
  total: number | null;
  more: string | null;
  isLoading: boolean;
  problem: Refusal | null;
  loadMore: () => void;
  reload: () => void;
}

/** The server answers a narrow question in pieces; so many without a row before somebody is asked whether to go on. */
const piecesAtOnce = 5;

/** The record as a question finds it, page after page. Another question begins anew; what was there stays until it has come. */
export function useRecord(slug: string, query: string): RecordList {
  const [rows, setRows] = useState<readonly StaffUpdate[]>([]);
  const [total, setTotal] = useState<number | null>(null);
  const [more, setMore] = useState<string | null>(null);
  const [isLoading, setLoading] = useState(true);
  const [problem, setProblem] = useState<Refusal | null>(null);
  const [turn, setTurn] = useState(0);
  const leaving = useRef<AbortController | null>(null);

  const read = useCallback(
    async (after: string | null): Promise<void> => {
      leaving.current?.abort();
      const mine = new AbortController();
      leaving.current = mine;
      setLoading(true);
      let place = after;
      const found: StaffUpdate[] = [];
      for (let piece = 0; piece < piecesAtOnce; piece++) {
        const asked = new URLSearchParams(query);
        if (place !== null) asked.set('after', place);
        const answer = await get<RecordPage>(`/timelines/${slug}/staff/updates?${asked}`, mine.signal);
        if (!answer.ok) {
          setProblem(answer.problem);
          setLoading(false);
          return;
        }
        found.push(...answer.body.updates);
        place = answer.body.more;
        if (after === null && piece === 0) setTotal(answer.body.total);
        if (place === null || found.length > 0) break;
      }
      setProblem(null);
      setRows((before) => (after === null ? found : [...before, ...found]));
      setMore(place);
      setLoading(false);
    },
    [slug, query],
  );

  useEffect(() => {
    read(null).catch(unlessGivenUp);
    return () => leaving.current?.abort();
  }, [read, turn]);

  const loadMore = (): void => {
    read(more).catch(unlessGivenUp);
  };
  return { rows, total, more, isLoading, problem, loadMore, reload: () => setTurn((number) => number + 1) };
}

/** Something else is asked for meanwhile: nobody waits for the answer. */
function unlessGivenUp(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
}
