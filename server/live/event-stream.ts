import type { ServerResponse } from 'node:http';
import type { Change } from '../../shared/change.ts';
import { formatPosition, type Position } from '../../shared/position.ts';

/** One Server-Sent Event. `id` is where an EventSource resumes that loses its connection after it. */
export function streamEvent(event: 'change' | 'head' | 'reset', position: string, data: unknown): string {
  return `event: ${event}\nid: ${position}\ndata: ${JSON.stringify(data)}\n\n`;
}

export const changeEvent = (change: Change, epoch: string): string =>
  streamEvent('change', formatPosition({ epoch, seq: change.seq }), change);

export function headEvent(timeline: string, head: Position): string {
  const position = formatPosition(head);
  return streamEvent('head', position, { timeline, position });
}

export function resetEvent(head: Position): string {
  const position = formatPosition(head);
  return streamEvent('reset', position, { position });
}

/** Starts the answer. No cache, no proxy and no compressor may hold an event back. */
export function startStream(response: ServerResponse, retryMs: number): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
    'X-Content-Type-Options': 'nosniff',
    'Access-Control-Allow-Origin': '*',
  });
  response.write(`retry: ${retryMs}\n\n`);
}
