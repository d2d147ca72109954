import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ndjsonLines } from '../../server/newsroom/ndjson.ts';
import { bytesOf, inChunks } from './support.ts';

async function linesOf(input: AsyncIterable<Uint8Array>, most = 1_000): Promise<[number, string | null][]> {
  const lines: [number, string | null][] = [];
  for await (const { number, bytes } of ndjsonLines(input, most)) {
    lines.push([number, bytes === null ? null : Buffer.from(bytes).toString()]);
  }
  return lines;
}

describe('ndjsonLines', () => {
  test('IMP2 any chunking of the same bytes gives the same lines', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 20 })),
        fc.integer({ min: 1, max: 9 }),
        async (texts, size) => {
          const lines = texts.map((text) => text.replaceAll('\n', ' '));
          const bytes = bytesOf(lines.map((line) => `${line}\n`).join(''));
          expect(await linesOf(inChunks(bytes, size))).toEqual(lines.map((line, i) => [i + 1, line]));
        },
      ),
      { numRuns: 200, seed: 20240207 },
    );
  });

  test('IMP2 the last line needs no line end', async () => {
    expect(await linesOf(inChunks(bytesOf('a\nb'), 2))).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
  });

  test('IMP2 an empty input has no lines', async () => {
    expect(await linesOf(inChunks(bytesOf(''), 1))).toEqual([]);
  });

  test('IMP4 a line over the limit is given as null, and the lines around it are whole', async () => {
    const bytes = bytesOf(`first\n${'x'.repeat(11)}\nlast`);
    for (const size of [1, 4, 100]) {
      expect(await linesOf(inChunks(bytes, size), 10)).toEqual([
        [1, 'first'],
        [2, null],
        [3, 'last'],
      ]);
    }
  });

  test('IMP4 a line of exactly the limit is taken', async () => {
    expect(await linesOf(inChunks(bytesOf(`${'x'.repeat(10)}\n`), 3), 10)).toEqual([[1, 'x'.repeat(10)]]);
  });

  test('IMP4 an endless line is not kept in memory', async () => {
    const chunk = new Uint8Array(1024 * 1024).fill(0x78);
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 512; i++) yield chunk;
    }
    global.gc?.();
    const before = process.memoryUsage().arrayBuffers;
    expect(await linesOf(endless(), 4_096)).toEqual([[1, null]]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });
});
