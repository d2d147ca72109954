import { setTimeout as pause } from 'node:timers/promises';
import type { Summary } from '../../../shared/summary.ts';
import type { Update } from '../../../shared/update.ts';
import { insist } from './client.ts';
import { type Editing, editOne, takeDown } from './editors.ts';
import { type Random, randomFrom } from './random.ts';
import { type Desk, post } from './writers.ts';

export type Work = 'post' | 'draft' | 'scheduled' | 'edit' | 'correction' | 'retraction' | 'takedown' | 'summary';

export interface Task {
  atMs: number;
  what: Work;
}

/** Of a hundred things that a newsroom does on a day. */
const shares: Record<Work, number> = {
  post: 50,
  draft: 5,
  scheduled: 5,
  edit: 18,
  correction: 7,
  retraction: 4,
  takedown: 5,
  summary: 6,
};

/** How much happens in each hour of a day, from midnight on. */
const hours = [1, 1, 1, 1, 1, 2, 3, 5, 7, 8, 8, 7, 6, 6, 7, 8, 8, 7, 6, 5, 4, 3, 2, 1];
const burst = 12;

/** A day’s work pressed into `lastsMs`: quiet hours, busy ones, and moments in which everything comes at once. */
export function planDay(random: Random, lastsMs: number, tasks: number): Task[] {
  const all = hours.flatMap((weight, hour) => Array.from({ length: weight }, () => hour));
  const kinds = Object.entries(shares).flatMap(([what, share]) => Array.from({ length: share }, () => what as Work));
  const plan: Task[] = [];
  while (plan.length < tasks) {
    const atMs = ((random.pick(all) + random.fraction()) / hours.length) * lastsMs;
    const atOnce = random.chance(0.02) ? burst : 1;
    for (let i = 0; i < atOnce; i++) plan.push({ atMs, what: random.pick(kinds) });
  }
  return plan.sort((a, b) => a.atMs - b.atMs);
}

/** So many people work on one day at once. */
const staff = 12;
/** How late after its time a scheduled update may come in a healthy system, and how long each test waits for it. */
const scheduledAheadMs = { least: 1_500, most: 6_000 };

/** Does a day’s work, whatever strikes: each thing again and again until it is acknowledged. */
export class Newsroom {
  readonly desk: Desk;
  readonly done: Record<Work, number> = Object.fromEntries(Object.keys(shares).map((what) => [what, 0])) as Record<
    Work,
    number
  >;
  readonly editing: Editing = { conflicts: 0 };
  /** What went with a post beside its own words, by its number. */
  readonly more = new Map<number, object>();
  readonly scheduled: string[] = [];
  /** When the last scheduled update falls due, ms since the epoch. */
  lastDueMs = 0;
  posts = 0;
  #edits = 0;
  #summaries = Promise.resolve();
  #summaryRevision = 0;
  /** Public, standing, and nobody’s at this moment; the newest last. */
  readonly #free: string[] = [];
  readonly #retracted = new Set<string>();

  constructor(desk: Desk) {
    this.desk = desk;
  }

  /** Resolves when everything of the plan is acknowledged. */
  async work(plan: readonly Task[]): Promise<void> {
    const begun = performance.now();
    let next = 0;
    const person = async (): Promise<void> => {
      for (let number = next++; ; number = next++) {
        const task = plan[number];
        if (!task) return;
        await pause(Math.max(0, begun + task.atMs - performance.now()));
        await this.#do(task.what, randomFrom(...this.desk.seeds, 'task', number));
      }
    };
    await Promise.all(Array.from({ length: staff }, person));
  }

  async #do(what: Work, random: Random): Promise<void> {
    if (what === 'post') this.#free.push(await this.#post(random));
    else if (what === 'draft') await this.#draft(random);
    else if (what === 'scheduled') await this.#schedule(random);
    else if (what === 'summary') {
      this.#summaries = this.#summaries.then(() => this.#summarise(random));
      await this.#summaries;
    } else {
      const id = this.#take(random, what === 'retraction');
      // Too early in the day: there is nothing to change yet.
      if (id === null) return this.#do('post', random);
      await this.#change(what, id, random);
      if (what !== 'takedown') this.#free.push(id);
    }
    this.done[what] += 1;
  }

  async #post(random: Random, more?: object): Promise<string> {
    const number = this.posts++;
    if (more) this.more.set(number, more);
    return (await post(this.desk, number, random, more)).id;
  }

  async #draft(random: Random): Promise<void> {
    const { client, slug } = this.desk;
    const id = await this.#post(random, { status: 'draft' });
    const path = `/api/v1/timelines/${slug}/updates/${id}`;
    const call = { method: 'PATCH', headers: { 'if-match': '"1"' }, body: { status: 'published' } } as const;
    const { answer } = await insist(client, path, call, random);
    const already = answer.status === 412 && answer.json<{ current: Update }>().current.status === 'published';
    if (answer.status !== 200 && !already) throw new Error(`draft ${id}: ${answer.status} ${answer.text}`);
  }

  async #schedule(random: Random): Promise<void> {
    const dueMs = Date.now() + random.between(scheduledAheadMs.least, scheduledAheadMs.most);
    this.lastDueMs = Math.max(this.lastDueMs, dueMs);
    const number = this.posts++;
    for (let more = { publishAt: new Date(dueMs).toISOString() }; ; ) {
      this.more.set(number, more);
      try {
        this.scheduled.push((await post(this.desk, number, random, more)).id);
        return;
      } catch (error) {
        // Nothing was acknowledged before its time had come: a later one.
        if (!(error instanceof Error) || !error.message.includes('/publishAt')) throw error;
        this.lastDueMs = Date.now() + scheduledAheadMs.most;
        more = { publishAt: new Date(this.lastDueMs).toISOString() };
      }
    }
  }

  /** Among the newest, so that what is changed has just been read. */
  #take(random: Random, unretracted = false): string | null {
    const eligible = this.#free.filter((id) => !unretracted || !this.#retracted.has(id)).slice(-40);
    if (eligible.length === 0) return null;
    const id = random.pick(eligible);
    this.#free.splice(this.#free.indexOf(id), 1);
    return id;
  }

  async #change(what: Work, id: string, random: Random): Promise<void> {
    if (what === 'takedown') return takeDown(this.desk, id, random);
    const token = `${this.desk.slug}-${what}-${this.#edits++}`;
    const more = {
      correction: { correction: 'An earlier version named the wrong town.' },
      retraction: { status: 'retracted', reason: 'The source has withdrawn it.' },
    }[what as 'correction' | 'retraction'];
    if (what === 'retraction') this.#retracted.add(id);
    await editOne(this.desk, id, token, random, this.editing, more);
  }

  async #summarise(random: Random): Promise<void> {
    const { client, slug, ledger } = this.desk;
    const cited = [this.#take(random), this.#take(random)].filter((id) => id !== null);
    const token = `${slug}-summary-${this.#summaryRevision + 1}`;
    const body = { sections: [{ heading: null, points: [{ text: token, updates: cited }] }] };
    const headers = { 'if-match': `"${this.#summaryRevision}"` };
    const path = `/api/v1/timelines/${slug}/days/1/summary`;
    const { answer, attempts } = await insist(client, path, { method: 'PUT', headers, body }, random);
    this.#free.push(...cited);
    const summary = answer.status === 412 ? answer.json<{ current: Summary }>().current : answer.json<Summary>();
    const mine = summary.sections?.[0]?.points[0]?.text === token;
    if ((answer.status !== 200 && answer.status !== 412) || !mine)
      throw new Error(`${token}: ${answer.status} ${answer.text}`);
    this.#summaryRevision = summary.revision;
    const { status } = answer;
    ledger.acknowledge({
      key: token,
      what: 'summary',
      id: token,
      status,
      revision: summary.revision,
      replay: status === 412,
      attempts,
    });
  }
}
