import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import type { Request } from 'express';
import { limits } from '../../../shared/limits.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import { fault } from '../parse.ts';

/** A sender from whom nothing comes for so long has gone; one that trickles has no more than this in all. */
const silenceMs = 30_000;
const deadlineMs = 15 * 60_000;
/** What a form takes besides its file. */
const formBytes = 16 * 1024;

/**
 * Reads the one file of a form, in the field `file`, while it arrives. What is too large, too much or something else is
 * refused as soon as that is known; the rest of the request is read past, or the sender would never see the answer.
 */
export async function readFile(req: Request): Promise<Result<Buffer>> {
  const form = formFor(req);
  if (!form) return refuse('unsupported-media-type', 'Send multipart/form-data, with the image in the field `file`.');
  if (Number(req.headers['content-length'] ?? 0) > limits.imageBytes + formBytes) return tooLarge();
  const deadline = setTimeout(() => req.destroy(), deadlineMs);
  req.setTimeout(silenceMs, () => req.destroy());
  try {
    return await fileOf(req, form);
  } finally {
    clearTimeout(deadline);
    req.setTimeout(0);
    req.unpipe(form);
    req.resume();
  }
}

function formFor(req: Request): BusboyInstance | null {
  const type = req.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\s*;/i.test(type)) return null;
  try {
    return new Busboy({
      headers: req.headers as BusboyHeaders,
      limits: {
        fileSize: limits.imageBytes,
        files: 2,
        fields: 1,
        parts: 3,
        fieldSize: 1_024,
        headerPairs: 20,
        headerSize: 4_096,
      },
    });
  } catch {
    return null; // no boundary, or none that can be one
  }
}

function fileOf(req: Request, form: BusboyInstance): Promise<Result<Buffer>> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let files = 0;
    form.on('file', (name, stream) => {
      files += 1;
      if (name !== 'file' || files > 1) {
        stream.resume();
        return resolve(fault(`/${name}`, files > 1 ? 'one file at a time' : 'is not a known field'));
      }
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('limit', () => resolve(tooLarge()));
      stream.on('error', () => resolve(broken()));
    });
    form.on('field', (name) => resolve(fault(`/${name}`, 'is not a known field')));
    form.on('error', () => resolve(broken()));
    form.on('finish', () => resolve(files === 0 ? fault('/file', 'is required') : ok(Buffer.concat(chunks))));
    // A request that has come whole closes too, at times before the form has been read to its end.
    req.on('close', () => req.complete || resolve(broken()));
    req.pipe(form);
  });
}

const tooLarge = (): Result<never> => refuse('too-large', `An image may have ${limits.imageBytes / 1024 / 1024} MB.`);

const broken = (): Result<never> => fault('/file', 'broke off, or the form is malformed');
