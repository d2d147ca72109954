import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, test } from '@jest/globals';
import type { Change } from '../../../shared/change.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import { adminToken } from '../../support/daymark-process.ts';
import { waitFor } from '../../support/wait-for.ts';
import { insist } from '../driver/client.ts';
import { Ledger } from '../driver/ledger.ts';
import type { Node } from '../driver/node.ts';
import { readLog } from '../driver/reading.ts';
import { type Round, runRounds, type Verdict } from '../driver/round.ts';
import { type Scene, scene } from '../driver/scene.ts';
import { rounds } from '../driver/settings.ts';
import { createTimeline, type Desk } from '../driver/writers.ts';

const importing = {
  test: 'T1-import',
  promise: 'P1',
  what: 'kill -9 of the server under an import, which is then sent again',
};
const scheduling = {
  test: 'T1-schedule',
  promise: 'P1',
  what: 'kill -9 of the server when scheduled updates fall due',
};
const minutes = 1_200_000;

describe('kill -9 under work without an idempotency key', () => {
  test(
    'T1 an import that was cut off is sent again: every row is there once',
    scene(async (stage) => {
      const node = await stage.node();
      await runRounds(importing, rounds(1, 20), stage.folder, async (round) => {
        const desk = await begin(stage, node, round);
        const rows = Array.from({ length: 600 }, (_, i) => rowOf(round.slug, i));
        const first = sendImport(node, round.slug, rows).catch(() => 'cut off');
        const enough = round.random.between(1, 400);
        await waitFor(async () => (await headOf(desk)) >= enough, 'rows to be imported', { everyMs: 5 });
        await node.end('SIGKILL');
        await first;
        await node.start();
        const before = await headOf(desk);
        const said = JSON.parse((await sendImport(node, round.slug, rows)).trimEnd().split('\n').at(-1) ?? '') as Said;
        const whole = said.imported + said.replayed === rows.length && said.replayed === before;
        const faults = whole ? [] : [`${before} rows were there, and the second import says ${JSON.stringify(said)}`];
        return compare(
          desk,
          rows.map(({ headline }) => headline),
          faults,
          { cutAt: before },
        );
      });
    }),
    minutes,
  );

  test(
    'T1 a scheduled update is published once, though the server is killed when it falls due',
    scene(async (stage) => {
      const node = await stage.node();
      await runRounds(scheduling, rounds(1, 20), stage.folder, async (round) => {
        const desk = await begin(stage, node, round);
        const dueMs = Date.now() + 4_000;
        const names = Array.from({ length: 40 }, (_, i) => `${round.slug}-scheduled-${i}`);
        await Promise.all(names.map((name) => schedule(desk, round, name, dueMs)));
        await waitFor(() => Date.now() >= dueMs, 'the updates to fall due');
        await pause(round.random.between(0, 700));
        await node.end('SIGKILL');
        await node.start();
        await waitFor(async () => (await headOf(desk)) >= names.length, 'the rest to be published');
        return compare(desk, names, [], {});
      });
    }),
    minutes,
  );
});

interface Said {
  imported: number;
  refused: number;
  replayed: number;
}

async function begin(stage: Scene, node: Node, { slug, seeds }: Round): Promise<Desk> {
  const ledger = new Ledger(join(stage.folder.path, `${slug}.acknowledged.ndjson`));
  const desk: Desk = { client: stage.client(() => node.origin), slug, ledger, seeds, days: 20, sentences: 1 };
  await createTimeline(desk);
  return desk;
}

/** Half of the rows have an id of their own, the others are known by their content. */
const rowOf = (slug: string, i: number) => ({
  occurredAt: `2023-10-${String(10 + (i % 20))}T12:00:00Z`,
  headline: `${slug}-row-${i}`,
  ...(i % 2 === 0 && { externalId: `row ${i}` }),
});

async function sendImport(node: Node, slug: string, rows: object[]): Promise<string> {
  const response = await fetch(`${node.origin}/api/v1/timelines/${slug}/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/x-ndjson' },
    body: rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
  });
  return response.text();
}

async function schedule({ client, slug, seeds }: Desk, { random }: Round, name: string, dueMs: number): Promise<void> {
  const body = { occurredAt: '2023-10-10', headline: name, publishAt: new Date(dueMs).toISOString() };
  const headers = { 'idempotency-key': `${seeds.join()}-${name}` };
  const path = `/api/v1/timelines/${slug}/updates`;
  const { answer } = await insist(client, path, { method: 'POST', headers, body }, random);
  if (answer.status !== 201 && answer.status !== 200) throw new Error(`${name}: ${answer.status} ${answer.text}`);
}

async function headOf({ client, slug }: Desk): Promise<number> {
  const { position } = await client.read<Timeline>(`/api/v1/timelines/${slug}`);
  return Number(position.split(':')[1]);
}

/** Each of these headlines is published exactly once, and nothing else is. */
async function compare({ client, slug }: Desk, wanted: string[], faults: string[], figures: object): Promise<Verdict> {
  const base = `/api/v1/timelines/${slug}`;
  const log = await readLog(client, base, (await client.read<Timeline>(base)).position);
  const found = log.map(headlineOf);
  const missing = wanted.filter((name) => !found.includes(name));
  const doubled = found.filter((name, i) => found.indexOf(name) !== i);
  const holes = log.filter(({ seq }, i) => seq !== i + 1).map(({ seq }) => `${seq}`);
  const strange = found.filter((name) => !wanted.includes(name));
  const kinds = { missing, doubled, holes, strange };
  return {
    faults: [...faults, ...Object.entries(kinds).flatMap(([kind, list]) => list.map((one) => `${kind}: ${one}`))],
    figures: {
      acknowledged: wanted.length,
      missing: missing.length,
      doubled: doubled.length,
      holes: holes.length,
      ...figures,
    },
  };
}

const headlineOf = (change: Change): string =>
  change.type === 'update.published' ? change.update.headline : `${change.type} ${change.seq}`;
