import type { z } from 'zod';
import { ok, type Result, refuse } from '../../shared/result.ts';
import { newSummarySchema } from '../../shared/summary.ts';
import { newTimelineSchema, timelinePatchSchema } from '../../shared/timeline.ts';
import { newUpdateSchema, removalSchema, updatePatchSchema } from '../../shared/update.ts';
import type { Desk } from '../newsroom/desk.ts';
import type { Answer } from './answers.ts';
import { fingerprint, jsonBody } from './body.ts';
import { parse } from './parse.ts';
import { idempotencyKey, ifMatch } from './preconditions.ts';
import type { Params } from './queries.ts';
import type { StaffAsk, StaffHandler } from './staff.ts';

/** What staff can do, each as: read the conditions and the body, ask the desk, say how it is answered. */
export interface Commands {
  createTimeline: StaffHandler;
  reviseTimeline: StaffHandler;
  publish: StaffHandler;
  revise: StaffHandler;
  remove: StaffHandler;
  summarise: StaffHandler;
  read: StaffHandler;
}

export function commands(desk: Desk): Commands {
  return {
    createTimeline: async ({ actor, req }) => {
      const input = parseBody(newTimelineSchema, req);
      if (!input.ok) return input;
      const made = await desk.createTimeline(actor, input.value);
      return then(made, (timeline) => ({
        ...revised(timeline),
        status: 201,
        location: `/api/v1/timelines/${timeline.slug}`,
      }));
    },

    reviseTimeline: conditional(timelinePatchSchema, async ({ actor, params }, revision, patch) =>
      then(await desk.reviseTimeline(actor, slugOf(params), revision, patch), revised),
    ),

    publish: async ({ actor, params, req }) => {
      const key = idempotencyKey(req);
      if (!key.ok) return key;
      const json = jsonBody(req);
      if (!json.ok) return json;
      const input = parse(newUpdateSchema, json.value);
      if (!input.ok) return input;
      const once = key.value === null ? undefined : { key: key.value, fingerprint: fingerprint(json.value) };
      const done = await desk.publish(actor, slugOf(params), input.value, once);
      return then(done, ({ update, replayed }) => ({
        ...revised(update),
        status: replayed ? 200 : 201,
        location: `/api/v1/timelines/${update.timeline}/updates/${update.id}`,
        ...(replayed ? { replayed } : {}),
      }));
    },

    revise: conditional(updatePatchSchema, async ({ actor, params }, revision, patch) =>
      then(await desk.revise(actor, slugOf(params), idOf(params), revision, patch), revised),
    ),

    remove: async ({ actor, params, req }) => {
      const input = parseBody(removalSchema, req);
      if (!input.ok) return input;
      const removed = await desk.remove(actor, slugOf(params), idOf(params), input.value.reason);
      return removed.ok ? ok({ status: 204 }) : removed;
    },

    summarise: conditional(newSummarySchema, async ({ actor, params }, revision, input) => {
      const day = params['day'] ?? '';
      if (!/^[1-9]\d{0,6}$/.test(day)) return refuse('not-found', 'There is no such day.');
      return then(await desk.summarise(actor, slugOf(params), Number(day), revision, input), revised);
    }),

    read: async ({ actor, params }) => then(await desk.read(actor, slugOf(params), idOf(params)), revised),
  };
}

/** A handler for what must not overwrite the unseen: reads `If-Match` and the body. */
export function conditional<S extends z.ZodType>(
  schema: S,
  handle: (ask: StaffAsk, revision: number | null, input: z.output<S>) => Promise<Result<Answer>>,
): StaffHandler {
  return async (ask) => {
    const revision = ifMatch(ask.req);
    if (!revision.ok) return revision;
    const input = parseBody(schema, ask.req);
    return input.ok ? handle(ask, revision.value, input.value) : input;
  };
}

export function parseBody<S extends z.ZodType>(schema: S, req: StaffAsk['req']): Result<z.output<S>> {
  const json = jsonBody(req);
  return json.ok ? parse(schema, json.value) : json;
}

interface Saying {
  status?: number;
  body: { revision: number };
  location?: string;
  replayed?: boolean;
}

const revised = (body: { revision: number }): Saying => ({ body });

/** Says a written object: its revision is the tag to be sent back as `If-Match`. */
function then<T>(result: Result<T>, say: (value: T) => Saying): Result<Answer> {
  if (!result.ok) return result;
  const { status = 200, body, location, replayed } = say(result.value);
  const headers = {
    ETag: `"${body.revision}"`,
    ...(location === undefined ? {} : { Location: location }),
    ...(replayed ? { 'Idempotent-Replay': 'true' } : {}),
  };
  return ok({ status, body, headers });
}

export const slugOf = (params: Params): string => params['slug'] ?? '';
export const idOf = (params: Params): string => params['id'] ?? '';
