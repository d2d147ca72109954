import { setTimeout as pause } from 'node:timers/promises';
import type { HttpLoadHandlers } from '../load/http.ts';
import type { SameBytesHandlers } from '../rivals/same-bytes.ts';
import { type Cleanup, withCleanup } from '../support/cleanup.ts';
import { monotonicMs } from '../support/clock.ts';
import { Helper } from '../support/helper.ts';
import { utilisation } from '../support/questions.ts';
import { rawAnswer } from '../support/raw-answer.ts';
import { commandCounts } from '../support/redis.ts';
import { type Budget, type Measured, number, percent, type Row, spread } from '../support/row.ts';
import { progress, sizeOf } from '../support/size.ts';
import { setStage } from '../support/stage.ts';
import { ratios, spreadOf } from '../support/statistics.ts';

const connections = 64;
const encodings = 'gzip, deflate, br';

/** B3: a page and a JSON answer from memory. */
export const prepared: Budget = {
  name: 'B3',
  title: 'A prepared page and prepared JSON, from memory',
  measure: () => withCleanup(measure),
};

interface Contestant {
  name: string;
  port: number;
}

/** What is asked for; `tag` makes it a question whether anything is new. */
interface Question {
  what: string;
  path: string;
  bytes: number;
  tag: string | null;
}

async function measure(cleanup: Cleanup): Promise<Measured> {
  const { daymark, redisUrl, dayPath, dayJsonPath } = await setStage(cleanup);
  const answers = await Promise.all([dayPath, dayJsonPath].map((path) => rawAnswer(daymark.origin, path, encodings)));
  const rivals = await Promise.all(
    ['node-http', 'express'].map(async (script): Promise<Contestant> => {
      const helper = cleanup.add(new Helper<SameBytesHandlers>('server', `rivals/${script}`), (one) => one.end());
      return { name: script === 'node-http' ? 'node:http' : script, port: await helper.ask('listen', { answers }) };
    }),
  );
  const load = cleanup.add(new Helper<HttpLoadHandlers>('load', 'load/http'), (one) => one.end());
  const contestants = [{ name: 'Daymark', port: daymark.port }, ...rivals];
  const busy: number[] = [];
  const idle = await commandsWhile(redisUrl, () => pause(4_000));
  const start = { commands: await total(redisUrl), ms: monotonicMs() };
  const rows: Row[] = [];
  let asked = 0;
  for (const answer of answers) {
    const what = answer.path === dayPath ? 'day page of 100 updates' : 'the same day as JSON';
    const rounds = await race(
      load,
      contestants,
      { what, path: answer.path, bytes: answer.body.length, tag: null },
      busy,
    );
    asked += (rounds.get('Daymark') ?? []).reduce((sum, rate) => sum + rate, 0);
    rows.push(
      ...compare(`${what} (Brotli, ${number(answer.body.length / 1_000, 1)} kB), thousand answers/s`, rounds, 0.8),
    );
  }
  const commands = (await total(redisUrl)) - start.commands - (idle / 4_000) * (monotonicMs() - start.ms);
  return {
    rows,
    notes: [
      `Rivals send the same bytes, head and body. ${connections} connections, one question at a time on each; ${sizeOf('ROUNDS', 5)} rounds each, interleaved.`,
      `Commands that reached Redis during more than ${number(asked)} answers of Daymark’s, beyond those of an idle node: ${number(Math.max(0, commands))}.`,
      `Utilisation of the load’s core: ${percent(Math.min(...busy))} to ${percent(Math.max(...busy))}.`,
    ],
  };
}

async function commandsWhile(redisUrl: string, work: () => Promise<unknown>): Promise<number> {
  const before = await total(redisUrl);
  await work();
  return (await total(redisUrl)) - before;
}

async function race(load: Helper<HttpLoadHandlers>, contestants: Contestant[], question: Question, busy: number[]) {
  const rounds = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = -1; round < sizeOf('ROUNDS', 5); round++) {
    for (const { name, port } of contestants) {
      const target = { port, path: question.path, headers: { 'Accept-Encoding': encodings } };
      const { perSecond, before, after, faults } = await load.ask('run', {
        target,
        status: '200',
        connections,
        ms: sizeOf('MS', 2_000),
      });
      if (Object.keys(faults).length > 0) throw new Error(`${name}: ${JSON.stringify(faults)}`);
      if (round < 0) continue;
      rounds.get(name)?.push(perSecond);
      busy.push(utilisation(before, after));
    }
  }
  for (const [name, rates] of rounds) progress(`${question.what}, ${name}: ${spread(spreadOf(rates))} answers/s`);
  return rounds;
}

function compare(what: string, rounds: Map<string, number[]>, least: number): Row[] {
  const thousands = (name: string): number[] => (rounds.get(name) ?? []).map((rate) => rate / 1_000);
  return ['node:http', 'express'].map((rival) => {
    const ratio = ratios(thousands('Daymark'), thousands(rival));
    const isBudget = rival === 'node:http';
    return {
      what,
      ours: spread(spreadOf(thousands('Daymark')), 1),
      rivals: `${rival} ${spread(spreadOf(thousands(rival)), 1)}`,
      ratio: spread(ratio, 2),
      asked: isBudget ? `≥ ${least} ×` : '',
      holds: isBudget ? ratio.median >= least : null,
    };
  });
}

const total = async (redisUrl: string): Promise<number> =>
  [...(await commandCounts(redisUrl)).values()].reduce((sum, calls) => sum + calls, 0);
