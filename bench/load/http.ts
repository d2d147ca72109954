import { setTimeout as pause } from 'node:timers/promises';
import { answering, usage } from '../support/answering.ts';
import { HttpConnection, type Target } from './http-connection.ts';

export interface Load {
  target: Target;
  /** Expected of every answer: 200 or 304. */
  status: string;
  connections: number;
  ms: number;
}

/** Asks as fast as the server answers, for `ms` after a short start that doesn’t count. */
async function run({ target, status, connections, ms }: Load) {
  const faults = new Map<string, number>();
  const onFault = (fault: string): void => void faults.set(fault, (faults.get(fault) ?? 0) + 1);
  const open = Array.from({ length: connections }, () => new HttpConnection(target, status, onFault));
  const answers = (): number => open.reduce((sum, connection) => sum + connection.answers, 0);
  await pause(Math.min(500, ms / 2));
  const [before, answersBefore] = [usage(), answers()];
  await pause(ms);
  const [after, answersAfter] = [usage(), answers()];
  for (const connection of open) connection.end();
  const perSecond = (answersAfter - answersBefore) / ((after.atMs - before.atMs) / 1_000);
  return { perSecond, answers: answers(), before, after, faults: Object.fromEntries(faults) };
}

const handlers = { run };
export type HttpLoadHandlers = typeof handlers;
answering(handlers);
