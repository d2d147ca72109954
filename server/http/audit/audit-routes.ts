import { auditPageSchema, auditQuerySchema } from '../../../shared/audit.ts';
import { ok } from '../../../shared/result.ts';
import type { AuditLog } from '../../newsroom/audit-log.ts';
import { queryOf } from '../front.ts';
import type { Operation } from '../operations.ts';
import { parse } from '../parse.ts';
import type { Route } from '../routes.ts';
import type { StaffDoor } from '../staff.ts';

/** The audit log, as staff may read it. */
export function auditRoutes({ staff, log }: { staff: StaffDoor; log: AuditLog }): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/audit',
      handlers: staff.handlers('editor', async ({ actor, req }) => {
        const query = parse(auditQuerySchema, queryOf(req.originalUrl, Object.keys(auditQuerySchema.shape)));
        if (!query.ok) return query;
        const page = await log.page(actor, query.value);
        return page.ok ? ok({ status: 200, body: page.value }) : page;
      }),
    },
  ];
}

export const auditOperations: Record<string, Operation> = {
  'GET /api/v1/audit': {
    id: 'audit',
    summary: 'Who did what to what, when, from where',
    description:
      'An editor sees the own timelines; an admin of all of them sees people, tokens and failed sign-ins too. Takedowns are kept for ever, of all else the newest: 20,000 of a timeline, 50,000 of people, 5,000 failed sign-ins. An import is one entry.',
    role: 'editor',
    query: auditQuerySchema,
    answers: { 200: { description: 'Newest first.', schema: auditPageSchema } },
    problems: ['not-found', 'validation-failed'],
  },
};
