import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { adminToken, type DaymarkProcess, daymarks } from '../support/daymark-process.ts';
import { waitFor } from '../support/wait-for.ts';

const suite = daymarks();
afterEach(() => suite.end());

/** A write on a connection of its own, of which the last byte is held back. */
class SlowWrite {
  readonly socket: Socket;
  readonly closed: Promise<unknown>;
  answer = '';

  constructor({ url }: DaymarkProcess) {
    this.socket = connect(Number(new URL(url).port), '127.0.0.1');
    this.closed = once(this.socket, 'close');
    this.socket.setEncoding('utf8').on('data', (text: string) => {
      this.answer += text;
    });
    const head = `POST /api/v1/timelines HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer ${adminToken}\r\n`;
    this.socket.write(`${head}Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n`);
  }

  /** Resolves when the server has taken the request and waits for its body. */
  async begun(): Promise<void> {
    await waitFor(() => this.answer.startsWith('HTTP/1.1 100 '), 'the request to be taken');
    this.socket.write('{');
  }

  finish(): void {
    this.socket.write('}');
  }
}

describe('the end of a server', () => {
  test('START11 what is under way is answered, and a client that keeps its connection holds nothing up', async () => {
    const daymark = await suite.start();
    const [kept, late] = [new SlowWrite(daymark), new SlowWrite(daymark)];
    await Promise.all([kept.begun(), late.begun()]);
    const ended = once(daymark.process, 'exit');
    daymark.process.kill('SIGTERM');
    await waitFor(() => daymark.output().includes('Stopping'), 'the server to stop');
    kept.finish();
    // It would keep the connection; the server ends it while the other request is still under way.
    await kept.closed;
    expect(kept.answer).toContain('HTTP/1.1 422 ');
    late.finish();
    await late.closed;
    expect(late.answer).toContain('HTTP/1.1 422 ');
    expect(await ended).toEqual([0, null]);
  });
});
