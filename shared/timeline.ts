import { z } from 'zod';
import { isCalendarDate } from './conflict-day.ts';
import { limits } from './limits.ts';
import { reservedSlugs } from './reserved-slugs.ts';

/** Whether a text names an IANA time zone; offsets are none. */
export const isTimeZone = (name: string): boolean => {
  if (/^[+-]|^etc\/unknown$/i.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

const isLanguage = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/** `YYYY-MM-DD`, a date that the calendar has, from 1900 on. */
export const dateSchema = z
  .string()
  .refine((text) => isCalendarDate(text) && Number(text.slice(0, 4)) >= limits.earliestYear, {
    message: `must be a calendar date, YYYY-MM-DD, from ${limits.earliestYear} on`,
  })
  .meta({ format: 'date' });

export const languageSchema = z.string().max(35).refine(isLanguage, { message: 'must be a BCP 47 language tag' });

export const slugSchema = z
  .string()
  .max(limits.slugCharacters)
  .regex(/^[a-z0-9]+(-+[a-z0-9]+)*$/, { message: 'must be a-z and 0-9, with - only inside' })
  .refine((slug) => !reservedSlugs.has(slug), { message: 'is one of the application’s own path names' });

const oneLine = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
    .regex(/^[^\u0000-\u001f\u007f]*$/, { message: 'must be one line without control characters' });

export const timelineSchema = z
  .object({
    slug: slugSchema,
    title: oneLine(limits.titleCharacters),
    subject: oneLine(limits.titleCharacters).meta({ description: 'Completes “… of the 124th day of {subject}”.' }),
    description: z.string().trim().max(limits.descriptionCharacters),
    dayOne: dateSchema,
    timeZone: z.string().max(64).refine(isTimeZone, { message: 'must be an IANA time zone' }),
    endedOn: dateSchema.nullable(),
    language: languageSchema,
    status: z.enum(['live', 'paused', 'ended']),
    replies: z.enum(['off', 'moderated']),
    today: z.object({ day: z.number().int(), date: dateSchema }),
    position: z.string(),
    revision: z.number().int(),
  })
  .meta({ id: 'Timeline' });

export type Timeline = z.infer<typeof timelineSchema>;

/** What is stored of a timeline. `today` follows from the clock and `position` from the log, so neither is kept. */
export type TimelineRecord = Omit<Timeline, 'today' | 'position'>;

const writable = timelineSchema.pick({
  title: true,
  subject: true,
  description: true,
  dayOne: true,
  timeZone: true,
  endedOn: true,
  language: true,
  status: true,
  replies: true,
});

export const newTimelineSchema = z
  .strictObject({
    ...writable.partial().shape,
    slug: slugSchema,
    title: writable.shape.title,
    subject: writable.shape.subject,
    dayOne: writable.shape.dayOne,
    timeZone: writable.shape.timeZone,
  })
  .meta({ id: 'NewTimeline' });
export type NewTimeline = z.infer<typeof newTimelineSchema>;

export const timelinePatchSchema = z.strictObject(writable.partial().shape).meta({ id: 'TimelinePatch' });
export type TimelinePatch = z.infer<typeof timelinePatchSchema>;
