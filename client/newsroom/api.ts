import type { Problem } from '../../shared/problems.ts';

/** No answer came: the network, or the server, is away. Whether a write was done is then unknown. */
export interface Unreachable {
  code: 'unreachable';
  status: 0;
  title: string;
  detail: string;
  errors?: undefined;
  current?: undefined;
}

export type Refusal = Problem | Unreachable;

/** A refusal is a value: whoever asks says what becomes of it. `revision`: what to send back as `ifMatch`. */
export type Answer<T> =
  | { ok: true; status: number; body: T; revision: number | null; replayed: boolean }
  | { ok: false; problem: Refusal };

export interface Asking {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  /** The revision that a write is based on. */
  ifMatch?: number;
  /** Makes a repetition of a write safe. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/**
 * Every request that the session’s cookie goes with carries this: a foreign page cannot set it without asking first, and is
 * then told no.
 */
const ofNewsroom = { 'Daymark-Newsroom': '1' };

/** The headers of a request that doesn’t go through `ask` (an upload with progress). */
export const requestHeaders = ({ ifMatch, idempotencyKey }: Asking = {}): Record<string, string> => ({
  Accept: 'application/json',
  ...ofNewsroom,
  ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
  ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
});

/** Asks the interface under `/api/v1`; `path` begins after it. Throws only where `signal` was aborted. */
export async function ask<T>(path: string, asking: Asking = {}): Promise<Answer<T>> {
  const { method = 'GET', body, signal } = asking;
  try {
    const response = await fetch(`/api/v1${path}`, {
      method,
      headers: { ...requestHeaders(asking), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      credentials: 'same-origin',
      cache: 'no-store',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    return await read<T>(response);
  } catch (error) {
    if (signal?.aborted) throw error;
    return { ok: false, problem: unreachable };
  }
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<Answer<T>> =>
  ask<T>(path, signal ? { signal } : {});
export const post = <T>(path: string, body?: unknown, more: Asking = {}): Promise<Answer<T>> =>
  ask<T>(path, { ...more, method: 'POST', body: body ?? {} });
export const put = <T>(path: string, body: unknown, more: Asking = {}): Promise<Answer<T>> =>
  ask<T>(path, { ...more, method: 'PUT', body });
export const patch = <T>(path: string, body: unknown, more: Asking = {}): Promise<Answer<T>> =>
  ask<T>(path, { ...more, method: 'PATCH', body });
export const remove = <T>(path: string, body?: unknown): Promise<Answer<T>> =>
  ask<T>(path, { method: 'DELETE', ...(body === undefined ? {} : { body }) });

const unreachable: Unreachable = {
  code: 'unreachable',
  status: 0,
  title: 'The server cannot be reached',
  detail: 'Nothing was lost here. Check the connection and try again.',
};

const leavers = new Set<() => void>();

/** Calls back when an answer says that nobody is signed in any more. */
export function onSignedOut(listener: () => void): () => void {
  leavers.add(listener);
  return () => leavers.delete(listener);
}

async function read<T>(response: Response): Promise<Answer<T>> {
  const { status, headers } = response;
  const text = await response.text();
  const isJson = /\bjson\b/.test(headers.get('content-type') ?? '');
  if (response.ok) {
    const revision = /^(?:W\/)?"(\d+)/.exec(headers.get('etag') ?? '')?.[1];
    return {
      ok: true,
      status,
      body: (isJson && text !== '' ? JSON.parse(text) : undefined) as T,
      revision: revision === undefined ? null : Number(revision),
      replayed: headers.get('idempotent-replay') === 'true',
    };
  }
  // A proxy in between refuses in its own words.
  if (!isJson) return { ok: false, problem: { ...unreachable, detail: `Something on the way answered ${status}.` } };
  const problem = JSON.parse(text) as Problem;
  if (problem.code === 'unauthenticated') for (const leave of leavers) leave();
  return { ok: false, problem };
}

/** What is wrong with one field: of the faults of a refusal, those at this JSON pointer or below. */
export function faultAt(problem: Refusal | null, path: string): string | null {
  const found = problem?.errors?.filter((fault) => fault.path === path || fault.path.startsWith(`${path}/`)) ?? [];
  return found.length === 0 ? null : found.map(({ message }) => message).join('; ');
}
