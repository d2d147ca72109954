import { describe, expect, test } from '@jest/globals';
import { defaultGatewayLimits } from '../../server/live/gateway-limits.ts';
import { fragment } from '../../server/live/long-packets.ts';
import { Reading } from '../../server/live/reading.ts';

const limits = { ...defaultGatewayLimits, stuckMs: 14_000, askMs: 3_000, askBytes: 1_000, muteBytes: 5_000 };
const all = (written: number) => ({ written, taken: written });

/** A reader that has read so far, and answered to prove it. */
function proven(): Reading {
  const reading = new Reading();
  reading.answer(reading.ask(100, 0), 100, 0);
  return reading;
}

describe('a reader that is asked whether it reads', () => {
  test('LIVE56 is asked when enough was written, or anything some seconds ago, and not while it owes an answer', () => {
    const reading = proven();
    expect(reading.isDue(100, 60_000, limits)).toBe(false);
    expect(reading.isDue(101, 2_999, limits)).toBe(false);
    expect(reading.isDue(101, 3_000, limits)).toBe(true);
    expect(reading.isDue(1_100, 1, limits)).toBe(true);
    reading.ask(1_100, 1);
    expect(reading.isDue(1_101, 9_000, limits)).toBe(false);
    expect(reading.isDue(2_100, 2, limits)).toBe(true);
  });

  test('LIVE14 has its time (here 14 s) from the first question that is open, however little was sent', () => {
    const reading = proven();
    reading.ask(101, 1_000);
    reading.ask(1_101, 9_000);
    expect(reading.isOver(all(1_101), 15_000, limits)).toBe(false);
    expect(reading.isOver(all(1_101), 15_001, limits)).toBe(true);
  });

  test('LIVE56 an answer is a sign, and stands for the questions before it; one that nobody asked for is none', () => {
    const reading = proven();
    const words = [1, 2, 3].map((n) => reading.ask(n * 1_000, n));
    expect(reading.answer(Buffer.from('forged'), 3_000, 14_000)).toBe(false);
    expect(reading.answer(Buffer.alloc(0), 3_000, 14_000)).toBe(false);
    expect(reading.isOver(all(3_000), 14_002, limits)).toBe(true);
    expect(reading.answer(words[1] ?? Buffer.alloc(0), 3_000, 14_002)).toBe(true);
    expect(reading.isOver(all(3_000), 28_002, limits)).toBe(false);
    expect(reading.answer(words[0] ?? Buffer.alloc(0), 3_000, 28_002)).toBe(false);
    expect(reading.isOver(all(3_000), 28_003, limits)).toBe(true);
    expect(reading.answer(words[2] ?? Buffer.alloc(0), 3_000, 28_003)).toBe(true);
    expect(reading.isOver(all(3_000), 90_000, limits)).toBe(false);
  });

  test('LIVE56 that has never answered may not know how: it is not dropped before 2 MiB, and owes one answer at a time', () => {
    const reading = new Reading();
    expect(reading.isDue(100, 3_000, limits)).toBe(true);
    reading.ask(100, 0);
    expect(reading.isDue(90_000, 90_000, limits)).toBe(false);
    expect(reading.isOver(all(5_100), 90_000, limits)).toBe(false);
    expect(reading.isOver(all(5_101), 90_000, limits)).toBe(true);
  });
});

describe('a connection that is full', () => {
  const full = (taken: number) => ({ written: 90_000, taken });

  test('LIVE14 bytes that leave are a sign of reading of who has never answered', () => {
    const reading = new Reading();
    expect(reading.isOver(full(100), 60_000, limits)).toBe(false);
    expect(reading.isOver(full(101), 74_000, limits)).toBe(false);
    expect(reading.isOver(full(101), 88_000, limits)).toBe(false);
    expect(reading.isOver(full(101), 88_001, limits)).toBe(true);
  });

  test('LIVE14 of who can answer they are none: the kernel finds room by itself, and takes megabytes for a reader that has stopped', () => {
    const reading = proven();
    reading.ask(80_000, 60_000);
    for (let taken = 100; taken < 114; taken++)
      expect(reading.isOver(full(taken), 60_000 + (taken - 100) * 1_000, limits)).toBe(false);
    expect(reading.isOver(full(200), 74_001, limits)).toBe(true);
  });

  test('LIVE56 room that the kernel still had is none: what it takes meanwhile has been read by nobody', () => {
    const reading = proven();
    reading.ask(1_000, 0);
    for (let ms = 0; ms <= 14_000; ms += 1_000) expect(reading.isOver(all(1_000 + ms), ms, limits)).toBe(false);
    expect(reading.isOver(all(20_000), 14_001, limits)).toBe(true);
  });
});

describe('a long packet', () => {
  const text = 'ä'.repeat(400_000);

  test('LIVE57 goes out in fragments of one message, with a question after each', () => {
    const packet = { type: 'message', data: text, options: {} };
    const asked: number[] = [];
    fragment(packet, (before) => {
      asked.push(before);
      return Buffer.from('a word');
    });
    const [bytes = Buffer.alloc(0)] = (packet.options as { wsPreEncodedFrame: Buffer[] }).wsPreEncodedFrame;
    const frames = framesOf(bytes);
    const data = frames.filter(({ first }) => (first & 15) < 8);
    expect(Buffer.concat(data.map(({ body }) => body)).toString()).toBe(`4${text}`);
    expect(data.map(({ first }) => first)).toEqual([0x01, 0, 0, 0, 0, 0, 0x80]);
    const questions = frames.filter((_, at) => at % 2 === 1);
    expect(questions.map(({ first, body }) => [first, body.toString()])).toEqual(data.map(() => [0x89, 'a word']));
    expect(questions.map(({ at }) => at)).toEqual(asked);
  });

  test.each([
    ['a short one', { type: 'message', data: 'x'.repeat(500_000) }],
    ['one that is framed already', { type: 'message', data: text, options: { wsPreEncodedFrame: [] } }],
    ['one without text', { type: 'ping' }],
  ])('LIVE57 %s goes out as it is', (_, packet) => {
    const before = structuredClone(packet);
    fragment(packet, () => {
      throw new Error('asked');
    });
    expect(packet).toEqual(before);
  });
});

interface Frame {
  first: number;
  body: Buffer;
  at: number;
}

function framesOf(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length; ) {
    const short = bytes[at + 1] ?? 0;
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    frames.push({ first: bytes[at] ?? 0, body: bytes.subarray(at + head, at + head + length), at });
    at += head + length;
  }
  return frames;
}
