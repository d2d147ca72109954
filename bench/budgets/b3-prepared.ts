import type { HttpLoadHandlers } from '../load/http.ts';
import type { SameBytesHandlers } from '../rivals/same-bytes.ts';
import { type Cleanup, withCleanup } from '../support/cleanup.ts';
import { Helper } from '../support/helper.ts';
import { type Usage, utilisation } from '../support/questions.ts';
import { QuietRounds } from '../support/quiet.ts';
import { rawAnswer } from '../support/raw-answer.ts';
import { commandsBeyondIdle } from '../support/redis.ts';
import { type Budget, type Measured, number, percent, type Row, spread } from '../support/row.ts';
import { progress, sizeOf } from '../support/size.ts';
import { type Stage, setStage } from '../support/stage.ts';
import { ratios, spreadOf } from '../support/statistics.ts';

const connections = 64;
const encodings = 'gzip, deflate, br';
const least = 0.8;

/** B3: a page and a JSON answer from memory. */
export const prepared: Budget = {
  name: 'B3',
  title: 'A prepared page and prepared JSON, from memory',
  measure: () => withCleanup(measure),
};

interface Contestant {
  name: string;
  port: number;
  usage: () => Usage | Promise<Usage>;
}

interface Round {
  thousandsPerSecond: number;
  /** Of the server’s processor: hardly changes when the machine has other work too. */
  microsPerAnswer: number;
  answers: number;
  loadBusy: number;
}

type Rounds = Map<string, Round[]>;

async function measure(cleanup: Cleanup): Promise<Measured> {
  const stage = await setStage(cleanup);
  const { daymark, redisUrl } = stage;
  const answers = await Promise.all(
    [stage.dayPath, stage.dayJsonPath].map((path) => rawAnswer(daymark.origin, path, encodings)),
  );
  const load = cleanup.add(new Helper<HttpLoadHandlers>('load', 'load/http'), (one) => one.end());
  const contestants = await everybody(stage, answers, cleanup);
  const rows: Row[] = [];
  const quiet = new QuietRounds();
  const all: Round[] = [];
  const beyondIdle = await commandsBeyondIdle(redisUrl, async () => {
    for (const { path, body } of answers) {
      const what = `${path === stage.dayPath ? 'day page of 100 updates' : 'the same day as JSON'} (Brotli, ${number(body.length / 1_000, 1)} kB)`;
      progress(what);
      const rounds = await race(load, contestants, path, quiet);
      all.push(...[...rounds.values()].flat());
      rows.push(...compare(what, rounds));
    }
  });
  return { rows, notes: [...notes(all, beyondIdle), String(quiet)] };
}

async function everybody({ daymark }: Stage, answers: Awaited<ReturnType<typeof rawAnswer>>[], cleanup: Cleanup) {
  const rivals = ['node-http', 'express'].map(async (script): Promise<Contestant> => {
    const helper = cleanup.add(new Helper<SameBytesHandlers>('server', `rivals/${script}`), (one) => one.end());
    const port = await helper.ask('listen', { answers });
    return { name: script === 'node-http' ? 'node:http' : script, port, usage: () => helper.ask('usage') };
  });
  const ours: Contestant = { name: 'Daymark', port: daymark.port, usage: () => daymark.usage() };
  return [ours, ...(await Promise.all(rivals))];
}

async function race(
  load: Helper<HttpLoadHandlers>,
  contestants: Contestant[],
  path: string,
  quiet: QuietRounds,
): Promise<Rounds> {
  const rounds: Rounds = new Map(contestants.map(({ name }) => [name, []]));
  for (let round = -1; round < sizeOf('ROUNDS', 7); round++) {
    for (const one of contestants) {
      const measured = await quiet.run(() => ask(load, one, path));
      if (round >= 0) rounds.get(one.name)?.push(measured);
    }
  }
  for (const [name, each] of rounds) {
    progress(`${name}: ${spread(spreadOf(each.map(({ thousandsPerSecond }) => thousandsPerSecond)), 1)} thousand/s`);
  }
  return rounds;
}

async function ask(load: Helper<HttpLoadHandlers>, { name, port, usage }: Contestant, path: string): Promise<Round> {
  const target = { port, path, headers: { 'Accept-Encoding': encodings } };
  const serverBefore = await usage();
  const answered = await load.ask('run', { target, status: '200', connections, ms: sizeOf('MS', 2_000) });
  const serverAfter = await usage();
  if (Object.keys(answered.faults).length > 0) throw new Error(`${name}: ${JSON.stringify(answered.faults)}`);
  return {
    thousandsPerSecond: answered.perSecond / 1_000,
    microsPerAnswer: (serverAfter.cpuMicros - serverBefore.cpuMicros) / answered.answers,
    answers: answered.answers,
    loadBusy: utilisation(answered.before, answered.after),
  };
}

function compare(what: string, rounds: Rounds): Row[] {
  const figures = (name: string, key: keyof Round): number[] => (rounds.get(name) ?? []).map((round) => round[key]);
  const row = (text: string, rival: string, key: keyof Round): Row => {
    const ratio = ratios(figures('Daymark', key), figures(rival, key));
    const isBudget = rival === 'node:http' && key === 'thousandsPerSecond';
    return {
      what: `${what}, ${text}`,
      ours: spread(spreadOf(figures('Daymark', key)), 1),
      rivals: `${rival} ${spread(spreadOf(figures(rival, key)), 1)}`,
      ratio: spread(ratio, 2),
      asked: isBudget ? `≥ ${least} ×` : '',
      holds: isBudget ? ratio.median >= least : null,
    };
  };
  return [
    row('thousand answers/s', 'node:http', 'thousandsPerSecond'),
    row('thousand answers/s', 'express', 'thousandsPerSecond'),
    row('processor time per answer, µs', 'node:http', 'microsPerAnswer'),
  ];
}

function notes(rounds: Round[], commands: number): string[] {
  const busy = rounds.map(({ loadBusy }) => loadBusy);
  const answers = rounds.reduce((sum, round) => sum + round.answers, 0);
  return [
    `Rivals send the same bytes, head and body. ${connections} connections, one question at a time on each; ${sizeOf('ROUNDS', 7)} rounds each, interleaved; ${number(answers)} answers.`,
    `Commands that Daymark sent to Redis in that time, beyond those of an idle node: ${number(commands)}.`,
    `Utilisation of the load’s core: ${percent(Math.min(...busy))} to ${percent(Math.max(...busy))}.`,
  ];
}
