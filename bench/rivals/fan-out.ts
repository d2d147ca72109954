import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Change } from '../../shared/change.ts';
import { answering, residentBytes, usage } from '../support/answering.ts';
import { changesFrom } from '../support/changes.ts';
import { monotonicMs } from '../support/clock.ts';
import type { Usage } from '../support/questions.ts';

/** Sends all of these to everybody, in this turn of the event loop or as soon as may be. */
export type Broadcast = (changes: Change[]) => void;

/** A server that does nothing but carry changes to its followers, asked over IPC to listen and to send. */
export function serveFanOut(open: (server: Server) => Broadcast): void {
  let broadcast: Broadcast = () => undefined;
  let seq = 0;

  const listen = (): Promise<number> =>
    new Promise((resolve) => {
      const server = createServer((_, response) => response.writeHead(404).end());
      broadcast = open(server);
      // The backlog of all rivals is the same, and deep enough for a storm.
      server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
        resolve((server.address() as AddressInfo).port),
      );
    });

  /** Sends `count` new changes of about 1.2 kB; tells when it began (monotonic ms) and what this process had used by then. */
  const send = ({ count }: { count: number }): { startMs: number; before: Usage } => {
    const changes = changesFrom(seq + 1, count);
    seq += count;
    const before = usage();
    const startMs = monotonicMs();
    broadcast(changes);
    return { startMs, before };
  };

  const handlers: FanOutHandlers = { listen, send, usage, residentBytes };
  answering(handlers);
}

export type FanOutHandlers = {
  listen: () => Promise<number>;
  send: (argument: { count: number }) => { startMs: number; before: Usage };
  usage: () => Usage;
  residentBytes: () => number;
};
