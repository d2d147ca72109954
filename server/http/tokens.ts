import type { Logger } from 'pino';
import { ok, type Result, refuse } from '../../shared/result.ts';
import { type Actor, authorise } from '../domain/actor.ts';
import { audited } from '../domain/audited.ts';
import { issueToken, newTokenSchema, presentToken } from '../newsroom/tokens.ts';
import type { AuditStore } from '../store/audit-store.ts';
import type { Store } from '../store/store.ts';
import { jsonBody } from './body.ts';
import { fault, parse } from './parse.ts';
import type { StaffHandler } from './staff.ts';

export interface TokenParts {
  store: Pick<Store, 'tokens' | 'putToken' | 'deleteToken'>;
  audit: AuditStore;
  live: { timeline(slug: string): unknown };
  clock: () => number;
  log: Logger;
}

export interface TokenCommands {
  create: StaffHandler;
  list: StaffHandler;
  remove: StaffHandler;
}

/** Bearer tokens of other programs and people. Only an admin of all timelines hands them out: a token may reach any. */
export function tokenCommands({ store, audit, live, clock, log }: TokenParts): TokenCommands {
  return {
    create: async ({ actor, req }) => {
      const json = jsonBody(req);
      if (!json.ok) return json;
      const allowed = mayHandOut(actor);
      if (!allowed.ok) return allowed;
      const input = parse(newTokenSchema, json.value);
      if (!input.ok) return input;
      const unknown = input.value.timelines?.findIndex((slug) => live.timeline(slug) === null) ?? -1;
      if (unknown >= 0) return fault(`/timelines/${unknown}`, 'there is no such timeline');
      const { stored, token } = issueToken(input.value, clock());
      await store.putToken(stored);
      const done = { action: 'token.create' as const, target: stored.id, targetName: stored.name, reason: stored.role };
      await audit.put('staff', audited(actor, clock(), done));
      log.info({ token: stored.id, role: stored.role, by: actor.id }, 'a token was made');
      return ok({
        status: 201,
        body: { ...presentToken(stored), token },
        headers: { Location: `/api/v1/tokens/${stored.id}` },
      });
    },

    list: async ({ actor }) => {
      const allowed = mayHandOut(actor);
      if (!allowed.ok) return allowed;
      const tokens = (await store.tokens()).map(presentToken).sort((a, b) => (a.id < b.id ? -1 : 1));
      return ok({ status: 200, body: { tokens } });
    },

    remove: async ({ actor, params }) => {
      const allowed = mayHandOut(actor);
      if (!allowed.ok) return allowed;
      const id = params['id'] ?? '';
      const token = (await store.tokens()).find((one) => one.id === id);
      if (!token || !(await store.deleteToken(id))) return refuse('not-found', 'There is no such token.');
      await audit.put('staff', audited(actor, clock(), { action: 'token.delete', target: id, targetName: token.name }));
      log.info({ token: id, by: actor.id }, 'a token was taken away');
      return ok({ status: 204 });
    },
  };
}

const mayHandOut = (actor: Actor): Result<void> => authorise(actor, null, 'admin');
