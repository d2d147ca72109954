import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { GatewayLimits } from './gateway-limits.ts';

type Limits = Pick<GatewayLimits, 'stuckMs' | 'askMs' | 'askBytes' | 'muteBytes'>;

/** Nobody guesses 48 bits; all waiting words of a reader together are still small. */
const wordBytes = 6;

/**
 * Whether a reader reads, without taking its word for it: the kernel takes some 4 MB for a reader that has stopped, and the
 * answers to Socket.IO’s own pings can be sent blindly. So WebSocket pings with a secret word, the *questions*, are put
 * behind what is sent. Every WebSocket gives the word back by itself, and only who has read up to it can.
 *
 * A word that came back is the sign of reading. Of who has never given one back, bytes that leave though the kernel had no room
 * before have to do: a coarse sign, in steps of a megabyte, and a weak one, for the kernel finds more room by itself.
 */
export class Reading {
  /** Words of the questions that are not answered yet, the oldest first. */
  #words: string[] = none;
  /** The last sign of reading, or when something began to wait for one. */
  #signAt = 0;
  #askedAt = 0;
  /** All that had been written when it was last asked, and when the last sign came. */
  #askedBytes = 0;
  #signBytes = 0;
  /** What the kernel had taken at the last look, where it had no room for more; else null. */
  #full: number | null = null;
  /** Has never answered a question. Some program might not know how, and still read. */
  #isMute = true;

  /** A new question, to be put behind all that has been written. */
  ask(written: number, now: number): Buffer {
    const word = randomBytes(wordBytes);
    if (this.#words.length === 0) this.#begin(written, now);
    this.#words = [...this.#words, word.toString('latin1')];
    this.#askedAt = now;
    this.#askedBytes = written;
    return word;
  }

  /** Whether enough was written, or anything for long enough, to ask again. */
  isDue(written: number, now: number, { askBytes, askMs }: Limits): boolean {
    if (this.#words.length > 0 && this.#isMute) return false;
    const since = written - this.#askedBytes;
    return since >= askBytes || (since > 0 && now - this.#askedAt >= askMs && this.#words.length === 0);
  }

  /** False where nothing of the kind was asked. An answer stands for all questions before it as well. */
  answer(word: Buffer, written: number, now: number): boolean {
    const at = this.#words.indexOf(word.toString('latin1'));
    if (at < 0) return false;
    const left = this.#words.slice(at + 1);
    this.#words = left.length > 0 ? left : none;
    this.#isMute = false;
    this.#begin(written, now);
    return true;
  }

  /** True when no sign has come for longer than allowed. To be asked again and again. */
  isOver(tcp: TcpProgress, now: number, { stuckMs, muteBytes }: Limits): boolean {
    const { written, taken } = tcp;
    const isFull = taken < written;
    const hasLeft = this.#full !== null && taken > this.#full;
    const beginsToWait = isFull && this.#full === null && (this.#words.length === 0 || this.#isMute);
    this.#full = isFull ? taken : null;
    if ((hasLeft && this.#isMute) || beginsToWait) this.#begin(written, now);
    const owesAnswer = this.#words.length > 0 && (!this.#isMute || written - this.#signBytes > muteBytes);
    return (isFull || owesAnswer) && now - this.#signAt > stuckMs;
  }

  #begin(written: number, now: number): void {
    this.#signAt = now;
    this.#signBytes = written;
  }
}

/** Ten thousand readers that owe nothing share it. */
const none: string[] = [];

/** Bytes of a connection since its beginning. */
export interface TcpProgress {
  written: number;
  /** Of these, what the kernel has taken. Progress within one large chunk shows in the handle alone. */
  taken: number;
}

export function progressOf(tcp: Socket | null): TcpProgress {
  const { _handle: handle } = (tcp ?? {}) as { _handle?: { writeQueueSize?: number } | null };
  const written = tcp?.bytesWritten ?? 0;
  return { written, taken: written - (handle?.writeQueueSize || (tcp?.writableLength ?? 0)) };
}
