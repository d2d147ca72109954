import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { newTokenSchema } from '../../server/newsroom/tokens.ts';
import type { Change } from '../../shared/change.ts';
import { newSummarySchema } from '../../shared/summary.ts';
import { newTimelineSchema } from '../../shared/timeline.ts';
import { newUpdateSchema, removalSchema, updatePatchSchema } from '../../shared/update.ts';
import { adminToken, type DaymarkProcess } from '../support/daymark-process.ts';
import { development, gaza } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { volley } from './hostile-packets.ts';
import { hostileRequest, jsonBomb, smuggled } from './hostile-requests.ts';
import { Newsroom } from './newsroom.ts';
import { openTcp, throwAt } from './ws-frames.ts';

/** The stranger’s address: the healthy ones have another, so that his limits are not theirs. */
export const stranger = '127.0.0.66';
const updates = '/api/v1/timelines/gaza/updates';

/** One follower and one writer who carry on as if nothing were. */
export class Healthy {
  readonly newsroom: Newsroom;
  readonly changes: Change[] = [];
  readonly faults: string[] = [];
  posted = 0;
  longestMs = 0;
  readonly #socket;
  #stopped = false;
  #posting: Promise<void> = Promise.resolve();

  private constructor(url: string) {
    this.newsroom = new Newsroom(url, { Authorization: `Bearer ${adminToken}` });
    this.#socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true });
    this.#socket.on('change', (change: Change) => this.changes.push(change));
    this.#socket.on(
      'disconnect',
      (reason) => this.#stopped || this.faults.push(`the healthy follower was cut off: ${reason}`),
    );
  }

  static async at(url: string): Promise<Healthy> {
    const healthy = new Healthy(url);
    const { newsroom } = healthy;
    const made = await newsroom.ask('POST', '/api/v1/timelines', gaza);
    if (made.status !== 201 && made.status !== 409) throw new Error(JSON.stringify(made.body));
    await waitFor(() => healthy.#socket.connected, 'the healthy follower to be connected');
    const reply = await healthy.#socket.emitWithAck('follow', { timeline: 'gaza' });
    if (!reply.ok) throw new Error(JSON.stringify(reply));
    return healthy;
  }

  /** Posts five times a second until told to stop. */
  start(): void {
    this.#posting = this.#post();
  }

  async #post(): Promise<void> {
    while (!this.#stopped) {
      const begun = performance.now();
      const { status } = await this.newsroom.ask('POST', updates, development({ headline: `Healthy ${this.posted}` }));
      this.longestMs = Math.max(this.longestMs, performance.now() - begun);
      if (status === 201) this.posted += 1;
      else this.faults.push(`a healthy post was answered ${status}`);
      await pause(200);
    }
  }

  /** Resolves with what was wrong, once the follower has heard as much as the log holds, in order, each once. */
  async stop(): Promise<string[]> {
    this.#stopped = true;
    await this.#posting;
    const { body } = await this.newsroom.ask('GET', '/api/v1/timelines/gaza');
    const head = Number((body as { position: string }).position.split(':')[1]);
    const first = this.changes[0]?.seq ?? 1;
    await waitFor(() => this.changes.at(-1)?.seq === head, 'the healthy follower to have everything', {
      withinMs: 30_000,
    });
    this.changes.forEach((change, at) => {
      if (change.seq !== first + at) this.faults.push(`seq ${change.seq} came in the place of ${first + at}`);
    });
    this.#socket.disconnect();
    return this.faults;
  }
}

export interface Tally {
  packets: number;
  /** Requests that were taken, lawfully. */
  taken: number;
  faults: string[];
}

/** Runs `act` again and again, `abreast` at a time, until it has been tried `times`. */
async function repeat(times: number, abreast: number, act: () => Promise<void>): Promise<void> {
  let left = times;
  const one = async (): Promise<void> => {
    while (left-- > 0) await act();
  };
  await Promise.all(Array.from({ length: abreast }, one));
}

/** Connections at a time: most of what is thrown is waited for in vain. */
const abreast = 96;

/** At least `count` packets over WebSockets; none may be granted that asks for nothing that is there. */
export async function throwPackets(url: string, count: number, random: () => number): Promise<Tally> {
  const tally: Tally = { packets: 0, taken: 0, faults: [] };
  const one = async (): Promise<void> => {
    while (tally.packets < count) {
      const { bytes, packets, lawful, lastIsLawful } = volley(random);
      tally.packets += packets;
      const { status, texts } = await throwAt(url, bytes, 300, stranger);
      if (status !== 101) tally.faults.push(`a handshake was answered ${status}`);
      for (const text of texts) {
        const [, id = '', reply = ''] = /^43(\d+)(.*)$/s.exec(text) ?? [];
        if (reply === '' || !(JSON.parse(reply) as [{ ok: boolean }])[0].ok) continue;
        tally.taken += 1;
        if (!lawful.has(Number(id)) && !lastIsLawful)
          tally.faults.push(`packet ${id} was granted: ${reply.slice(0, 200)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: abreast }, one));
  return tally;
}

/** Broken and ambiguous HTTP, each on a connection of its own. What is hidden in it is looked for afterwards. */
export async function throwRequests(url: string, count: number, random: () => number): Promise<Tally> {
  const tally: Tally = { packets: count, taken: 0, faults: [] };
  await repeat(count, abreast, async () => {
    const socket = await openTcp(url, stranger);
    const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.resume();
    socket.end(hostileRequest(random, adminToken));
    await Promise.race([gone, pause(300)]);
    socket.destroy();
  });
  return tally;
}

const targets = [
  { method: 'POST', path: '/api/v1/timelines', plain: { ...gaza, slug: 'bomb' }, schema: newTimelineSchema },
  { method: 'POST', path: updates, plain: development(), schema: newUpdateSchema },
  { method: 'PATCH', path: `${updates}/ID`, plain: { headline: 'Bomb' }, schema: updatePatchSchema },
  { method: 'DELETE', path: `${updates}/none`, plain: { reason: 'Bomb' }, schema: removalSchema },
  { method: 'PUT', path: '/api/v1/timelines/gaza/days/2/summary', plain: { sections: [] }, schema: newSummarySchema },
  { method: 'POST', path: '/api/v1/tokens', plain: { name: 'Bomb', role: 'reporter' }, schema: newTokenSchema },
  { method: 'POST', path: '/api/v1/timelines/gaza/import', plain: development(), schema: null },
] as const;

/** One with a token of his own: what he may write in a second the others must not lack. */
async function insider(url: string): Promise<Newsroom> {
  const operator = new Newsroom(url, { Authorization: `Bearer ${adminToken}` });
  const { token } = await operator.write<{ token: string }>('POST', '/api/v1/tokens', {
    name: 'Insider',
    role: 'admin',
  });
  operator.close();
  return new Newsroom(url, { Authorization: `Bearer ${token}` });
}

/** JSON that is meant to break what reads it, at every address that takes JSON. */
export async function throwJson(url: string, count: number, random: () => number): Promise<Tally> {
  const newsroom = await insider(url);
  const tally: Tally = { packets: count, taken: 0, faults: [] };
  const { id } = await newsroom.write<{ id: string }>('POST', updates, development());
  await repeat(count, 4, async () => {
    const target = targets[Math.floor(random() * targets.length)] ?? targets[0];
    const body = jsonBomb(random, JSON.stringify(target.plain));
    const type = target.path.endsWith('import') ? 'application/x-ndjson' : 'application/json';
    const headers = { 'Content-Type': type, 'If-Match': '"1"' };
    const { status } = await newsroom.ask(target.method, target.path.replace('ID', id), body, headers);
    if (status >= 500) tally.faults.push(`${target.method} ${target.path} ${status}: ${body.slice(0, 200)}`);
    if (status >= 300 || target.schema === null) return;
    tally.taken += 1;
    if (!isAllowed(target.schema, body))
      tally.faults.push(`${target.method} ${target.path} took ${body.slice(0, 200)}`);
  });
  newsroom.close();
  return tally;
}

function isAllowed(schema: { safeParse(value: unknown): { success: boolean } }, body: string): boolean {
  try {
    return schema.safeParse(JSON.parse(body.replace(/^\ufeff/, ''))).success;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Resident memory, in MB. */
export function memoryOf({ pid }: DaymarkProcess): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}

/** What a server says of itself when something got through to where it must not. */
export function complaintsIn(output: string): string[] {
  return output
    .split('\n')
    .filter((line) => /"level":(50|60)|uncaught|unhandled|heap out of memory/i.test(line))
    .map((line) => line.slice(0, 500));
}

/** Whether what was hidden in other requests was done. */
export async function smuggledIn(newsroom: Newsroom): Promise<boolean> {
  const { body } = await newsroom.ask('GET', '/api/v1/timelines/gaza/export.ndjson');
  return new RegExp(`"headline":"${smuggled}"`).test(String(body));
}
