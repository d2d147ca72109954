import { z } from 'zod';
import { isKeyDevelopment } from '../../../shared/day.ts';
import type { EmbedChoice, EmbedView } from '../../../shared/embed.ts';
import { messagesFor } from '../../../shared/i18n/catalogue.ts';
import { limits } from '../../../shared/limits.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { headlineOf } from '../../../shared/text.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import type { Update } from '../../../shared/update.ts';
import { parse } from '../parse.ts';
import type { Queries, Query } from '../queries.ts';

const yes = z.enum(['1'], 'must be 1').optional();
const whole = (most: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,6}$/, `must be a whole number from 1 to ${most}`)
    .transform(Number)
    .refine((number) => number <= most, `must be a whole number from 1 to ${most}`)
    .meta({ type: 'integer', pattern: undefined, minimum: 1, maximum: most });

export const embedQuerySchema = z.object({
  day: whole(9_999_999).optional().meta({ description: 'One conflict day; without it the latest updates.' }),
  key: yes.meta({ description: '`1`: key developments alone.' }),
  limit: whole(limits.embedUpdates).default(20),
  update: z.string().min(1).max(64).optional().meta({ description: 'One update, by its id.' }),
  summary: yes.meta({ description: '`1`: the summary of the day, or of the latest day that has something.' }),
});

export const embedParameters = Object.keys(embedQuerySchema.shape);

/** What another site shows of a timeline. */
export async function embedView(
  queries: Queries,
  slug: string,
  query: Query,
  origin: string,
): Promise<Result<EmbedView>> {
  const timeline = queries.timeline(slug);
  if (!timeline.ok) return timeline;
  const asked = parse(embedQuerySchema, query);
  if (!asked.ok) return asked;
  const { day = null, key, limit, update, summary } = asked.value;
  const kind = update !== undefined ? 'update' : summary ? 'summary' : day !== null ? 'day' : 'latest';
  const choice: EmbedChoice = { kind, key: key !== undefined, limit, day };
  const parts = { queries, timeline: timeline.value, choice, origin };
  if (update !== undefined) return one(parts, update);
  if (kind === 'summary') return daySummary(parts);
  return kind === 'day' ? oneDay(parts, day ?? 1) : latest(parts);
}

interface Asked {
  queries: Queries;
  timeline: Timeline;
  choice: EmbedChoice;
  origin: string;
}

type Own = Pick<EmbedView, 'title' | 'path'> & Partial<EmbedView>;

function viewOf({ timeline, choice, origin }: Asked, own: Own): Result<EmbedView> {
  const empty = messagesFor(timeline.language).emptyTimeline;
  const none = { updates: [], more: false, summary: null, empty };
  return ok({ ...choice, timeline, origin, ...none, position: timeline.position, ...own });
}

async function one(asked: Asked, id: string): Promise<Result<EmbedView>> {
  const { slug } = asked.timeline;
  const found = await asked.queries.update(slug, id);
  if (!found.ok) return found;
  return viewOf(asked, { title: headlineOf(found.value), path: found.value.url, updates: [found.value] });
}

async function oneDay(asked: Asked, day: number): Promise<Result<EmbedView>> {
  const { timeline, choice, queries } = asked;
  const found = await queries.day(timeline.slug, String(day), { limit: '1000' });
  if (!found.ok) return found;
  const messages = messagesFor(timeline.language);
  return viewOf(asked, {
    ...shortened(found.value.updates, choice),
    title: messages.dayOf(day, timeline.subject),
    path: `/${timeline.slug}/day/${day}`,
    empty: messages.emptyDay,
  });
}

/** The newest events, over as many days as it takes. */
async function latest(asked: Asked): Promise<Result<EmbedView>> {
  const { timeline, choice, queries } = asked;
  const days = await queries.days(timeline.slug);
  if (!days.ok) return days;
  const updates: Update[] = [];
  let left = 0;
  for (const entry of days.value.days) {
    const count = choice.key ? entry.key : entry.updates;
    if (updates.length > choice.limit) left += count;
    if (count === 0 || updates.length > choice.limit) continue;
    const found = await queries.day(timeline.slug, String(entry.day), { limit: '1000' });
    if (found.ok) updates.push(...found.value.updates.filter((update) => !choice.key || isKeyDevelopment(update)));
  }
  const shown = shortened(updates, choice);
  return viewOf(asked, { ...shown, more: shown.more || left > 0, title: timeline.title, path: `/${timeline.slug}` });
}

async function daySummary(asked: Asked): Promise<Result<EmbedView>> {
  const { timeline, choice, queries } = asked;
  const days = choice.day === null ? await queries.days(timeline.slug) : null;
  if (days && !days.ok) return days;
  const day = choice.day ?? days?.value.days[0]?.day ?? Math.max(1, timeline.today.day);
  const found = await queries.day(timeline.slug, String(day), { limit: '1000' });
  if (!found.ok) return found;
  const messages = messagesFor(timeline.language);
  return viewOf(asked, {
    day,
    title: messages.summaryTitle(day, timeline.subject),
    path: `/${timeline.slug}/day/${day}#summary`,
    summary: found.value.summary,
    empty: messages.emptyDay,
  });
}

function shortened(updates: readonly Update[], { key, limit }: EmbedChoice): Pick<EmbedView, 'updates' | 'more'> {
  const chosen = key ? updates.filter(isKeyDevelopment) : updates;
  return { updates: chosen.slice(0, limit), more: chosen.length > limit };
}
