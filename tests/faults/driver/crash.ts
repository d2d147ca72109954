import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Audience, type Readers } from './audience.ts';
import { Client } from './client.ts';
import { edit } from './editors.ts';
import { isClean, judge } from './judge.ts';
import { goneIn, judgeEdits } from './judge-edits.ts';
import { Ledger } from './ledger.ts';
import { readEverything } from './reading.ts';
import type { Folder, Round, Verdict } from './round.ts';
import { createTimeline, type Desk, replayAll, write } from './writers.ts';

export interface Posting {
  folder: Folder;
  /** Of the server that the writers talk to; asked anew for each request. */
  origin: () => string;
  writers: number;
  posts: number;
  editors?: number;
  edits?: number;
  /** Over how many conflict days the posts are spread. */
  days?: number;
  /** How long a body may be, in sentences of 27 characters. */
  sentences?: number;
  /** After so long a client gives up an answer, ms. */
  patienceMs?: number;
  readers?: Readers;
}

interface Struck {
  faults?: string[];
}

/**
 * A round in its common form: writers post, a fault strikes while they do, they repeat what was not answered, and then
 * everything that was acknowledged is looked for. `strike` resolves when the system is whole again, to figures; what it
 * puts into `faults` counts. Its `work` resolves when all is acknowledged.
 */
export async function postThrough(
  round: Round,
  posting: Posting,
  strike: (desk: Desk, work: Promise<unknown>) => Promise<Struck & object>,
): Promise<Verdict> {
  const { folder, origin, writers, posts, editors = 0, edits = 0, sentences = 60, patienceMs, readers } = posting;
  const days = readers ? 1 : (posting.days ?? 20);
  const client = new Client(origin, patienceMs);
  const audience = new Audience(round.slug, readers);
  try {
    const ledger = new Ledger(join(folder.path, `${round.slug}.acknowledged.ndjson`));
    const desk: Desk = { client, slug: round.slug, ledger, seeds: round.seeds, days, sentences };
    await createTimeline(desk);
    await audience.open();
    const work = Promise.all([write(desk, { writers, posts }), edit(desk, { editors, edits })]);
    const [{ faults = [], ...struck }, [, editing]] = await Promise.all([strike(desk, work), work]);
    const seen = await audience.complete(client, readers?.withinMs(round) ?? 0, ledger.changes);
    const found = await verdict(desk, origin(), posts, { ...struck, ...(editors > 0 && editing), ...seen.figures });
    return { ...found, faults: [...found.faults, ...faults, ...seen.faults] };
  } finally {
    audience.close();
    client.close();
  }
}

/** Looks for everything that was acknowledged, by every way of reading, and sends everything once more. */
export async function verdict(desk: Desk, origin: string, posts: number, figures: object = {}): Promise<Verdict> {
  const { client, ledger, slug } = desk;
  const longestMs = Math.round(client.longestMs);
  const answers = { ...client.answers };
  const notReplayed = await replayAll(desk, posts);
  const reading = await readEverything(client, origin, slug);
  const findings = judge(ledger.all('post'), reading, goneIn(ledger));
  const faults = Object.entries({ ...findings, notReplayed }).flatMap(([kind, list]) =>
    list.map((one: string) => `${kind}: ${one}`),
  );
  if (isClean(findings)) faults.push(...(await judgeEdits(desk, reading)));
  if (answers['500']) faults.push(`${answers['500']} answers were 500`);
  return {
    faults,
    figures: {
      acknowledged: ledger.all().length,
      missing: findings.missing.length,
      doubled: findings.doubled.length,
      holes: findings.holes.length,
      replayed: ledger.all().filter(({ replay }) => replay).length,
      answers,
      longestMs,
      ...figures,
    },
  };
}

/** When a fault strikes: once a random part of the posts is acknowledged, and a few milliseconds into the next ones. */
export async function momentOf({ random }: Round, { ledger }: Desk, posts: number): Promise<number> {
  const acknowledged = random.between(1, Math.floor(posts * 0.8));
  const thenMs = random.between(0, 15);
  await ledger.reached(acknowledged);
  await pause(thenMs);
  return ledger.all().length;
}
