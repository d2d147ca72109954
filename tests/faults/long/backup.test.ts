import { join } from 'node:path';
import { describe, test } from '@jest/globals';
import { start } from '../../cli/support.ts';
import { Audience } from '../driver/audience.ts';
import { momentOf } from '../driver/crash.ts';
import { judge } from '../driver/judge.ts';
import { Ledger } from '../driver/ledger.ts';
import { readEverything } from '../driver/reading.ts';
import { type Round, runRounds, type Verdict } from '../driver/round.ts';
import { type Scene, scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';
import { createTimeline, type Desk, write } from '../driver/writers.ts';

const posts = 900;

const plan = {
  test: 'T9',
  promise: 'P10',
  what: 'backup under 20 writers, restored on an empty machine at the same address; readers start over',
};

describe('a backup', () => {
  test(
    'T9 a backup under posting has all that was acknowledged before it; restored, it verifies, and open pages start over',
    scene(async (stage) => {
      await runRounds(plan, rounds(1, 10), stage.folder, (round) => backUpAndRestore(stage, round));
    }),
    1_200_000,
  );
});

async function backUpAndRestore(stage: Scene, round: Round): Promise<Verdict> {
  const { slug, seeds } = round;
  const first = await stage.node({}, { name: `${slug}-first` });
  const client = stage.client(() => first.origin);
  const ledger = new Ledger(join(stage.folder.path, `${slug}.acknowledged.ndjson`));
  const desk: Desk = { client, slug, ledger, seeds, days: 1, sentences: 12 };
  await createTimeline(desk);
  const audience = new Audience(slug, { count: 4, origin: () => first.origin });
  stage.ends(() => audience.close());
  await audience.open();

  const backup = join(stage.folder.path, `${slug}-backup`);
  const begun = performance.now();
  const work = write(desk, { writers: 20, posts });
  await momentOf(round, desk, posts);
  const before = ledger.all('post');
  await commandLine(first.dataDir, 'backup', backup);
  await work;
  const postsPerSecond = Math.round((posts * 1_000) / (performance.now() - begun));
  await first.end('SIGTERM');

  const dataDir = join(stage.folder.path, `${slug}-restored`);
  await commandLine(dataDir, 'restore', backup);
  const second = await stage.node({}, { name: `${slug}-second`, dataDir, port: first.port });
  const seen = await audience.complete(client, 30_000);
  const reading = await readEverything(client, second.origin, slug);
  const { strange } = judge(ledger.all('post'), reading);
  const findings = { ...judge(before, reading), strange };
  const faults = Object.entries(findings).flatMap(([kind, list]) => list.map((one) => `${kind}: ${one}`));
  faults.push(...seen.faults, ...(await second.verify()));
  await second.end('SIGTERM');
  audience.close();
  const { missing, doubled, holes } = findings;
  const figures = {
    acknowledged: before.length,
    missing: missing.length,
    doubled: doubled.length,
    holes: holes.length,
    restored: reading.log.length,
    postsPerSecond,
    ...seen.figures,
  };
  return { faults, figures };
}

async function commandLine(dataDir: string, ...args: string[]): Promise<void> {
  const { stdin, ended } = start('', args, { DATA_DIR: dataDir, REDIS_URL: '' });
  stdin.end();
  const { code, err } = await ended;
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${err}`);
}
