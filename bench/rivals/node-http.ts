import { createServer } from 'node:http';
import { serveSameBytes } from './same-bytes.ts';

/** As little as Node can do: look the path up, write the head, end with the bytes. */
serveSameBytes((answers) => {
  const byPath = new Map(answers.map((answer) => [answer.path, answer]));
  return createServer((request, response) => {
    const answer = byPath.get(request.url ?? '');
    if (!answer) return response.writeHead(404).end();
    response.writeHead(200, answer.head).end(answer.body);
  });
});
