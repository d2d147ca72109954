import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from '@jest/globals';
import { admin, expectOk, type Spine, startSpine } from '../support/spine.ts';
import { bytesOf, job, recordsOf, withoutProgress } from './support.ts';

/** Real material that lies beside a checkout of the project, not in it. */
const folder = new URL('../../../shared/data/', import.meta.url);
const file = (tracker: string) => new URL(`${tracker}.developments.ndjson`, folder);
const testWithData = existsSync(folder) ? test : test.skip;

interface Development {
  id: string;
  lang: string | null;
  author: string | null;
  source: { name: string | null; url: string | null };
}

/** A row of the collection as a row of an import; all other fields have the same names. */
const toRow = ({ id, lang, author, source, ...same }: Development) => ({
  ...same,
  externalId: id,
  language: lang,
  byline: author,
  sources: source.name || source.url ? [source] : [],
});

async function* rows(tracker: string): AsyncGenerator<Uint8Array> {
  for await (const line of createInterface({ input: createReadStream(file(tracker)) })) {
    yield bytesOf(`${JSON.stringify(toRow(JSON.parse(line)))}\n`);
  }
}

const spines: Spine[] = [];
afterEach(async () => {
  for (const spine of spines.splice(0)) await spine.end();
});

async function importing(
  tracker: string,
  timeline: { slug: string; dayOne: string; timeZone: string; language?: string },
) {
  const spine = await startSpine();
  spines.push(spine);
  expectOk(await spine.desk.createTimeline(admin, { title: 'War', subject: 'the war', ...timeline }));
  const once = async () => withoutProgress(await recordsOf(job(spine.desk, rows(tracker), { slug: timeline.slug })));
  return { ...spine, once };
}

const ukraine = { slug: 'ukraine', dayOne: '2022-02-24', timeZone: 'Europe/Kyiv' };

describe('real archives', () => {
  testWithData(
    'IMP30 2,285 developments of the war in Ukraine make 1,015 days, and the same file again adds nothing',
    async () => {
      const { once, store } = await importing('ukraine-war-wikipedia', ukraine);
      expect(await once()).toEqual([{ imported: 2_285, refused: 0, replayed: 0 }]);
      const days = await store.days('ukraine');
      expect(days).toHaveLength(1_015);
      expect(days.reduce((sum, day) => sum + day.updates, 0)).toBe(2_285);
      const position = (await store.timeline('ukraine'))?.position;
      expect(await once()).toEqual([{ imported: 0, refused: 0, replayed: 2_285 }]);
      expect((await store.timeline('ukraine'))?.position).toEqual(position);
    },
  );

  testWithData('IMP31 a newspaper’s blog of the 446th day lies on 15 May 2023', async () => {
    const { once, store } = await importing('guardian-ukraine-2023-05-15', ukraine);
    expect(await once()).toEqual([{ imported: 20, refused: 0, replayed: 0 }]);
    const { updates } = await store.day('ukraine', '2023-05-15');
    expect(updates).toHaveLength(20);
    expect(updates.every(({ day }) => day === 446)).toBe(true);
    expect(updates.filter(({ key }) => key)).toHaveLength(13);
    expect(updates.map(({ body }) => body).join('')).not.toMatch(/<script|onerror|javascript:/i);
  });

  testWithData(
    'IMP32 an Arabic archive comes in whole but for two rows with headlines over 300 characters',
    async () => {
      const syria = { slug: 'syria', dayOne: '2011-03-15', timeZone: 'Asia/Damascus', language: 'ar' };
      const { once, store } = await importing('syria-strikes-ar', syria);
      const records = await once();
      expect(records.slice(0, -1).map((record) => 'problem' in record && record.problem.errors)).toEqual([
        [{ path: '/headline', message: 'Too big: expected string to have <=300 characters' }],
        [{ path: '/headline', message: 'Too big: expected string to have <=300 characters' }],
      ]);
      expect(records.at(-1)).toEqual({ imported: 549, refused: 2, replayed: 0 });
      // 233 in the file; the two refused rows were alone on theirs.
      expect(await store.days('syria')).toHaveLength(231);
    },
  );
});
