import type { RequestHandler } from 'express';

/** Answers `OPTIONS`, a browser’s question before a request from a foreign page; credentials stay out of it. */
export function preflight(methods: readonly string[]): RequestHandler {
  const allow = methods.join(', ');
  return (_req, res) => {
    res.setHeader('Allow', allow);
    res.setHeader('Access-Control-Allow-Methods', allow);
    res.setHeader(
      'Access-Control-Allow-Headers',
      'Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Last-Event-ID',
    );
    res.setHeader('Access-Control-Max-Age', '7200');
    res.setHeader('Vary', 'Access-Control-Request-Headers');
    res.statusCode = 204;
    res.end();
  };
}
