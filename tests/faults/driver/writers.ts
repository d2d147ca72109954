import { type Client, insist } from './client.ts';
import type { Acknowledgement, Ledger } from './ledger.ts';
import { type Random, randomFrom } from './random.ts';

/** What all writers of a round share. */
export interface Desk {
  client: Client;
  slug: string;
  ledger: Ledger;
  /** What chance is drawn from: seed, test, round. */
  seeds: readonly (string | number)[];
  /** Over how many conflict days the posts are spread. */
  days: number;
  /** How long a body may be, in sentences. */
  sentences: number;
}

/** Three in the morning in Gaza: four hours less than whole days stay within them. */
const morningMs = Date.parse('2023-10-07T00:00:00Z');

/** Makes the timeline of a round. A repeated request finds it there: it has no idempotency key. */
export async function createTimeline({ client, slug, seeds }: Desk): Promise<void> {
  const body = { slug, title: `Round ${slug}`, subject: 'the war', dayOne: '2023-10-07', timeZone: 'Asia/Gaza' };
  const random = randomFrom(...seeds, 'timeline');
  const { answer } = await insist(client, '/api/v1/timelines', { method: 'POST', body }, random);
  if (answer.status !== 201 && answer.status !== 409) throw new Error(`timeline: ${answer.status} ${answer.text}`);
}

/** Posts `posts` updates with so many writers at once, each again and again until it is acknowledged. */
export async function write(desk: Desk, { writers, posts }: { writers: number; posts: number }): Promise<void> {
  let next = 0;
  const writer = async (number: number): Promise<void> => {
    const random = randomFrom(...desk.seeds, 'writer', number);
    while (next < posts) await post(desk, next++, random);
  };
  await Promise.all(Array.from({ length: writers }, (_, i) => writer(i)));
}

export const keyOf = (slug: string, number: number): string => `${slug}-post-${number}`;

/** The update with this number, whoever posts it: its headline says its key, so that a double is seen whatever its id. */
function updateOf({ slug, seeds, days, sentences }: Desk, number: number) {
  const random = randomFrom(...seeds, 'update', number);
  return {
    occurredAt: new Date(morningMs + random.between(0, (days * 24 - 4) * 60) * 60_000).toISOString(),
    headline: keyOf(slug, number),
    body: `<p>${'What was seen and by whom. '.repeat(random.between(1, sentences))}</p>`,
    key: random.chance(0.1),
  };
}

/** One update, again and again until it is acknowledged; `more` goes with it: a draft, a time to publish it. */
export async function post(desk: Desk, number: number, random: Random, more: object = {}): Promise<Acknowledgement> {
  const { client, slug, ledger } = desk;
  const key = keyOf(slug, number);
  const call = {
    method: 'POST',
    headers: { 'idempotency-key': key },
    body: { ...updateOf(desk, number), ...more },
  } as const;
  const { answer, attempts } = await insist(client, `/api/v1/timelines/${slug}/updates`, call, random);
  const { status } = answer;
  const replay = answer.headers['idempotent-replay'] === 'true';
  if ((status !== 201 || replay) && (status !== 200 || !replay)) {
    throw new Error(`${key} was answered ${status} after ${attempts} attempts: ${answer.text}`);
  }
  const { id, revision } = answer.json<{ id: string; revision: number }>();
  const entry = { key, what: 'post', id, status, revision, replay, attempts } as const;
  ledger.acknowledge(entry);
  return entry;
}

/**
 * Sends everything once more with the same keys: each must be a replay with the same id. Those that are not come back.
 * `more`: what went with a post beside its own words.
 */
export async function replayAll(
  desk: Desk,
  posts: number,
  more: ReadonlyMap<number, object> = new Map(),
): Promise<string[]> {
  const first = new Map(desk.ledger.all('post').map(({ key, id }) => [key, id]));
  const wrong: string[] = [];
  const numbers = Array.from({ length: posts }, (_, i) => i);
  const repeat = async (): Promise<void> => {
    for (let number = numbers.pop(); number !== undefined; number = numbers.pop()) {
      const key = keyOf(desk.slug, number);
      const random = randomFrom(...desk.seeds, 'replay', number);
      const call = {
        method: 'POST',
        headers: { 'idempotency-key': key },
        body: { ...updateOf(desk, number), ...more.get(number) },
      } as const;
      const { answer } = await insist(desk.client, `/api/v1/timelines/${desk.slug}/updates`, call, random);
      const isReplay = answer.status === 200 && answer.headers['idempotent-replay'] === 'true';
      const same = isReplay && answer.json<{ id: string }>().id === first.get(key);
      if (!same && !(answer.status === 410)) wrong.push(`${key}: ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, repeat));
  return wrong;
}
