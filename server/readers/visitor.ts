import type { IncomingMessage } from 'node:http';
import type { Visitor } from './reader-counts.ts';

/** What a request says of who makes it, as far as readers are counted by it. */
export const visitorOf = (req: IncomingMessage, addressOf: (req: IncomingMessage) => string): Visitor => ({
  address: addressOf(req),
  agent: req.headers['user-agent'] ?? '',
  purpose: String(req.headers['sec-purpose'] ?? req.headers['purpose'] ?? req.headers['x-moz'] ?? ''),
});
