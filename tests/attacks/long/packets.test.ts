import { afterEach, expect, test } from '@jest/globals';
import { seed } from '../../faults/driver/settings.ts';
import { daymarks } from '../../support/daymark-process.ts';
import { randomFrom } from '../../support/random.ts';
import { waitFor } from '../../support/wait-for.ts';
import { complaintsIn, Healthy, memoryOf, smuggledIn, throwJson, throwPackets, throwRequests } from '../assault.ts';
import { report } from '../verdict.ts';

const suite = daymarks();
afterEach(() => suite.end());

const count = Number(process.env['ATTACK_PACKETS'] ?? 1_000_000);
const share = (part: number): number => Math.ceil(count * part);

test('ATK20, ATK21 one million hostile packets: nothing breaks, nothing gets in, nothing stays in memory', async () => {
  const daymark = await suite.start();
  const healthy = await Healthy.at(daymark.url);
  healthy.start();
  const random = randomFrom(seed);
  const assault = async (part: number) => [
    await throwPackets(daymark.url, share(0.95 * part), random),
    await throwRequests(daymark.url, share(0.045 * part), random),
    await throwJson(daymark.url, share(0.005 * part), random),
  ];
  // What a server needs to work at all it takes at first, and keeps: counted from there.
  const first = await assault(0.1);
  const before = memoryOf(daymark);
  const tallies = [...first, ...(await assault(0.9))];
  const peak = memoryOf(daymark);
  await waitFor(() => memoryOf(daymark) < before * 1.2, `less than ${before * 1.2} MB`, { withinMs: 120_000 });
  const after = memoryOf(daymark);
  const faults = [
    ...tallies.flatMap((tally) => tally.faults),
    ...(await healthy.stop()),
    ...complaintsIn(daymark.output()),
    ...((await smuggledIn(healthy.newsroom)) ? ['a hidden request was done'] : []),
    ...(daymark.process.exitCode === null ? [] : ['the server ended']),
  ];
  const packets = tallies.reduce((sum, tally) => sum + tally.packets, 0);
  healthy.newsroom.close();
  report({
    test: 'T20',
    promise: 'security',
    what: `${packets.toLocaleString('en')} hostile packets, frames, requests and JSON; ${Math.round(before)} MB before, ${Math.round(peak)} right after, ${Math.round(after)} then`,
    faults,
    acknowledged: healthy.posted,
    longestMs: Math.round(healthy.longestMs),
    taken: tallies.reduce((sum, tally) => sum + tally.taken, 0),
  });
  expect(faults).toEqual([]);
}, 3_600_000);
