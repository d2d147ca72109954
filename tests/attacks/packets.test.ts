import { afterEach, expect, test } from '@jest/globals';
import { daymarks } from '../support/daymark-process.ts';
import { randomFrom } from '../support/random.ts';
import { complaintsIn, Healthy, smuggledIn, throwJson, throwPackets, throwRequests } from './assault.ts';

const suite = daymarks();
afterEach(() => suite.end());

test('ATK20, ATK21 10,000 hostile packets: nothing breaks, nothing gets in, and the others notice nothing', async () => {
  const daymark = await suite.start();
  const healthy = await Healthy.at(daymark.url);
  healthy.start();
  const random = randomFrom(20);
  const tallies = [
    await throwPackets(daymark.url, 9_000, random),
    await throwRequests(daymark.url, 850, random),
    await throwJson(daymark.url, 150, random),
  ];
  expect(tallies.flatMap(({ faults }) => faults)).toEqual([]);
  expect(tallies.reduce((sum, { packets }) => sum + packets, 0)).toBeGreaterThanOrEqual(10_000);
  expect(await healthy.stop()).toEqual([]);
  expect(await smuggledIn(healthy.newsroom)).toBe(false);
  expect(complaintsIn(daymark.output())).toEqual([]);
  expect(daymark.process.exitCode).toBe(null);
  healthy.newsroom.close();
});
