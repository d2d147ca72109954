/**
 * THE table of refusals. Every problem that leaves this system, over HTTP (RFC 9457) or a socket, has its code here;
 * codes are stable and never reused. `docs/problems.md` is checked against this table both ways.
 */
export const problemTable = {
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  unauthenticated: { status: 401, title: 'Credentials are missing or unknown' },
  'wrong-credentials': { status: 401, title: 'The address or the password is wrong' },
  'second-factor-wanted': { status: 401, title: 'A code of the second factor is wanted' },
  'wrong-code': { status: 401, title: 'The code is wrong or was used before' },
  forbidden: { status: 403, title: 'Not allowed' },
  'approval-required': { status: 403, title: 'An editor has to make this change' },
  'foreign-request': { status: 403, title: 'The request does not come from the newsroom' },
  'session-wanted': { status: 403, title: 'This is for a person who is signed in' },
  'second-factor-missing': { status: 403, title: 'A second factor has to be set up first' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'This address does not answer that method' },
  'slug-taken': { status: 409, title: 'A timeline with this slug exists' },
  'email-taken': { status: 409, title: 'There is an account with this address' },
  'last-admin': { status: 409, title: 'Somebody has to remain who can let others in' },
  'second-factor-set': { status: 409, title: 'There is a second factor already' },
  'second-factor-not-begun': { status: 409, title: 'No second factor has been begun' },
  'timeline-has-updates': { status: 409, title: 'The timeline has updates already' },
  'already-published': { status: 409, title: 'The update is published already' },
  'already-retracted': { status: 409, title: 'The update is retracted already' },
  'not-published': { status: 409, title: 'The update is not published' },
  'updates-after-end': { status: 409, title: 'There are updates after that date' },
  'publication-on-hold': { status: 409, title: 'Publication is on hold' },
  'limit-reached': { status: 409, title: 'There is no room for more' },
  'not-submitted': { status: 409, title: 'The update does not wait for approval' },
  contended: { status: 409, title: 'Too many writes to the same object at once' },
  'link-used': { status: 410, title: 'The link is used up, expired or withdrawn' },
  removed: { status: 410, title: 'Removed' },
  'stale-revision': { status: 412, title: 'Somebody has revised it since' },
  'too-large': { status: 413, title: 'The body is too large' },
  'image-too-large': { status: 413, title: 'The image has too many pixels' },
  'unsupported-media-type': { status: 415, title: 'This media type is not taken here' },
  'validation-failed': { status: 422, title: 'The input has faults' },
  'unreadable-image': { status: 422, title: 'The image cannot be read' },
  'weak-password': { status: 422, title: 'This password would be guessed' },
  'before-day-one': { status: 422, title: 'The event lies before day one' },
  'in-the-future': { status: 422, title: 'The event lies in the future' },
  'not-for-publication': { status: 422, title: 'Its source does not show it to everybody' },
  'unreadable-file': { status: 422, title: 'The file cannot be read' },
  'after-the-end': { status: 422, title: 'The event lies after the end of the conflict' },
  'malformed-position': { status: 422, title: 'This is not a position' },
  'idempotency-key-reused': { status: 422, title: 'The idempotency key was used with another body' },
  'if-match-required': { status: 428, title: 'If-Match is required' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong here' },
  'not-implemented': { status: 501, title: 'This is not offered' },
  'store-unavailable': { status: 503, title: 'The store cannot be reached' },
  'image-store-unavailable': { status: 503, title: 'The store of images cannot be reached' },
  stopping: { status: 503, title: 'This server is about to stop' },
  overloaded: { status: 503, title: 'This server is full' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problemTable;

/** One fault of an input: `path` is a JSON pointer into it. */
export interface Fault {
  path: string;
  message: string;
}

/** A problem as it travels (RFC 9457). `current` comes with `stale-revision` alone: the object as it now stands. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  errors?: Fault[];
  current?: unknown;
}

export interface ProblemDetails {
  errors?: Fault[];
  current?: unknown;
}

/** Makes the problem for a code; `detail` is a sentence for people. */
export function problem(code: ProblemCode, detail: string, more: ProblemDetails = {}): Problem {
  const { status, title } = problemTable[code];
  return { type: `/docs/problems#${code}`, title, status, detail, code, ...more };
}
