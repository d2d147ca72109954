import type { Revision, Update } from '../../../shared/update.ts';
import { insist } from './client.ts';
import { type Random, randomFrom } from './random.ts';
import type { Desk } from './writers.ts';

/** What editors share: the revision at which each of them last saw an update. Two of them on one update will collide. */
export interface Editing {
  /** How often an edit was refused because somebody had been faster. */
  conflicts: number;
}

/** So many editors change what is posted, each edit again and again until its fate is known, and take some of it down. */
export async function edit(desk: Desk, { editors, edits }: { editors: number; edits: number }): Promise<Editing> {
  const editing: Editing = { conflicts: 0 };
  let next = 0;
  const editor = async (number: number): Promise<void> => {
    const random = randomFrom(...desk.seeds, 'editor', number);
    while (next < edits) {
      const posted = desk.ledger.all('post');
      // Among the last few, so that editors meet.
      const target = posted[Math.max(0, posted.length - random.between(1, 8))];
      if (!target) await desk.ledger.reached(1);
      else if (random.chance(0.15)) await takeDown(desk, target.id, random);
      else await editOne(desk, target.id, `${desk.slug}-edit-${next++}`, random, editing);
    }
  };
  await Promise.all(Array.from({ length: editors }, (_, i) => editor(i)));
  return editing;
}

/** One edit, known by its headline; `more` goes with it: a correction, a retraction. */
export async function editOne(
  desk: Desk,
  id: string,
  token: string,
  random: Random,
  editing: Editing,
  more: object = {},
): Promise<void> {
  const { client, slug, ledger } = desk;
  const path = `/api/v1/timelines/${slug}/updates/${id}`;
  const settle = (what: 'edit' | 'unknown', status: number, revision: number, attempts: number): void =>
    ledger.acknowledge({ key: token, what, id, status, revision, replay: status !== 200, attempts });
  let known = await revisionOf(desk, path, random);
  for (let total = 0; known !== null; ) {
    const body = { headline: token, ...(random.chance(0.3) && { pinned: random.chance(0.5) }), ...more };
    const headers = { 'if-match': `"${known}"` };
    const { answer, attempts } = await insist(client, path, { method: 'PATCH', headers, body }, random);
    total += attempts;
    if (answer.status === 200) return settle('edit', 200, answer.json<Update>().revision, total);
    if (answer.status === 410) return attempts > 1 ? settle('unknown', 410, 0, total) : undefined;
    if (answer.status !== 412) throw new Error(`${token} was answered ${answer.status}: ${answer.text}`);
    const mine = attempts > 1 ? await findEdit(desk, path, token, random) : null;
    if (mine !== null) return settle('edit', 412, mine, total);
    editing.conflicts += 1;
    known = answer.json<{ current: Update }>().current.revision;
  }
}

export async function takeDown({ client, slug, ledger }: Desk, id: string, random: Random): Promise<void> {
  const call = { method: 'DELETE', body: { reason: 'the source is in danger' } } as const;
  const { answer, attempts } = await insist(client, `/api/v1/timelines/${slug}/updates/${id}`, call, random);
  const { status } = answer;
  if (status !== 204 && status !== 410) throw new Error(`takedown of ${id}: ${status} ${answer.text}`);
  ledger.acknowledge({ key: id, what: 'takedown', id, status, revision: 0, replay: status === 410, attempts });
}

/** The present revision; null where it was taken down. */
async function revisionOf({ client }: Desk, path: string, random: Random): Promise<number | null> {
  const { answer } = await insist(client, path, {}, random);
  if (answer.status === 410) return null;
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return answer.json<Update>().revision;
}

/** The revision that an edit became whose answer was lost; null where it was not done. */
async function findEdit({ client }: Desk, path: string, token: string, random: Random): Promise<number | null> {
  const { answer } = await insist(client, `${path}/revisions`, {}, random);
  if (answer.status !== 200) return null;
  const { revisions } = answer.json<{ revisions: Revision[] }>();
  return revisions.find(({ update }) => update.headline === token)?.revision ?? null;
}
