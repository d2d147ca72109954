import type { IncomingMessage } from 'node:http';
import type { RequestHandler, Response } from 'express';
import { problem } from '../../../shared/problems.ts';
import type { ImageLibrary } from '../../newsroom/image-library.ts';
import { sendAnswer } from '../answers.ts';
import { slugOf } from '../commands.ts';
import { type Refuse, sendProblem } from '../problems.ts';
import type { Limiter } from '../rate-limits.ts';
import type { Route } from '../routes.ts';
import type { StaffAsk, StaffDoor } from '../staff.ts';
import { Turnstile } from '../turnstile.ts';
import type { MediaShelf } from './media-shelf.ts';
import { readFile } from './multipart.ts';

export interface MediaRouteParts {
  staff: StaffDoor;
  live: { timeline(slug: string): unknown };
  library: Pick<ImageLibrary, 'add'>;
  shelf: MediaShelf;
  reads: Limiter;
  refuse: Refuse;
  addressOf: (req: IncomingMessage) => string;
}

/** Uploads are held in memory, up to 20 MB each, until it is their turn to be decoded. */
const uploadsAtOnce = { perAddress: 4, inAll: 8 };

/** Tells the uploader what was taken out of the image: the body is the contract’s and has no room for it. */
export const removedHeader = 'Daymark-Removed';

export function mediaRoutes(parts: MediaRouteParts): Route[] {
  return [
    {
      method: 'POST',
      path: '/api/v1/timelines/:slug/images',
      handlers: parts.staff.streaming('reporter', uploader(parts)),
    },
    { method: 'GET', path: '/media/:slug/:id/:file', handlers: [reader(parts)] },
  ];
}

function uploader({ live, library }: MediaRouteParts): (ask: StaffAsk, res: Response) => Promise<void> {
  const turnstile = new Turnstile(uploadsAtOnce);
  return async ({ actor, params, req }, res) => {
    const slug = slugOf(params);
    if (!live.timeline(slug))
      return sendProblem(req, res, problem('not-found', `There is no timeline ${slug.slice(0, 64)}.`));
    const leave = turnstile.enter(actor.id);
    if (!leave)
      return sendProblem(req, res, problem('overloaded', 'Too many uploads are under way: try again in 5 s.'));
    try {
      const file = await readFile(req);
      const added = file.ok ? await library.add(actor, slug, file.value) : file;
      if (!added.ok) return sendProblem(req, res, added.problem);
      const { image, removed } = added.value;
      const headers = removed.length > 0 ? { [removedHeader]: removed.join(', ') } : {};
      await sendAnswer(req, res, { status: 201, body: image, headers });
    } finally {
      leave();
    }
  };
}

/** A name is written once and never changes: who has it may keep it for good. */
const forEver = 'public, max-age=31536000, immutable';

function reader({ shelf, reads, refuse, addressOf }: MediaRouteParts): RequestHandler {
  return async (req, res) => {
    const tooMany = await reads.take(addressOf(req));
    if (tooMany) return refuse(req, res, tooMany.problem, tooMany.headers);
    const { slug = '', id = '', file = '' } = req.params as Record<string, string>;
    const found = await shelf.get(slug, id, file);
    if (!found.ok) return refuse(req, res, found.problem);
    const { type, bytes } = found.value;
    const etag = `"${id}-${file}"`;
    res.setHeader('Cache-Control', forEver);
    res.setHeader('ETag', etag);
    const known = req.headers['if-none-match']?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
    if (known) return void res.writeHead(304).end();
    res.writeHead(200, { 'Content-Type': type, 'Content-Length': bytes.length });
    res.end(req.method === 'HEAD' ? undefined : bytes);
  };
}
