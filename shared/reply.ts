import { z } from 'zod';
import { limits } from './limits.ts';

/** A name is one line. What controls a text’s direction or terminal is no part of it. */
const oneLine = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
    .regex(/^[^\u0000-\u001f\u007f\u2028-\u202e\u2066-\u2069]*$/, {
      message: 'must be one line without control characters',
    });

const email = z
  .string()
  .trim()
  .max(limits.emailCharacters)
  .pipe(z.email({ message: 'must be an e-mail address' }));
const text = z
  .string()
  .trim()
  .min(1, { message: 'is required' })
  .max(limits.replyCharacters, { message: `may have ${limits.replyCharacters} characters` });

/** A reader’s reply to an update. Its text is plain. */
export const newReplySchema = z
  .strictObject({ name: oneLine(limits.replyNameCharacters), email, text })
  .meta({ id: 'NewReply' });
export type NewReply = z.infer<typeof newReplySchema>;

export const reportCategories = ['fact', 'name', 'date', 'source', 'image', 'language', 'other'] as const;
export type ReportCategory = (typeof reportCategories)[number];

/** What a reader thinks is wrong with an update: for the newsroom alone. */
export const newReportSchema = z
  .strictObject({ category: z.enum(reportCategories), text, email: email.nullish() })
  .meta({ id: 'NewReport' });
export type NewReport = z.infer<typeof newReportSchema>;

/** An approved reply as everybody sees it: never with an address. */
export const replySchema = z
  .object({ id: z.string(), name: z.string(), text: z.string(), at: z.string() })
  .meta({ id: 'Reply' });
export type Reply = z.infer<typeof replySchema>;

export const replyStatuses = ['pending', 'approved', 'rejected', 'spam', 'closed'] as const;
export type ReplyStatus = (typeof replyStatuses)[number];

/** What makes a reply look like spam; it is for editors to judge. */
export const suspicions = [
  'links',
  'markup',
  'hidden-field',
  'too-fast',
  'shouting',
  'repetition',
  'selling',
  'direction',
  'banned',
] as const;
export type Suspicion = (typeof suspicions)[number];

/** A reply or an error report as editors see it. */
export const staffReplySchema = z
  .object({
    id: z.string(),
    timeline: z.string(),
    update: z.string(),
    kind: z.enum(['reply', 'report']),
    category: z.enum(reportCategories).nullable(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    text: z.string(),
    at: z.string(),
    status: z.enum(replyStatuses),
    suspicions: z.array(z.enum(suspicions)),
    decidedAt: z.string().nullable(),
    /** Of the correction that came of a report. */
    revision: z.number().int().nullable(),
  })
  .meta({ id: 'StaffReply' });
export type StaffReply = z.infer<typeof staffReplySchema>;

export const replyDecisionSchema = z
  .strictObject({
    status: z.enum(['approved', 'rejected', 'spam', 'closed']),
    revision: z.number().int().min(1).optional().meta({ description: 'With `closed`: the revision that corrects it.' }),
    ban: z.boolean().optional().meta({ description: 'With `spam`: refuse the sender from now on, for 30 days.' }),
  })
  .refine(({ status, revision }) => revision === undefined || status === 'closed', {
    message: 'goes with status "closed"',
    path: ['revision'],
  })
  .refine(({ status, ban }) => !ban || status === 'spam', { message: 'goes with status "spam"', path: ['ban'] })
  .meta({ id: 'ReplyDecision' });
export type ReplyDecision = z.infer<typeof replyDecisionSchema>;
