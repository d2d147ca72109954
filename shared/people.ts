import { z } from 'zod';
import { limits } from './limits.ts';
import { slugSchema } from './timeline.ts';

export const roleSchema = z.enum(['reporter', 'editor', 'admin']);

const oneLine = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
    .regex(/^[^\u0000-\u001f\u007f]*$/, { message: 'must be one line without control characters' });

/** No more than a glance at its form: nobody is written to. */
const emailSchema = z
  .string()
  .trim()
  .max(limits.emailCharacters)
  .regex(/^[^\s@]+@[^\s@]+$/, { message: 'must be an e-mail address' });

const nameSchema = oneLine(limits.personNameCharacters);
/** Any text of a fair length; what it must not be is decided where it is set. */
const passwordSchema = z.string().min(1).max(limits.passwordCharacters);
const timelinesSchema = z.array(slugSchema).min(1).max(1_000).nullable();

/** One of the staff, as colleagues see them. `timelines` null: all. */
export const personSchema = z
  .object({
    id: z.string(),
    name: nameSchema,
    email: emailSchema,
    role: roleSchema,
    timelines: z.array(z.string()).nullable(),
    secondFactor: z.boolean().meta({ description: 'Signs in with a second factor.' }),
    disabledAt: z.string().nullable(),
    createdAt: z.string(),
    seenAt: z.string().nullable().meta({ description: 'The last request of any of their sessions that still run.' }),
    revision: z.number().int(),
  })
  .meta({ id: 'Person' });
export type Person = z.infer<typeof personSchema>;

export const peopleSchema = z.object({ people: z.array(personSchema) }).meta({ id: 'People' });

export const personPatchSchema = z
  .strictObject({ name: nameSchema, role: roleSchema, timelines: timelinesSchema, disabled: z.boolean() })
  .partial()
  .meta({ id: 'PersonPatch' });
export type PersonPatch = z.infer<typeof personPatchSchema>;

/** Whom this browser is signed in as, and what stands in the way. */
export const sessionStateSchema = z
  .object({
    person: personSchema.nullable(),
    secondFactorMissing: z
      .boolean()
      .meta({ description: 'All must have a second factor and this one has none: only the account can be used.' }),
    isNew: z
      .boolean()
      .meta({ description: 'There is no account at all: the set-up link that the server prints makes the first.' }),
  })
  .meta({ id: 'Session' });
export type SessionState = z.infer<typeof sessionStateSchema>;

export const credentialsSchema = z
  .strictObject({
    email: z.string().trim().min(1).max(limits.emailCharacters),
    password: passwordSchema,
    code: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .optional()
      .meta({ description: 'Of the authenticator, or a recovery code.' }),
  })
  .meta({ id: 'SignIn' });
export type SignInInput = z.infer<typeof credentialsSchema>;

export const accountPatchSchema = z.strictObject({ name: nameSchema }).meta({ id: 'AccountPatch' });
export const passwordChangeSchema = z
  .strictObject({ current: passwordSchema, next: passwordSchema })
  .meta({ id: 'PasswordChange' });
/** Asked once more before what a thief of an open browser must not do. */
export const proofSchema = z.strictObject({ password: passwordSchema }).meta({ id: 'Proof' });
export const codeSchema = z.strictObject({ code: z.string().trim().min(1).max(40) }).meta({ id: 'Code' });

export const accountSchema = z
  .object({
    person: personSchema,
    recoveryCodes: z.number().int().meta({ description: 'How many are left.' }),
    secondFactorRequired: z.boolean(),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof accountSchema>;

export const enrolmentSchema = z
  .object({
    secret: z.string().meta({ description: 'Base32, to be typed into an authenticator.' }),
    uri: z.string().meta({ description: 'The same as `otpauth://`, for a QR code.' }),
  })
  .meta({ id: 'Enrolment' });
export type Enrolment = z.infer<typeof enrolmentSchema>;

export const recoveryCodesSchema = z
  .object({
    recoveryCodes: z.array(z.string()).meta({ description: 'Shown here, and never again; each is good once.' }),
  })
  .meta({ id: 'RecoveryCodes' });
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>;

export const ownSessionSchema = z
  .object({
    id: z.string(),
    device: z.string(),
    address: z.string(),
    createdAt: z.string(),
    seenAt: z.string(),
    current: z.boolean(),
  })
  .meta({ id: 'OwnSession' });
export const ownSessionsSchema = z.object({ sessions: z.array(ownSessionSchema) }).meta({ id: 'OwnSessions' });
export type OwnSessions = z.infer<typeof ownSessionsSchema>;

export const newInvitationSchema = z
  .strictObject({
    name: nameSchema.nullish().meta({ description: 'For whom, to tell invitations apart.' }),
    role: roleSchema,
    timelines: timelinesSchema.optional(),
    days: z.number().int().min(1).max(30).default(7),
  })
  .meta({ id: 'NewInvitation' });
export type NewInvitation = z.infer<typeof newInvitationSchema>;

export const invitationSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['setup', 'recovery', 'invitation', 'reset']),
    name: z.string().nullable(),
    role: roleSchema,
    timelines: z.array(z.string()).nullable(),
    byName: z.string(),
    createdAt: z.string(),
    expiresAt: z.string(),
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitationSchema>;
export const invitationsSchema = z.object({ invitations: z.array(invitationSchema) }).meta({ id: 'Invitations' });
export const invitationMadeSchema = invitationSchema
  .extend({
    path: z.string().meta({ description: 'The link, from this origin on: shown here, and never again.' }),
  })
  .meta({ id: 'InvitationMade' });
export type InvitationMade = z.infer<typeof invitationMadeSchema>;

export const linkSchema = z.strictObject({ token: z.string().min(1).max(200) }).meta({ id: 'Link' });
export const acceptanceSchema = z
  .strictObject({
    token: z.string().min(1).max(200),
    name: nameSchema.optional(),
    email: emailSchema.optional(),
    password: passwordSchema,
  })
  .meta({ id: 'Acceptance', description: 'A new account needs all; a link that resets a password needs that alone.' });
export type Acceptance = z.infer<typeof acceptanceSchema>;

export const rulesSchema = z
  .object({ secondFactorRequired: z.boolean(), revision: z.number().int() })
  .meta({ id: 'PeopleRules' });
export type Rules = z.infer<typeof rulesSchema>;
export const rulesPatchSchema = z.strictObject({ secondFactorRequired: z.boolean() }).meta({ id: 'PeopleRulesPatch' });
