import type { Revision, Update } from '../../../shared/update.ts';
import type { Client } from './client.ts';
import type { Acknowledgement, Ledger } from './ledger.ts';
import type { Reading } from './reading.ts';
import type { Desk } from './writers.ts';

/** What is wrong with edits and takedowns, a sentence each. */
export async function judgeEdits({ client, slug, ledger }: Desk, reading: Reading): Promise<string[]> {
  const base = `/api/v1/timelines/${slug}/updates`;
  const gone = goneIn(ledger);
  const edits = ledger.all('edit').filter(({ id }) => !gone.has(id));
  const edited = [...new Set(edits.map(({ id }) => id))];
  const histories = await Promise.all(edited.map((id) => historyFaults(client, `${base}/${id}`, ofUpdate(edits, id))));
  const taken = await Promise.all([...gone].map((id) => takedownFaults(client, `${base}/${id}`)));
  return [
    ...histories.flat(),
    ...taken.flat(),
    ...overwritten(ledger),
    ...leaks(ledger, gone, reading),
    ...count(ledger, reading),
  ];
}

export const goneIn = (ledger: Ledger): Set<string> => new Set(ledger.all('takedown').map(({ id }) => id));

const ofUpdate = (edits: readonly Acknowledgement[], of: string): Acknowledgement[] =>
  edits.filter(({ id }) => id === of);

/** Every acknowledged edit is in the history once, where it was said to be, and the last revision is what is shown. */
async function historyFaults(client: Client, path: string, edits: readonly Acknowledgement[]): Promise<string[]> {
  const { revisions } = await client.read<{ revisions: Revision[] }>(`${path}/revisions`);
  const shown = await client.read<Update>(path);
  const ordered = revisions.toSorted((a, b) => a.revision - b.revision);
  const faults = ordered.flatMap(({ revision }, i) =>
    revision === i + 1 ? [] : [`${path}: revision ${revision} in place of ${i + 1}`],
  );
  if (ordered.at(-1)?.update.headline !== shown.headline) faults.push(`${path} does not show its last revision`);
  for (const { key, revision } of edits) {
    const at = ordered.filter(({ update }) => update.headline === key).map((entry) => entry.revision);
    if (at.length !== 1 || at[0] !== revision)
      faults.push(`${key} was acknowledged as ${revision} and is at ${at.join() || 'none'}`);
  }
  return faults;
}

async function takedownFaults(client: Client, path: string): Promise<string[]> {
  const answers = await Promise.all([client.call(path), client.call(`${path}/revisions`)]);
  return answers
    .filter(({ status }) => status !== 410)
    .map(({ status }) => `${path} was taken down and answers ${status}`);
}

/** Two edits that were both told to be the same revision: one has overwritten the other unseen. */
function overwritten(ledger: Ledger): string[] {
  const places = new Map<string, string>();
  return ledger.all('edit').flatMap(({ id, revision, key }) => {
    const other = places.get(`${id} ${revision}`);
    places.set(`${id} ${revision}`, key);
    return other === undefined || other === key ? [] : [`${other} and ${key} are both revision ${revision} of ${id}`];
  });
}

/** Words of what was taken down, wherever they can still be read. */
function leaks(ledger: Ledger, gone: ReadonlySet<string>, { log, followed, listed, exported }: Reading): string[] {
  const words = [...ledger.all('post'), ...ledger.all('edit'), ...ledger.all('unknown')]
    .filter(({ id }) => gone.has(id))
    .map(({ key }) => `"${key}"`);
  return Object.entries({ log, followed, listed, exported }).flatMap(([where, content]) => {
    const text = JSON.stringify(content);
    return words.filter((word) => text.includes(word)).map((word) => `${where} still has ${word}`);
  });
}

/** Each write is one change: no edit and no takedown was done twice. */
function count(ledger: Ledger, { log }: Reading): string[] {
  const unknown = ledger.all('unknown').length;
  const written = ['post', 'edit', 'summary'] as const;
  const least = written.reduce((sum, what) => sum + ledger.all(what).length, goneIn(ledger).size);
  return log.length >= least && log.length <= least + unknown
    ? []
    : [`${log.length} changes for ${least} to ${least + unknown} writes`];
}
