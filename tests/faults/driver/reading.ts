import { io } from 'socket.io-client';
import { type Change, updateIdOf } from '../../../shared/change.ts';
import type { DayEntry, DayView } from '../../../shared/day.ts';
import type { ChangesAnswer, FollowReply } from '../../../shared/protocol.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import type { Update } from '../../../shared/update.ts';
import type { Client } from './client.ts';

/** Everything that outsiders can read of a timeline, by every way there is. */
export interface Reading {
  position: string;
  /** By `changes?since=`, from the beginning. */
  log: Change[];
  /** By a socket that followed anew: the last 1,000 changes at the most. */
  followed: Change[];
  /** By the list of days: how many updates each is said to have. */
  days: DayEntry[];
  /** By the pages of all days. */
  listed: Update[];
  exported: Update[];
}

export async function readEverything(client: Client, origin: string, slug: string): Promise<Reading> {
  const base = `/api/v1/timelines/${slug}`;
  const { position } = await client.read<Timeline>(base);
  const log = await readLog(client, base, position);
  const { days } = await client.read<{ days: DayEntry[] }>(`${base}/days`);
  const listed = (await Promise.all(days.map(({ day }) => readDay(client, base, day)))).flat();
  const exported = readExport((await client.text(`${base}/export.ndjson`)).text);
  const followed = await followAnew(origin, slug, position);
  return { position, log, followed, days, listed, exported };
}

/** All changes, from position 0, as a follower polls them. */
export async function readLog(client: Client, base: string, head: string): Promise<Change[]> {
  const [epoch = ''] = head.split(':');
  const log: Change[] = [];
  for (let since = `${epoch}:0`; ; ) {
    const answer = await client.read<ChangesAnswer>(`${base}/changes?since=${since}`);
    if ('reset' in answer) throw new Error(`${base}: ${since} was answered by a reset to ${answer.position}`);
    log.push(...answer.changes);
    if (answer.changes.length === 0) return log;
    since = answer.position;
  }
}

async function readDay(client: Client, base: string, day: number): Promise<Update[]> {
  const updates: Update[] = [];
  for (let after = ''; ; ) {
    const view = await client.read<DayView>(`${base}/days/${day}?limit=100${after}`);
    updates.push(...view.updates);
    if (view.more === null) return updates;
    after = `&after=${encodeURIComponent(view.more)}`;
  }
}

function readExport(text: string): Update[] {
  const lines = text.trimEnd().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as { kind: string });
  return entries.filter(({ kind }) => kind === 'update').map(({ kind: _, ...update }) => update as unknown as Update);
}

const followMost = 1_000;

/** What a socket is told that follows from as far back as one answer reaches. */
async function followAnew(origin: string, timeline: string, position: string): Promise<Change[]> {
  const [epoch, seq] = position.split(':');
  const since = `${epoch}:${Math.max(0, Number(seq) - followMost)}`;
  const socket = io(origin, { transports: ['websocket'], forceNew: true });
  try {
    const reply = (await socket.timeout(20_000).emitWithAck('follow', { timeline, since })) as FollowReply;
    if (!reply.ok || 'reset' in reply) throw new Error(`follow from ${since}: ${JSON.stringify(reply)}`);
    return reply.changes;
  } finally {
    socket.disconnect();
  }
}

/** What the log amounts to: each public update as it stands after the last change. */
export function fold(log: readonly Change[]): Map<string, Update> {
  const updates = new Map<string, Update>();
  for (const change of log) {
    const id = updateIdOf(change);
    if (id === null) continue;
    if ('update' in change) updates.set(id, change.update);
    else updates.delete(id);
  }
  return updates;
}
