import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answering, usage } from '../support/answering.ts';

/** An answer of Daymark’s, to be given by a rival byte for byte. */
export interface SameAnswer {
  path: string;
  /** Names and values in turn, as they came. */
  head: string[];
  bodyBase64: string;
}

/** A server that only ever gives these answers, asked over IPC to listen. */
export function serveSameBytes(open: (answers: { path: string; head: string[]; body: Buffer }[]) => Server): void {
  const listen = ({ answers }: { answers: SameAnswer[] }): Promise<number> =>
    new Promise((resolve) => {
      const server = open(
        answers.map(({ path, head, bodyBase64 }) => ({ path, head, body: Buffer.from(bodyBase64, 'base64') })),
      );
      server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
        resolve((server.address() as AddressInfo).port),
      );
    });
  answering({ listen, usage });
}

export type SameBytesHandlers = {
  listen: (argument: { answers: SameAnswer[] }) => Promise<number>;
  usage: typeof usage;
};
