import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ImageServer {
  url: string;
  /** Paths that were asked for, in order. */
  asked: string[];
  /** What a path is answered with; others are 404. */
  answers: Record<string, RequestListener>;
  close(): void;
}

/** Somebody’s web server on this machine. */
export async function startImageServer(): Promise<ImageServer> {
  const asked: string[] = [];
  const answers: Record<string, RequestListener> = {};
  const server = createServer((req, res) => {
    const path = req.url ?? '';
    asked.push(path);
    const answer = answers[path];
    if (answer) answer(req, res);
    else res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answers,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
