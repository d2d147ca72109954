import { z } from 'zod';

/** Areas of what staff do, by which the audit log can be narrowed. */
export const auditAreas = [
  'session',
  'account',
  'person',
  'invitation',
  'token',
  'rules',
  'timeline',
  'settings',
  'summary',
  'update',
  'draft',
  'webhook',
  'reply',
] as const;

export const auditedSchema = z
  .object({
    at: z.string(),
    actor: z
      .string()
      .meta({ description: 'Id of the person or the token; `admin` is the operator’s token, `cli` the command line.' }),
    actorName: z.string().nullable(),
    address: z.string().nullable().meta({ description: 'Where the request came from.' }),
    action: z.string().meta({ example: 'update.publish' }),
    timeline: z.string().nullable(),
    target: z.string(),
    targetName: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Audited' });
export type Audited = z.infer<typeof auditedSchema>;

export const auditPageSchema = z
  .object({
    entries: z.array(auditedSchema),
    more: z.string().nullable().meta({ description: 'Send it as `before` for the entries that follow.' }),
  })
  .meta({ id: 'AuditPage' });
export type AuditPage = z.infer<typeof auditPageSchema>;

export const auditQuerySchema = z.object({
  timeline: z.string().max(64).optional(),
  actor: z.string().max(64).optional().meta({ description: 'The id of who did it.' }),
  area: z.enum(auditAreas).optional(),
  before: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;
