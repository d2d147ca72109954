import { describe, expect, test } from '@jest/globals';
import { importRows } from '../../server/newsroom/import.ts';
import { StoreUnavailable } from '../../server/store/store.ts';
import { limits } from '../../shared/limits.ts';
import { refuse } from '../../shared/result.ts';
import { bytesOf, FakeDesk, gate, inChunks, job, ndjson, recordsOf, withoutProgress } from './support.ts';

const row = (n: number) => ({ occurredAt: '2024-02-07', headline: `Headline ${n}` });
const rows = (count: number) => Array.from({ length: count }, (_, i) => row(i + 1));

async function outcome(text: string | Uint8Array, size?: number) {
  const desk = new FakeDesk();
  const bytes = typeof text === 'string' ? bytesOf(text) : text;
  const records = withoutProgress(await recordsOf(job(desk, inChunks(bytes, size))));
  return { desk, records, last: records.at(-1), refusals: records.slice(0, -1) };
}

describe('what a file may look like', () => {
  test('IMP1 the last record counts imported, refused and replayed rows', async () => {
    const { last } = await outcome(ndjson(row(1), row(2), row(1), { headline: 'no date' }));
    expect(last).toEqual({ imported: 2, refused: 1, replayed: 1 });
  });

  test('IMP2 characters cut by chunks, CRLF, blank lines and a byte order mark change nothing', async () => {
    const text = `\ufeff${JSON.stringify({ occurredAt: '2024-02-07', headline: 'غزة — Ґаза 🕊' })}\r\n\r\n  \n${JSON.stringify(row(2))}`;
    for (const size of [1, 2, 3, 1_000]) {
      const { desk, last } = await outcome(text, size);
      expect(last).toEqual({ imported: 2, refused: 0, replayed: 0 });
      expect(desk.rows.map((kept) => kept.headline)).toEqual(['غزة — Ґаза 🕊', 'Headline 2']);
    }
  });

  test('IMP3 each refused row is told with its line and its reason, and the others are imported', async () => {
    const text = [
      JSON.stringify(row(1)),
      '{"occurredAt":',
      '[]',
      '',
      JSON.stringify({ headline: 'x' }),
      JSON.stringify(row(2)),
    ].join('\n');
    const { refusals, last } = await outcome(text);
    expect(refusals).toMatchObject([
      { line: 2, problem: { code: 'malformed-json', status: 400 } },
      { line: 3, problem: { code: 'malformed-json' } },
      { line: 5, problem: { code: 'validation-failed', errors: [{ path: '/occurredAt' }] } },
    ]);
    expect(last).toEqual({ imported: 2, refused: 3, replayed: 0 });
  });

  test('IMP3 bytes that are no UTF-8 refuse their row alone', async () => {
    const bad = Buffer.concat([
      bytesOf('{"occurredAt":"2024-02-07","headline":"'),
      Buffer.of(0xc3, 0x28),
      bytesOf('"}\n'),
    ]);
    const { refusals, last } = await outcome(Buffer.concat([bad, ndjson(row(2))]));
    expect(refusals).toMatchObject([{ line: 1, problem: { code: 'malformed-json', detail: 'the row is not UTF-8' } }]);
    expect(last).toMatchObject({ imported: 1, refused: 1 });
  });

  test('IMP4 a row over the limit is refused, whatever its size, and the next one imported', async () => {
    const huge = JSON.stringify({ ...row(1), body: 'x'.repeat(limits.importRowBytes) });
    const { refusals, last } = await outcome(`${huge}\n${JSON.stringify(row(2))}`);
    expect(refusals).toMatchObject([{ line: 1, problem: { code: 'too-large', status: 413 } }]);
    expect(last).toMatchObject({ imported: 1, refused: 1 });
  });

  test('IMP5 unknown fields are ignored, null means left out, and fields beyond a row’s own are taken where they fit', async () => {
    const odd = {
      ...row(1),
      byline: null,
      tags: null,
      tracker: 'x',
      images: [1],
      place: 'Gaza',
      verification: 'rumour',
      attribution: 'per X',
    };
    const { desk, last } = await outcome(ndjson(odd));
    expect(last).toMatchObject({ imported: 1, refused: 0 });
    expect(desk.rows).toEqual([{ ...row(1), attribution: 'per X' }]);
  });

  test('IMP3 a refusal by the newsroom’s rules is told with its problem', async () => {
    const desk = new FakeDesk();
    desk.before = (_row, attempt) => (attempt === 2 ? refuse('before-day-one', 'too early') : undefined);
    const records = withoutProgress(await recordsOf(job(desk, inChunks(ndjson(...rows(3))))));
    expect(records).toMatchObject([
      { line: 2, problem: { code: 'before-day-one' } },
      { imported: 2, refused: 1, replayed: 0 },
    ]);
  });
});

describe('how it runs', () => {
  test('IMP6 rows are handed over in the order of the file, at most a window at once', async () => {
    const desk = new FakeDesk();
    await recordsOf(job(desk, inChunks(ndjson(...rows(100)), 50), { window: 8 }));
    expect(desk.rows.map((kept) => kept.headline)).toEqual(rows(100).map((kept) => kept.headline));
    expect(desk.mostUnderWay).toBe(8);
  });

  test('IMP7 a refusal is told while the input is still open', async () => {
    const input = gate();
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield bytesOf('not json\n');
      await input.opened;
    }
    const records = importRows(job(new FakeDesk(), slow(), { progressMs: 60_000 }));
    expect((await records.next()).value).toMatchObject({ line: 1 });
    input.open();
    expect((await records.next()).value).toEqual({ imported: 0, refused: 1, replayed: 0 });
  });

  test('IMP7 progress is told while nothing else happens', async () => {
    const input = gate();
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield ndjson(row(1));
      await input.opened;
    }
    const records = importRows(job(new FakeDesk(), slow(), { progressMs: 1 }));
    for await (const record of records) {
      if ('progress' in record && record.progress.imported === 1) {
        expect(record).toEqual({ progress: { lines: 1, imported: 1, refused: 0, replayed: 0 } });
        input.open();
      }
    }
  });

  test('IMP7 reading waits for writing: the input is not drained ahead of the rows under way', async () => {
    const store = gate();
    const desk = new FakeDesk();
    desk.before = () => store.opened;
    let given = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for (const one of rows(50)) {
        given += 1;
        yield ndjson(one);
      }
    }
    const records = importRows(job(desk, counted(), { window: 4, progressMs: 1 }));
    for await (const record of records) {
      if ('progress' in record && record.progress.lines === 4) {
        expect(given).toBeLessThanOrEqual(5);
        store.open();
      }
    }
    expect(desk.rows).toHaveLength(50);
  });

  test('IMP8 a store that comes back is waited for, and every row is there once', async () => {
    const desk = new FakeDesk();
    desk.before = (_row, attempt) => {
      if (attempt > 5 && attempt < 30) throw new StoreUnavailable('away');
    };
    const records = withoutProgress(await recordsOf(job(desk, inChunks(ndjson(...rows(20))))));
    expect(records).toEqual([{ imported: 20, refused: 0, replayed: 0 }]);
  });

  test('IMP8 a store that stays away ends the import, naming the first line that may be missing; the same file again completes it', async () => {
    const desk = new FakeDesk();
    let away = true;
    desk.before = (kept) => {
      if (away && Number(kept.headline?.slice(9)) > 3) throw new StoreUnavailable('away');
    };
    const file = () => inChunks(ndjson(...rows(20)));
    const first = withoutProgress(await recordsOf(job(desk, file(), { giveUpMs: 5, window: 4 })));
    expect(first).toMatchObject([
      { imported: 3, refused: 0, replayed: 0, stopped: { line: 4, problem: { code: 'store-unavailable' } } },
    ]);
    away = false;
    expect(withoutProgress(await recordsOf(job(desk, file())))).toEqual([{ imported: 17, refused: 0, replayed: 3 }]);
    expect(desk.rows).toHaveLength(20);
  });

  test('IMP9 a timeline that goes away ends the import instead of refusing every row', async () => {
    const desk = new FakeDesk();
    desk.before = (_row, attempt) => (attempt > 2 ? refuse('not-found', 'no such timeline') : undefined);
    const records = withoutProgress(await recordsOf(job(desk, inChunks(ndjson(...rows(500))))));
    expect(records).toMatchObject([{ imported: 2, refused: 0, stopped: { line: 3, problem: { code: 'not-found' } } }]);
    expect(desk.attempts).toBeLessThan(100);
  });

  test('IMP3 a row that breaks something is refused as internal, and the rest goes on', async () => {
    const desk = new FakeDesk();
    desk.before = (_row, attempt) => {
      if (attempt === 1) throw new TypeError('broken');
    };
    const records = withoutProgress(await recordsOf(job(desk, inChunks(ndjson(...rows(2))))));
    expect(records).toMatchObject([
      { line: 1, problem: { code: 'internal' } },
      { imported: 1, refused: 1 },
    ]);
  });

  test('IMP10 an input that breaks off throws, and what came whole before is kept', async () => {
    const desk = new FakeDesk();
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield ndjson(...rows(3));
      yield bytesOf('{"occurredAt":"2024');
      throw new Error('connection reset');
    }
    await expect(recordsOf(job(desk, broken()))).rejects.toThrow('connection reset');
    expect(desk.rows).toHaveLength(3);
  });
});
