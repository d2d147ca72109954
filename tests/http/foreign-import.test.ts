import { describe, expect, test } from '@jest/globals';
import { rss, rssItem } from '../import/foreign-support.ts';
import { development, editor, expectOk } from '../support/spine.ts';
import { get } from './raw.ts';
import { api, site } from './support.ts';

const the = site();

async function send(query: string, body: string, type = 'application/octet-stream') {
  const headers = { ...the().admin, 'Content-Type': type };
  const answer = await get(the().url, `${api}/gaza/import?${query}`, headers, 'POST', Buffer.from(body));
  const lines = answer.body
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { status: answer.status, lines: lines.filter((line) => !('progress' in line)) };
}

const position = () => the().spine.live.timeline('gaza')?.position.seq;

describe('files of other formats over HTTP', () => {
  test('HTTP63 a preview names the format, shows what would come in, and writes nothing; the import then brings it', async () => {
    const before = position();
    const file = rss(rssItem(1) + rssItem(2) + rssItem(1));
    const preview = await send('from=auto&preview=1', file);
    expect(preview.lines).toEqual([
      { format: 'rss', title: 'RSS 2.0' },
      {
        shown: [
          expect.objectContaining({ headline: 'Item 1', day: 124 }),
          expect.objectContaining({ headline: 'Item 2' }),
        ],
        images: 0,
      },
      { imported: 2, refused: 0, replayed: 1 },
    ]);
    expect(position()).toBe(before);
    expect((await send('from=rss', file)).lines.at(-1)).toEqual({ imported: 2, refused: 0, replayed: 1 });
    expect((await send('from=auto', file)).lines.at(-1)).toEqual({ imported: 0, refused: 0, replayed: 3 });
  });

  test('HTTP63 a preview of a CSV that says too little names its columns; with a map it is read', async () => {
    const csv = 'when,what\n2024-02-07,One\n2024-02-07,Two\n';
    const [format, last] = (await send('from=auto&preview=1', csv)).lines;
    expect(format).toEqual({
      format: 'csv',
      title: 'CSV',
      columns: ['when', 'what'],
      map: {},
      unmapped: ['occurredAt', 'headline'],
    });
    expect(last).toEqual({ imported: 0, refused: 0, replayed: 0 });
    const map = encodeURIComponent(JSON.stringify({ occurredAt: 'when', headline: 'CSV: {what}' }));
    expect((await send(`from=csv&map=${map}`, csv)).lines.at(-1)).toEqual({ imported: 2, refused: 0, replayed: 0 });
  });

  test('HTTP63 what can’t be read or asked for is a problem, and nothing is written', async () => {
    const before = position();
    const cut = await send('from=auto', rss(rssItem(9)).slice(0, -30));
    expect(cut).toMatchObject({ status: 422, lines: [{ code: 'unreadable-file' }] });
    expect(await send('from=auto', 'what is this')).toMatchObject({
      status: 422,
      lines: [{ code: 'unreadable-file' }],
    });
    for (const query of ['from=word', 'from=csv&map=x', 'from=csv&map=%7B%22body2%22:%22x%22%7D', 'preview=yes'])
      expect(await send(query, 'a,b\n')).toMatchObject({ status: 422, lines: [{ code: 'validation-failed' }] });
    expect(position()).toBe(before);
  });

  test('HTTP64 CSV for spreadsheets: no text of it is a formula, and it can be imported again', async () => {
    for (const headline of ['=1+1', '+1', '-1', '@SUM(A1)', 'plain, "quoted"'])
      expectOk(await the().spine.desk.publish(editor, 'gaza', development({ headline, occurredAt: '2024-01-01' })));
    const { body, headers } = await get(the().url, `${api}/gaza/export.csv`);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe('attachment; filename="gaza.csv"');
    const text = body.toString();
    expect(text).toMatch(/^\ufeffday,date,occurredAt,/);
    for (const guarded of ["'=1+1", "'+1", "'-1", "'@SUM(A1)"]) expect(text).toContain(`,${guarded},`);
    expect(text).toContain('"plain, ""quoted"""');
    const preview = await send('from=csv&preview=1', text.replaceAll(/2024-01-01/g, '2024-01-02'));
    const [{ shown }] = preview.lines.filter((line) => 'shown' in line);
    expect(shown.map(({ headline }: { headline: string }) => headline)).toEqual(
      expect.arrayContaining(['=1+1', '-1', 'plain, "quoted"']),
    );
  });

  test('HTTP61 an export with revisions has the kinds of lines that restoring takes', async () => {
    const { update } = expectOk(await the().spine.desk.publish(editor, 'gaza', development({ headline: 'First' })));
    expectOk(await the().spine.desk.revise(editor, 'gaza', update.id, 1, { headline: 'Second' }));
    const kinds = async (query: string) => {
      const { body } = await get(the().url, `${api}/gaza/export.ndjson${query}`);
      return new Set(
        body
          .toString()
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line).kind),
      );
    };
    expect(await kinds('')).toEqual(new Set(['timeline', 'update']));
    expect(await kinds('?revisions=1')).toEqual(new Set(['timeline', 'update', 'revision']));
  });
});
