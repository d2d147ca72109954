import { createReadStream, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { makeSite } from '../../../server/site/make-site.ts';
import { launchChromium } from '../../e2e/support.ts';
import { job, recordsOf } from '../../import/support.ts';
import { admin, expectOk, type Spine, startSpine } from '../../support/spine.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { browseSite } from '../browse-site.ts';
import { checkFiles } from '../check-site.ts';
import { type FileServer, serveFiles } from '../file-server.ts';
import { filesIn } from '../site-walk.ts';

/** 2,285 dated developments on 1,015 days; they lie beside a checkout of the project, not in it. */
const data = fileURLToPath(
  new URL('../../../../shared/data/ukraine-war-wikipedia.developments.ndjson', import.meta.url),
);
const testWithData = existsSync(data) ? test : test.skip;
const folder = temporaryFolder();
let spine: Spine;
let server: FileServer;
let browser: Browser;

beforeAll(async () => {
  spine = await startSpine();
  server = await serveFiles(folder.path);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await server.close();
  await spine.end();
  folder.remove();
});

/** Tells what was measured, for docs/operations.md. */
const tell = (text: string): void => console.info(text);
const seconds = (since: number): string => `${((performance.now() - since) / 1_000).toFixed(1)} s`;

describe('a thousand days as files', () => {
  testWithData(
    'SITE7 the 1,015 days of a war: every page opens in a browser, every link leads somewhere, search and feeds work',
    async () => {
      expectOk(
        await spine.desk.createTimeline(admin, {
          slug: 'kyiv',
          title: 'War in Ukraine',
          subject: 'the war in Ukraine',
          dayOne: '2022-02-24',
          timeZone: 'Europe/Kyiv',
        }),
      );
      const rows = await recordsOf({ ...job(spine.desk, createReadStream(data), { slug: 'kyiv' }), actor: admin });
      expect(rows.at(-1)).toEqual({ imported: 2_285, refused: 0, replayed: 0 });
      const begun = performance.now();
      const make = () =>
        makeSite({ ...spine, clock: spine.clock.now, publicFolder: 'dist/public' }, 'kyiv', folder.path, server.url);
      const { files } = await make();
      const took = seconds(begun);
      const bytes = filesIn(folder.path).reduce((sum, name) => sum + statSync(join(folder.path, name)).size, 0);
      tell(`${files} files, ${(bytes / 1_048_576).toFixed(1)} MiB, written in ${took}`);
      const again = performance.now();
      expect((await make()).written).toBe(0);
      tell(`again in ${seconds(again)}, nothing written`);

      const walked = performance.now();
      const { pages, links, outside, faults } = await browseSite(server.url, browser);
      tell(`${pages.size} pages opened, ${links} links followed, ${outside.size} lead out of it, ${seconds(walked)}`);
      expect(faults).toEqual([]);
      const html = filesIn(folder.path).filter((name) => name.endsWith('.html'));
      expect([...pages].sort()).toEqual(html.map((name) => `${server.url}/${name}`).sort());
      expect(checkFiles(folder.path, pages)).toEqual([]);

      const page = await browser.newPage();
      await page.goto(`${server.url}/search.html`);
      await page.fill('#archive-search input', 'Chernobyl plant');
      await page.press('#archive-search input', 'Enter');
      await page.locator('#archive-hits a').first().click();
      await page.waitForURL(/\/updates\/\w+\.html$/);
      expect(await page.locator('article').innerText()).toMatch(/Chernobyl/i);
    },
    1_800_000,
  );
});
