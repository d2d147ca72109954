import { parsePosition } from '../../shared/position.ts';
import type { Touched, TouchedAnswer } from '../../shared/touched.ts';
import { timelineOf } from './addresses.ts';
import { allCopies, type Copy, dropCopy, keepCopy } from './copies.ts';
import { positionOf } from './shell.ts';

/** Up to where in a timeline’s log its copies are known to show nothing that was touched since. */
const proofs = 'daymark-proofs';
const proofOf = (timeline: string): string => `/${timeline}`;

const copiesOf = async (timeline: string): Promise<Copy[]> =>
  (await allCopies()).filter(({ address }) => timelineOf(address) === timeline);

/**
 * Somebody has opened a page of a timeline and stands at its head; the copies may be days older. Asks what was touched since, and
 * puts that right. Where nobody can tell, they go.
 */
export async function proveCopies(timeline: string, thrifty: boolean): Promise<void> {
  const cache = await caches.open(proofs);
  const copies = await copiesOf(timeline);
  const proven = await (await cache.match(proofOf(timeline)))?.text();
  const since = proven ?? (await oldestPosition(copies));
  if (since === null) return;
  const query = new URLSearchParams({ since });
  const response = await fetch(`/api/v1/timelines/${timeline}/touched?${query}`, { cache: 'no-cache' });
  if (!response.ok && response.status !== 404) throw new Error(`touched: ${response.status}`);
  const answer = (response.ok ? await response.json() : { reset: true, position: '' }) as TouchedAnswer;
  if ('reset' in answer) await dropAllBut(answer.position, await copiesOf(timeline));
  else await renewTouched(timeline, answer.touched, thrifty);
  await cache.put(proofOf(timeline), new Response(answer.position));
}

/** Drops the copies that show something removed, and fetches them anew, like those that show what was corrected. */
export async function renewTouched(timeline: string, touched: readonly Touched[], thrifty: boolean): Promise<void> {
  for (const { address, response } of await copiesOf(timeline)) {
    const html = await response.text();
    const position = parsePosition(positionOf(html));
    const shown = touched.filter(({ id, seq }) => html.includes(id) && !(position && position.seq >= seq));
    if (shown.length === 0) continue;
    if (thrifty || shown.some(({ removed }) => removed)) await dropCopy(address);
    if (!thrifty) await keepCopy(address, await fetch(address, { cache: 'no-cache' })).catch(console.warn);
  }
}

async function dropAllBut(position: string, copies: readonly Copy[]): Promise<void> {
  for (const { address, response } of copies)
    if (positionOf(await response.text()) !== position) await dropCopy(address);
}

/** null: there are none. A copy that does not say where it stands can’t be proved, as one of another log can’t. */
async function oldestPosition(copies: readonly Copy[]): Promise<string | null> {
  const positions = await Promise.all(copies.map(async ({ response }) => positionOf(await response.clone().text())));
  const seqOf = (position: string): number => parsePosition(position)?.seq ?? 0;
  return positions.sort((a, b) => seqOf(a) - seqOf(b))[0] ?? null;
}
