import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BlockList } from 'node:net';
import type { RequestHandler } from 'express';
import { problem } from '../../shared/problems.ts';
import { sendProblem } from './problems.ts';

export interface MetricsSource {
  readonly contentType: string;
  text(): Promise<string>;
}

/**
 * `GET /metrics`, for operators alone: what a newsroom’s traffic is like is nobody else’s business. With a token, for whoever
 * sends it. Without one, for callers on this machine and in private networks, but never through a proxy: behind one
 * everybody seems to call from the machine itself.
 */
export function metricsDoor(source: MetricsSource, token: string | null): RequestHandler {
  return async (req, res) => {
    if (token === null ? !isNeighbour(req) : !isBearerOf(token, req)) return refuse(req, res, token);
    const text = await source.text();
    res.setHeader('Content-Type', source.contentType);
    res.setHeader('Cache-Control', 'no-store');
    res.end(req.method === 'HEAD' ? undefined : text);
  };
}

function refuse(req: IncomingMessage, res: ServerResponse, token: string | null): void {
  const headers = token === null ? {} : { 'WWW-Authenticate': 'Bearer realm="metrics"' };
  const refusal =
    token === null
      ? problem('forbidden', 'Metrics are told to this machine and private networks. For others set METRICS_TOKEN.')
      : problem('unauthenticated', 'Send the METRICS_TOKEN as a bearer token.');
  sendProblem(req, res, refusal, headers);
}

/** 256 bits, however long the text: comparing two digests tells nothing of either. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const isBearerOf = (token: string, { headers }: IncomingMessage): boolean =>
  timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`));

const neighbours = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  neighbours.addSubnet(network, prefix, 'ipv4');
}
neighbours.addAddress('::1', 'ipv6');
neighbours.addSubnet('fc00::', 7, 'ipv6');
neighbours.addSubnet('fe80::', 10, 'ipv6');

const forwarding = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

function isNeighbour({ socket, headers }: IncomingMessage): boolean {
  if (forwarding.some((name) => headers[name] !== undefined)) return false;
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/i, '').replace(/%.*$/, '');
  return neighbours.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}
