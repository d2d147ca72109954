import { createServer } from 'node:http';
import express from 'express';
import { serveSameBytes } from './same-bytes.ts';

/** A route for each path, with Express 5 as it comes, but without a body to hash for its own ETag. */
serveSameBytes((answers) => {
  const app = express();
  app.disable('x-powered-by');
  for (const { path, head, body } of answers) {
    const fields = head.flatMap((name, at) => (at % 2 === 0 ? [[name, head[at + 1] ?? ''] as const] : []));
    app.get(path, (_, response) => {
      for (const [name, value] of fields) response.set(name, value);
      response.send(body);
    });
  }
  return createServer(app);
});
