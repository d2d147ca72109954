import { afterAll, beforeAll } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { todayOf } from '../../../server/domain/present.ts';
import { Scheduler } from '../../../server/newsroom/scheduler.ts';
import { silent } from '../../support/spine.ts';
import { type Stage, stage } from '../support.ts';
import { signedInAs } from './staff.ts';

export type DeskRole = 'reporter' | 'editor' | 'admin';

export interface DeskStage extends Stage {
  /** Opens the desk of `gaza` as somebody with this role. Each has a browser of his own. */
  desk(role: DeskRole, options?: BrowserContextOptions): Promise<Page>;
  /** What is on the day now, newest first. */
  headlines(): Promise<string[]>;
}

/** A stage on the real clock, as a browser’s is, with a scheduler. */
export function deskStage(): () => DeskStage {
  const on = stage();
  let made: DeskStage | undefined;
  beforeAll(() => {
    const { spine, site, open } = on();
    Object.defineProperty(spine.clock, 'ms', { get: () => Date.now() });
    const scheduler = new Scheduler({ ...spine, clock: spine.clock.now, log: silent });
    scheduler.start();
    const end = site.end;
    site.end = async () => {
      await scheduler.stop();
      await end();
    };
    made = {
      ...on(),
      desk: async (role, options = {}) => {
        const page = await open('/newsroom/gaza', {
          ...(await signedInAs(role, on(), { name: `The ${role}` })),
          ...options,
        });
        page.setDefaultTimeout(30_000);
        await page.waitForSelector('.composer .ProseMirror');
        await page.waitForSelector('[data-connection="live"]');
        return page;
      },
      headlines: async () => {
        return (await spine.store.day('gaza', todaysDate(spine))).updates.map(({ headline }) => headline);
      },
    };
  });
  afterAll(() => {
    made = undefined;
  });
  return () => {
    if (!made) throw new Error('the stage is there once the tests run');
    return made;
  };
}

function todaysDate({ live, clock }: DeskStage['spine']): string {
  const stored = live.timeline('gaza');
  if (!stored) throw new Error('no timeline');
  return todayOf(stored.record, clock.now()).date;
}

/** Types a headline and a text into the composer, as fast as fingers don’t. */
export async function write(page: Page, headline: string, text = ''): Promise<void> {
  await page.focus('.composer .headline');
  await page.keyboard.type(headline);
  if (text === '') return;
  await page.click('.composer .ProseMirror');
  await page.keyboard.type(text);
}
