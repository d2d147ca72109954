import type { BulkChange, BulkReport } from '../../../shared/back-office.ts';
import type { StaffUpdate } from '../../../shared/staff-update.ts';
import { post, type Refusal } from '../api.ts';

/** Small enough that progress is seen, and that an answer which is lost leaves little unknown. */
const atOnce = 20;

export interface ManyChanged {
  done: number;
  refused: { headline: string; detail: string }[];
  /** Why it ended early; what came before is done. */
  problem: Refusal | null;
}

/** Makes one change of many updates, some at a time. */
export async function changeMany(
  slug: string,
  change: BulkChange,
  rows: readonly StaffUpdate[],
  onProgress: (done: number) => void,
): Promise<ManyChanged> {
  const result: ManyChanged = { done: 0, refused: [], problem: null };
  for (let at = 0; at < rows.length; at += atOnce) {
    const some = rows.slice(at, at + atOnce);
    const updates = some.map(({ update: { id, revision } }) => ({ id, revision }));
    const answer = await post<BulkReport>(`/timelines/${slug}/staff/updates`, { change, updates });
    if (!answer.ok) return { ...result, problem: answer.problem };
    for (const [i, { problem }] of answer.body.results.entries()) {
      if (problem === null) result.done += 1;
      else result.refused.push({ headline: some[i]?.update.headline ?? '', detail: problem.detail });
    }
    onProgress(at + some.length);
  }
  return result;
}
