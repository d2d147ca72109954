import type { Problem } from '../../../shared/problems.ts';
import type { Image } from '../../../shared/update.ts';
import { type Refusal, requestHeaders } from '../api.ts';

/** An image as the server answers it. */
export type UploadedImage = Pick<Image, 'id' | 'width' | 'height' | 'variants'>;

/** `removed`: what the server has taken out of the file: `location`, `metadata`, `motion`. */
export type UploadAnswer =
  | { ok: true; image: UploadedImage; removed: readonly string[] }
  | { ok: false; problem: Refusal; retryAfterSeconds: number | null };

export interface Uploading {
  signal: AbortSignal;
  /** From 0 to 1; 1 when the server has it all and works on it. */
  onProgress: (part: number) => void;
}

const unreachable: Refusal = {
  code: 'unreachable',
  status: 0,
  title: 'The server cannot be reached',
  detail: 'Check the connection and try again.',
};

/** Uploads one file. By XMLHttpRequest: `fetch` does not tell how far an upload is. Never settles once it is aborted. */
export function uploadImage(slug: string, file: Blob, { signal, onProgress }: Uploading): Promise<UploadAnswer> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/timelines/${slug}/images`);
    for (const [name, value] of Object.entries(requestHeaders())) request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(read(request));
    request.onerror = () => resolve({ ok: false, problem: unreachable, retryAfterSeconds: null });
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}

function read(request: XMLHttpRequest): UploadAnswer {
  const body: unknown = request.response;
  if (request.status === 201) {
    const removed = request.getResponseHeader('Daymark-Removed')?.split(', ') ?? [];
    return { ok: true, image: body as UploadedImage, removed };
  }
  const seconds = Number(request.getResponseHeader('Retry-After'));
  const isProblem = typeof body === 'object' && body !== null && 'code' in body;
  return {
    ok: false,
    // A proxy in between refuses in its own words.
    problem: isProblem
      ? (body as Problem)
      : { ...unreachable, detail: `Something on the way answered ${request.status}.` },
    retryAfterSeconds: request.status === 503 && seconds > 0 ? seconds : null,
  };
}
