import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { DryRun } from '../../server/newsroom/dry-run.ts';
import { planImport } from '../../server/newsroom/import-plan.ts';
import { admin, expectOk, type Spine, startSpine } from '../support/spine.ts';
import { inChunks, job, ndjson, recordsOf } from './support.ts';

/** Real files as other software wrote them; they lie beside a checkout of the project, not in it. */
const folder = fileURLToPath(new URL('../../../shared/data/native/', import.meta.url));
/** Thousands of rows, three times: on a busy machine they take their time. */
jest.setTimeout(240_000);
const testWithData = existsSync(folder) ? test : test.skip;

const columns = {
  occurredAt: 'started_at',
  headline: 'Air raid alert: {oblast} {raion} {hromada}',
  sourceName: 'source',
};

/** File, format, what the import says, and the codes of what is refused. */
const files: [string, string, { imported: number; refused: number; replayed: number }, Record<string, number>][] = [
  ['air-raid-alerts-official-uk.csv', 'csv', { imported: 4_000, refused: 0, replayed: 0 }, {}],
  ['atom-emoji.xml', 'atom', { imported: 1, refused: 0, replayed: 0 }, {}],
  ['atom-reddit.xml', 'atom', { imported: 1, refused: 0, replayed: 0 }, {}],
  ['guardian-dcr-key-events.json', 'guardian', { imported: 4, refused: 0, replayed: 0 }, {}],
  ['guardian-dcr-liveblog-mars-2021.json', 'guardian', { imported: 12, refused: 0, replayed: 4 }, {}],
  ['guardian-ukraine-2023-05-15.html', 'html', { imported: 10, refused: 0, replayed: 0 }, {}],
  ['guardian-ukraine-2023-05-15.jsonld.json', 'jsonld', { imported: 0, refused: 0, replayed: 10 }, {}],
  ['rdf-rss10.xml', 'rdf', { imported: 1, refused: 0, replayed: 0 }, {}],
  ['rss-bbc-world-2019-02-24.xml', 'rss', { imported: 33, refused: 0, replayed: 0 }, {}],
  ['rss-reliefweb-ukraine-2020.xml', 'rss', { imported: 5, refused: 0, replayed: 0 }, {}],
  ['rss-russian.xml', 'rss', { imported: 1, refused: 0, replayed: 0 }, {}],
  [
    'sourcefabric-theme-api-response.json',
    'sourcefabric',
    { imported: 11, refused: 14, replayed: 0 },
    { 'not-for-publication': 14 },
  ],
  [
    'themeunittestdata.wordpress.xml',
    'wxr',
    { imported: 55, refused: 3, replayed: 0 },
    { 'not-for-publication': 2, 'in-the-future': 1 },
  ],
];

let spine: Spine;
beforeAll(async () => {
  spine = await startSpine();
  expectOk(
    await spine.desk.createTimeline(admin, {
      slug: 'real',
      title: 'R',
      subject: 'r',
      dayOne: '2000-01-01',
      timeZone: 'Europe/Kyiv',
    }),
  );
});
afterAll(() => spine.end());

async function imports(file: string, preview: boolean) {
  const map = file.endsWith('.csv') ? { map: columns } : {};
  const plan = await planImport(() => createReadStream(folder + file), { from: null, timeZone: 'Europe/Kyiv', ...map });
  const desk = preview ? new DryRun(spine.store, spine.clock.now) : spine.desk;
  const records = await recordsOf({ ...job(desk, inChunks(ndjson()), { slug: 'real' }), rows: plan.rows() });
  const codes = records.flatMap((record) => ('problem' in record ? record.problem.code : []));
  const reasons = Object.fromEntries(codes.map((code) => [code, codes.filter((each) => each === code).length]));
  return { format: plan.format, last: records.at(-1), reasons };
}

describe('files as other software wrote them', () => {
  testWithData.each(files)(
    'MOVE8 %s (%s) comes in, as its preview says, and a second time adds nothing',
    async (file, format, last, reasons) => {
      expect(await imports(file, true)).toEqual({ format, last, reasons });
      expect(await imports(file, false)).toEqual({ format, last, reasons });
      const again = { imported: 0, refused: last.refused, replayed: last.imported + last.replayed };
      expect(await imports(file, false)).toEqual({ format, last: again, reasons });
    },
  );

  testWithData.each(['equipment', 'equipment_correction', 'personnel'])(
    'MOVE8 figures (russia_losses_%s.json) are no updates: the file is refused',
    async (name) => {
      await expect(imports(`russia_losses_${name}.json`, false)).rejects.toThrow('no format that can be imported');
    },
  );
});
