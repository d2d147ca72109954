import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, test } from '@jest/globals';
import { waitFor } from '../../support/wait-for.ts';
import { Audience } from '../driver/audience.ts';
import { Crowd } from '../driver/crowd.ts';
import { isClean, judge } from '../driver/judge.ts';
import { judgeCrowds } from '../driver/judge-crowds.ts';
import { goneIn, judgeEdits } from '../driver/judge-edits.ts';
import { Ledger } from '../driver/ledger.ts';
import { strikeAll } from '../driver/misfortunes.ts';
import { Newsroom, planDay } from '../driver/newsroom.ts';
import { readEverything } from '../driver/reading.ts';
import { type Round, runRounds, type Verdict } from '../driver/round.ts';
import { type Scene, scene } from '../driver/scene.ts';
import { type Trend, Vitals } from '../driver/vitals.ts';
import { createTimeline, type Desk, replayAll } from '../driver/writers.ts';

const minutes = Number(process.env['SOAK_MINUTES'] ?? 2);
const lastsMs = minutes * 60_000;
const followers = 2_000;
/** A day has at most 1,000 updates where it is read in one answer. */
const tasks = Math.round(Math.min(minutes * 150, 1_500));

/** Requests of the newsroom and of pages that are open at one moment or another. */
const descriptorNoise = 20;

const plan = {
  test: 'T36',
  promise: 'P1, P2, P13',
  what: `a day in ${minutes} minutes: 2,000 followers; server, workers and Redis killed, Redis frozen, connections cut, followers that do not read`,
};

describe('a day compressed', () => {
  test(
    'T36 whatever strikes: nothing is missing, doubled or left out for any of 2,000 followers, and memory stays flat',
    scene(async (stage) => {
      await runRounds(plan, [1], stage.folder, (round) => live(stage, round));
    }),
    lastsMs + 900_000,
  );
});

async function live(stage: Scene, round: Round): Promise<Verdict> {
  const { slug, seeds, random } = round;
  const node = await stage.node({ WORKERS: '2' });
  const { wire, origin } = await stage.wireToNodes(node);
  const client = stage.client(() => node.origin);
  const ledger = new Ledger(join(stage.folder.path, `${slug}.acknowledged.ndjson`));
  const desk: Desk = { client, slug, ledger, seeds, days: 1, sentences: 12 };
  await createTimeline(desk);
  const [near, far] = [new Crowd(followers / 2), new Crowd(followers / 2)];
  const crowds = [near, far];
  for (const crowd of crowds) stage.ends(() => crowd.end());
  await Promise.all([near.open(node.port, slug), far.open(Number(new URL(origin).port), slug)]);
  const audience = new Audience(slug, { count: 8, origin: () => origin });
  stage.ends(() => audience.close());
  await audience.open();
  const vitals = new Vitals(node);
  stage.ends(() => vitals.stop());
  const descriptors = { before: vitals.descriptorsOfWorkers(), after: 0 };

  const begun = performance.now();
  const newsroom = new Newsroom(desk);
  const times = {
    settledMs: begun + lastsMs * 0.45,
    untilMs: begun + lastsMs * 0.95,
    gapMs: Math.min(45_000, lastsMs / 16),
  };
  const [struck] = await Promise.all([
    strikeAll({ node, wire, crowds }, random, times),
    newsroom.work(planDay(random, lastsMs, tasks)),
    stayAway(crowds, lastsMs),
  ]);
  await published(newsroom);
  const trends = vitals.trends(begun + lastsMs / 2, Math.min(60_000, lastsMs / 12));
  vitals.stop();
  const longestMs = Math.round(client.longestMs);
  const answers = { ...client.answers };
  const seen = await judgeCrowds(desk, crowds, 90_000);
  const pages = await audience.complete(client, 60_000);
  descriptors.after = await atMost(descriptors.before + descriptorNoise, () => vitals.descriptorsOfWorkers());
  const kept = await judgeRecord(newsroom, node.origin);
  const faults = [...kept.faults, ...seen.faults, ...pages.faults, ...(minutes < 10 ? [] : unsteady(trends))];
  if (descriptors.after > descriptors.before + descriptorNoise)
    faults.push(`workers have ${descriptors.after} descriptors, and had ${descriptors.before}`);
  if (answers['500']) faults.push(`${answers['500']} answers were 500`);
  const figures = {
    minutes,
    ...kept.figures,
    work: newsroom.done,
    struck,
    answers,
    longestMs,
    ...seen.figures,
    pages: pages.figures,
    descriptors,
    trends,
  };
  return { faults, figures };
}

/** Some leave in the morning and come back in the evening: after more than 1,000 changes they are told to start over. */
async function stayAway(crowds: readonly Crowd[], dayMs: number): Promise<void> {
  const which = { from: 0, count: 10 };
  await pause(dayMs * 0.05);
  for (const crowd of crowds) await crowd.leave(which);
  await pause(dayMs * 0.88);
  for (const crowd of crowds) await crowd.come(which);
}

/** Waits until what was scheduled is public: nobody can read it before. */
async function published({ desk: { client, slug }, scheduled }: Newsroom): Promise<void> {
  for (const id of scheduled) {
    const path = `/api/v1/timelines/${slug}/updates/${id}`;
    await waitFor(async () => (await client.call(path)).status === 200, `${id} to be published`, { withinMs: 60_000 });
  }
}

/** A count that has fallen to `most`, or that has not within a minute: a connection that is half open takes 25 s to be noticed. */
async function atMost(most: number, count: () => number): Promise<number> {
  for (const deadline = performance.now() + 60_000; ; await pause(1_000)) {
    const now = count();
    if (now <= most || performance.now() > deadline) return now;
  }
}

/** Whether everything acknowledged can be read by all ways, once. */
async function judgeRecord({ desk, posts, more }: Newsroom, origin: string): Promise<Verdict> {
  const { client, ledger, slug } = desk;
  const notReplayed = await replayAll(desk, posts, more);
  const reading = await readEverything(client, origin, slug);
  const findings = judge(ledger.all('post'), reading, goneIn(ledger));
  const faults = Object.entries({ ...findings, notReplayed }).flatMap(([kind, list]) =>
    list.map((one: string) => `${kind}: ${one}`),
  );
  if (isClean(findings)) faults.push(...(await judgeEdits(desk, reading)));
  const figures = {
    acknowledged: ledger.all().length,
    changes: reading.log.length,
    missing: findings.missing.length,
    doubled: findings.doubled.length,
    holes: findings.holes.length,
    replayed: ledger.all().filter(({ replay }) => replay).length,
    repeated: ledger.all().filter(({ attempts }) => attempts > 1).length,
  };
  return { faults, figures };
}

/** What grew by more than noise: a fifth of what it was, and 15 MiB or 20 descriptors. Redis holds what is posted: its memory may grow. */
function unsteady({ mebibytes, descriptors }: ReturnType<Vitals['trends']>): string[] {
  const grown = (trends: Record<string, Trend>, least: number): string[] =>
    Object.entries(trends)
      .filter(([, { growth, first }]) => growth > Math.max(least, first * 0.2))
      .map(([name, trend]) => `${name} grew: ${JSON.stringify(trend)}`);
  const served = Object.fromEntries(Object.entries(mebibytes).filter(([name]) => !name.startsWith('redis')));
  return [...grown(served, 15), ...grown(descriptors, 20)];
}
