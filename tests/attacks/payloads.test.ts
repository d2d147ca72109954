import { describe, expect, test } from '@jest/globals';
import { stage } from '../e2e/support.ts';
import { attackAnswers, attackByKeys, attackByTokens } from './answers-attack.ts';
import {
  type Attack,
  attackByAddresses,
  attackByImport,
  attackByTimelines,
  attackDay,
  beginAttack,
  daysOf,
  findingsOf,
} from './html-attack.ts';
import { samplePayloads } from './payloads.ts';

const on = stage();
const payloads = samplePayloads(50, 26);
/** Enough for one day; the others come in through the import. */
const some = payloads.filter((_, at) => at % 2 === 0);

async function findings(act: (attack: Attack) => Promise<void>): Promise<string[]> {
  const attack = await beginAttack(on());
  try {
    await act(attack);
    return findingsOf(attack);
  } finally {
    attack.newsroom.close();
    for (const { page } of [attack.guarded, attack.unguarded]) await page.context().close();
  }
}

describe('what somebody wrote is text, and nothing of it runs', () => {
  test('ATK10 in every text of updates, corrections, retractions and summaries, live and loaded', async () => {
    const found = await findings(async (attack) => {
      for (const [day, today] of daysOf(some)) await attackDay(attack, day, today);
    });
    expect(found).toEqual([]);
  });

  test('ATK10 in the rows of an import', async () => {
    expect(await findings((attack) => attackByImport(attack, payloads))).toEqual([]);
  });

  test('ATK10 in the names of timelines', async () => {
    expect(await findings((attack) => attackByTimelines(attack, some))).toEqual([]);
  });

  test('ATK10 in the address and its parameters', async () => {
    expect(await findings((attack) => attackByAddresses(attack, some.slice(0, 20), 1))).toEqual([]);
  });

  test('ATK11 an answer for programs that is opened in a browser is no page', async () => {
    expect(await findings((attack) => attackAnswers(attack))).toEqual([]);
  });

  test('ATK10 in the names of tokens', async () => {
    expect(await findings((attack) => attackByTokens(attack, some))).toEqual([]);
  });

  test('ATK10 in idempotency keys', async () => {
    expect(await findings((attack) => attackByKeys(attack, some))).toEqual([]);
  });
});

describe('the page’s policy', () => {
  const inject = `<img src="/none" onerror="alert('handler')"><script>alert('inline')</script><a href="javascript:alert('link')" id="led">x</a>`;

  test.each([
    ['stops what runs inline, should it ever get there', 'guarded'],
    ['is what stops it: without, the test would see it run', 'unguarded'],
  ] as const)('ATK12 %s', async (_, kind) => {
    const attack = await beginAttack(on());
    const { page, inspect, findings: found } = attack[kind];
    await page.route('**/gaza', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace('</main>', `${inject}</main>`) });
    });
    await page.goto(`${on().site.url}/gaza`);
    await page.locator('#led').dispatchEvent('click');
    await page.waitForFunction(() => (window as unknown as { told: string[] }).told.length >= 3);
    await inspect();
    const ran = found.filter((what) => what.endsWith(': alert'));
    const stopped = found.filter((what) => what.includes(': policy: script-src'));
    expect([ran.length > 0, stopped.length > 0]).toEqual(kind === 'guarded' ? [false, true] : [true, false]);
  });
});
