import { expect, test } from '@jest/globals';
import { stage } from '../../e2e/support.ts';
import { attackAnswers, attackByKeys, attackByTokens } from '../answers-attack.ts';
import {
  attackByAddresses,
  attackByImport,
  attackByTimelines,
  attackDay,
  beginAttack,
  daysOf,
  findingsOf,
} from '../html-attack.ts';
import { listedPayloads, ownPayloads } from '../payloads.ts';
import { report } from '../verdict.ts';

const on = stage();

test('ATK10, ATK11 every payload of the public lists through every text, on every page, live and loaded', async () => {
  const listed = listedPayloads();
  if (!listed) console.warn('The payload lists are not on this machine: only those of the repository are tried.');
  const payloads = [...new Set([...ownPayloads, ...(listed ?? [])])];
  const attack = await beginAttack(on());
  let updates = 0;
  for (const [day, some] of daysOf(payloads)) {
    updates += await attackDay(attack, day, some);
    if (findingsOf(attack).length > 0) break;
  }
  await attackByImport(attack, payloads);
  await attackByTimelines(attack, payloads);
  await attackByKeys(attack, payloads.slice(0, 1_000));
  await attackByAddresses(attack, payloads, 10);
  await attackAnswers(attack);
  await attackByTokens(attack, payloads.slice(0, 1_000));
  const faults = findingsOf(attack);
  attack.newsroom.close();
  const what = `${payloads.length} payloads in every text of ${updates} updates, of as many rows and timelines, in Chromium with and without CSP: executions and dangerous elements`;
  report({ test: 'T26', promise: 'security', what, faults, acknowledged: updates + 2 * payloads.length });
  expect(faults).toEqual([]);
}, 3_600_000);
