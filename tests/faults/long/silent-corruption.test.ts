import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from '@jest/globals';
import type { Change } from '../../../shared/change.ts';
import { type AppendOnlyFile, type LoggedValue, lastValues, readAppendOnlyFile } from '../driver/append-only-file.ts';
import { Ledger } from '../driver/ledger.ts';
import { fixedPort, Node } from '../driver/node.ts';
import type { Random } from '../driver/random.ts';
import { runRounds, type Verdict } from '../driver/round.ts';
import { scene } from '../driver/scene.ts';
import { rounds, seed } from '../driver/settings.ts';
import { createTimeline, type Desk, write } from '../driver/writers.ts';

const plan = { test: 'T8', promise: 'P1', what: 'one letter or digit of a value flipped in the append-only file' };
const slug = 'flipped';
const posts = 100;

/** What readers are shown, and what says that it is so. */
const history = /:(log|chain|day:[0-9-]+|summaries)$/;

describe('one byte of the store is not as it was written', () => {
  test(
    'T8 Redis loads it without a word; verify finds it, and names the change',
    scene(async (stage) => {
      const node = await stage.node();
      const ledger = new Ledger(join(stage.folder.path, 'acknowledged.ndjson'));
      const client = stage.client(() => node.origin);
      const desk: Desk = { client, slug, ledger, seeds: [seed, 'T8'], days: 10, sentences: 10 };
      await createTimeline(desk);
      await write(desk, { writers: 10, posts });
      await editSome(desk);
      await node.end();
      const file = readAppendOnlyFile(node.dataDir);
      const values = lastValues(file).filter(({ key }) => key.includes(`{${slug}}`) && history.test(key));
      const seqs = lastSeqs(file, values);
      await runRounds(plan, rounds(3, 200), stage.folder, async ({ number, random }): Promise<Verdict> => {
        const value = random.pick(values);
        const flipped = flip(file, value, random);
        const copy = new Node({ folder: stage.folder.path, port: await fixedPort(), name: `flipped-${number}` });
        cpSync(node.dataDir, copy.dataDir, { recursive: true, filter: (path) => !path.endsWith('.sock') });
        writeFileSync(join(copy.dataDir, file.path.slice(node.dataDir.length)), flipped.bytes);
        const said = (await copy.verify()).join('\n');
        const named = Number(/ALTERED at change (\d+)/.exec(said)?.[1]);
        const { key, field } = value;
        const figures = { key, field, from: flipped.from, to: flipped.to, named };
        const expected = seqs(value);
        const faults = named === expected ? [] : [`${JSON.stringify(figures)}: ${expected} was altered; ${said}`];
        if (faults.length === 0) rmSync(copy.dataDir, { recursive: true });
        return { faults, figures };
      });
    }),
    3_600_000,
  );
});

/** Revisions, a retraction and a summary as well. */
async function editSome(desk: Desk): Promise<void> {
  const { client, ledger } = desk;
  const [first, second, third] = ledger.all('post');
  if (!first || !second || !third) throw new Error('nothing was posted');
  const base = `/api/v1/timelines/${slug}`;
  const patch = async (id: string, revision: number, body: object): Promise<void> => {
    const headers = { 'if-match': `"${revision}"` };
    const { status, text } = await client.call(`${base}/updates/${id}`, { method: 'PATCH', headers, body });
    if (status !== 200) throw new Error(`${status}: ${text}`);
  };
  await patch(first.id, 1, { body: '<p>Otherwise.</p>', correction: 'It was otherwise.' });
  await patch(second.id, 1, { status: 'retracted', reason: 'Not so.' });
  const sections = [{ heading: 'In the north', points: [{ text: 'It was seen.', updates: [third.id] }] }];
  const headers = { 'if-match': '"0"' };
  const { status, text } = await client.call(`${base}/days/1/summary`, { method: 'PUT', headers, body: { sections } });
  if (status !== 200) throw new Error(`${status}: ${text}`);
}

/** The change that a value belongs to: its own number in the log and the chain, else the last one about it. */
function lastSeqs({ bytes }: AppendOnlyFile, values: readonly LoggedValue[]): (value: LoggedValue) => number {
  const last = new Map<string, number>();
  for (const { key, at, length } of values) {
    if (!key.endsWith(':log')) continue;
    const change = JSON.parse(bytes.toString('utf8', at, at + length)) as Change;
    const about = 'update' in change ? change.update.id : change.type === 'summary.revised' ? change.date : '';
    last.set(about, Math.max(last.get(about) ?? 0, change.seq));
  }
  return ({ key, field }) => (/:(log|chain)$/.test(key) ? Number(field) : (last.get(field) ?? Number.NaN));
}

/** Another letter for a letter, another digit for a digit: nothing that a parser would stumble over. */
function flip(file: AppendOnlyFile, { at, length }: LoggedValue, random: Random) {
  for (;;) {
    const place = at + random.between(0, length - 1);
    // Which revisions a summary cited is noted beside it for the desk, and is no part of what was published.
    if (/"cited":\{[^}]*$/.test(file.bytes.toString('latin1', at, place))) continue;
    const from = String.fromCharCode(file.bytes[place] ?? 0);
    const kind = ['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].find((all) =>
      all.includes(from),
    );
    if (!kind) continue;
    const to = random.pick([...kind].filter((one) => one !== from));
    const bytes = Buffer.from(file.bytes);
    bytes.write(to, place, 'latin1');
    return { bytes, from, to };
  }
}
