import { existsSync, readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import type { ImportRow } from '../../shared/update.ts';
import { addDays, newTimeline, newUpdates } from '../support/changes.ts';
import { type Cleanup, withCleanup } from '../support/cleanup.ts';
import { monotonicMs } from '../support/clock.ts';
import { Daymark } from '../support/daymark.ts';
import { startRedis } from '../support/redis.ts';
import { type Budget, type Measured, number, type Row } from '../support/row.ts';
import { progress, sizeOf } from '../support/size.ts';
import { percentile } from '../support/statistics.ts';

const arabicFile = '../shared/data/syria-strikes-ar.developments.ndjson';
const perDay = 100;
const mostMs = 200;

/** B9: how long a search takes in a long record, and what it keeps the server from doing meanwhile. */
export const search: Budget = {
  name: 'B9',
  title: 'Search in 100,000 updates',
  measure: () => withCleanup(measure),
  onlyByName: true,
};

const questions: [what: string, query: string][] = [
  ['the commonest word', 'q=the'],
  ['the two commonest words', 'q=the+of'],
  ['five words, the last unfinished', 'q=the+hospital+said+officials+wou'],
  ['a rare word', 'q=humanitarly'],
  ['a phrase of common words', 'q=%22of+the%22'],
  ['a common word in one month', 'q=the&from=2020-06-01&to=2020-06-30'],
  ['key developments with a word', 'q=strike&key=1'],
  ['Arabic: a word without its article', 'q=حرب'],
  ['Arabic: the same with it', 'q=الحرب'],
  ['Arabic: two words', 'q=النظام+السوري'],
];

async function measure(cleanup: Cleanup): Promise<Measured> {
  const redisUrl = await startRedis(cleanup);
  const redis = new Redis({ path: new URL(redisUrl).pathname });
  cleanup.add(redis, (connection) => connection.disconnect());
  const daymark = await Daymark.start(redisUrl, cleanup);
  await daymark.createTimeline(newTimeline);
  const arabic = readArabic();
  const count = sizeOf('UPDATES', 100_000);
  const beganMs = monotonicMs();
  await daymark.importAll('bench', rows(count, arabic));
  const perSecond = count / ((monotonicMs() - beganMs) / 1_000);
  progress(`${number(count)} updates imported, ${number(perSecond)}/s`);
  const rowsOfTable: Row[] = [];
  for (const [what, query] of arabic.length > 0 ? questions : questions.slice(0, -3)) {
    rowsOfTable.push(await ask(daymark, what, query));
  }
  const index = await bytesOf(redis, 'dm:{bench}:search*');
  const all = Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
  return {
    rows: rowsOfTable,
    notes: [
      `${number(count)} updates, a quarter of them Arabic articles repeated (${number(arabic.length)} different ones), the others synthetic with about 600 characters; imported at ${number(perSecond)}/s, index included. Each search made anew 30 times: a post before it makes every prepared answer stale.`,
      `“Stall” is the longest delay of the server’s event loop while its searches ran, all else of the server included.`,
      `Redis ${number(all / 1e6)} MB in all, of them ${number(index / 1e6)} MB for the index; the node ${number(daymark.residentBytes() / 1e6)} MB resident after it.`,
    ],
  };
}

function* rows(count: number, arabic: readonly ImportRow[]): Generator<ImportRow> {
  let made = 0;
  for (let day = 0; made < count; day++) {
    const date = addDays(newTimeline.dayOne, day);
    for (const [at, update] of newUpdates(date, Math.min(perDay, count - made), 600, day).entries()) {
      const article = arabic[made % arabic.length];
      yield at % 4 === 3 && article
        ? { ...article, occurredAt: update.occurredAt, externalId: `ar-${made}` }
        : { ...update, externalId: `en-${made}` };
      made += 1;
    }
  }
}

function readArabic(): ImportRow[] {
  if (!existsSync(arabicFile)) return [];
  const lines = readFileSync(arabicFile, 'utf8').split('\n').filter(Boolean);
  const all = lines.map((line) => JSON.parse(line) as ImportRow & { headline: string });
  return all
    .filter(({ headline }) => headline.length <= 300)
    .map(({ headline, body }) => ({ headline, body, bodyFormat: 'text', language: 'ar' }) as ImportRow);
}

async function ask(daymark: Daymark, what: string, query: string): Promise<Row> {
  const times: number[] = [];
  let total = 0;
  await longestStallMs(daymark);
  for (let round = 0; round < sizeOf('ROUNDS', 30); round++) {
    await daymark.publish('bench', { occurredAt: `${newTimeline.dayOne}T12:00:00+02:00`, headline: `Round ${round}` });
    const beganMs = monotonicMs();
    const answer = await fetch(`${daymark.origin}/api/v1/timelines/bench/search?${query}`);
    const body = (await answer.json()) as { total: number };
    times.push(monotonicMs() - beganMs);
    total = body.total;
  }
  if (total === 0) throw new Error(`${what}: nothing was found, so nothing was measured`);
  const stall = await longestStallMs(daymark);
  const [median, worst] = [percentile(times, 0.5), percentile(times, 0.99)];
  progress(
    `${what}: ${number(total)} hits, ${number(median, 1)} ms, p99 ${number(worst, 1)} ms, stall ${number(stall, 1)} ms`,
  );
  return {
    what: `${what}: ${number(total)} hits`,
    ours: `${number(median, 1)} ms, p99 ${number(worst, 1)} ms, stall ${number(stall, 1)} ms`,
    rivals: '',
    ratio: '',
    asked: `p99 ≤ ${mostMs} ms`,
    holds: worst <= mostMs,
  };
}

/** Since it was last asked: a scrape begins the measurement anew. */
async function longestStallMs(daymark: Daymark): Promise<number> {
  const text = await (await fetch(`${daymark.origin}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1]) * 1_000;
}

async function bytesOf(redis: Redis, pattern: string): Promise<number> {
  let bytes = 0;
  for await (const keys of redis.scanStream({ match: pattern, count: 1_000 })) {
    const pipeline = redis.pipeline();
    for (const key of keys as string[]) pipeline.memory('USAGE', key, 'SAMPLES', 50);
    for (const [, size] of (await pipeline.exec()) ?? []) bytes += Number(size ?? 0);
  }
  return bytes;
}
