import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from '@jest/globals';
import { type AppendOnlyFile, endOfPost, readAppendOnlyFile } from '../driver/append-only-file.ts';
import { type Findings, judge } from '../driver/judge.ts';
import { Ledger } from '../driver/ledger.ts';
import { fixedPort, Node } from '../driver/node.ts';
import { readEverything } from '../driver/reading.ts';
import { type Round, runRounds, type Verdict } from '../driver/round.ts';
import { type Scene, scene } from '../driver/scene.ts';
import { rounds, seed } from '../driver/settings.ts';
import { createTimeline, type Desk, post, write } from '../driver/writers.ts';

const cut = { test: 'T7-cut', promise: 'P1', what: 'tail of the append-only file cut at random' };
const zeros = { test: 'T7-zeros', promise: 'P1', what: 'tail of the append-only file filled with 1–8,192 zero bytes' };
const slug = 'damaged';
const posts = 120;

type Damage = (file: AppendOnlyFile, round: Round) => { sound: number; bytes: Buffer };

/** Within the last 4 kB: that is what a torn write leaves. */
const cutTail: Damage = ({ bytes }, { random }) => {
  const sound = bytes.length - random.between(1, 4_096);
  return { sound, bytes: bytes.subarray(0, sound) };
};

const fillWithZeros: Damage = (file, round) => {
  const { sound, bytes } = round.random.chance(0.5)
    ? cutTail(file, round)
    : { sound: file.bytes.length, bytes: file.bytes };
  return { sound, bytes: Buffer.concat([bytes, Buffer.alloc(round.random.between(1, 8_192))]) };
};

describe('a damaged tail of the append-only file', () => {
  const test7 = (title: string, plan: typeof cut, numbers: number[], damage: Damage): void =>
    test(
      title,
      scene(async (stage) => {
        const { node, ledger } = await written(stage);
        await runRounds(plan, numbers, stage.folder, (round) => startDamaged(stage, node, ledger, round, damage));
      }),
      1_800_000,
    );
  test7('T7 after a torn write it starts with all posts before it, each whole', cut, rounds(3, 200), cutTail);
  test7('T7 zeros behind the last write are cut off by itself', zeros, rounds(3, 50), fillWithZeros);
});

/** A server’s data with posts in it; the server has ended. */
async function written(stage: Scene): Promise<{ node: Node; ledger: Ledger }> {
  const node = await stage.node();
  const ledger = new Ledger(join(stage.folder.path, 'acknowledged.ndjson'));
  const client = stage.client(() => node.origin);
  const desk: Desk = { client, slug, ledger, seeds: [seed, 'T7'], days: 20, sentences: 20 };
  await createTimeline(desk);
  await write(desk, { writers: 10, posts });
  await node.end('SIGKILL');
  return { node, ledger };
}

async function startDamaged(stage: Scene, node: Node, ledger: Ledger, round: Round, damage: Damage): Promise<Verdict> {
  const name = `damaged-${round.number}`;
  const copy = new Node({ folder: stage.folder.path, port: await fixedPort(), name });
  cpSync(node.dataDir, copy.dataDir, { recursive: true, filter: (path) => !path.endsWith('.sock') });
  const file = readAppendOnlyFile(copy.dataDir);
  const { sound, bytes } = damage(file, round);
  writeFileSync(file.path, bytes);
  const kept = ledger.all('post').filter(({ key }) => endOfPost(file, key) <= sound);
  const client = stage.client(() => copy.origin);
  const later = new Ledger(join(stage.folder.path, `${name}.acknowledged.ndjson`));
  const desk: Desk = { client, slug, ledger: later, seeds: [seed, 'T7', round.number], days: 20, sentences: 20 };
  try {
    await copy.start();
    const findings = judge(kept, await readEverything(client, copy.origin, slug));
    // What is left of a torn write would be done with the one after it, when both are read again.
    for (const number of [1, 2, 3]) await post(desk, posts + number, round.random);
    await copy.end('SIGKILL');
    await copy.start();
    const all = judge([...kept, ...later.all('post')], await readEverything(client, copy.origin, slug));
    const faults = [...inWords(findings), ...inWords(all), ...(await copy.verify())];
    if (faults.length === 0) rmSync(copy.dataDir, { recursive: true });
    const figures = {
      acknowledged: kept.length,
      missing: findings.missing.length,
      doubled: findings.doubled.length,
      holes: findings.holes.length,
    };
    return { faults, figures: { ...figures, cutBytes: file.bytes.length - sound, readyMs: copy.readyMs } };
  } finally {
    await copy.end('SIGKILL');
  }
}

const inWords = (findings: Findings): string[] =>
  Object.entries(findings).flatMap(([kind, list]) => list.map((one: string) => `${kind}: ${one}`));
