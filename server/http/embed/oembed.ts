import { z } from 'zod';
import { messagesFor } from '../../../shared/i18n/catalogue.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import { headlineOf } from '../../../shared/text.ts';
import { html } from '../../../shared/view/html.ts';
import { cardSize, siteName } from '../../../shared/view/layout.ts';
import type { Store } from '../../store/store.ts';
import { parse } from '../parse.ts';
import type { Queries, Query } from '../queries.ts';

const pixels = z
  .string()
  .regex(/^[1-9]\d{0,4}$/, 'must be a number of pixels')
  .transform(Number)
  .optional();

export const oembedQuerySchema = z.object({
  url: z
    .string({ error: 'is required' })
    .max(2_000)
    .meta({ description: 'The address of a timeline, a day, its summary (`#summary`) or an update here.' }),
  format: z.enum(['json', 'xml'], 'must be json').default('json'),
  maxwidth: pixels.meta({ type: 'integer', pattern: undefined }),
  maxheight: pixels.meta({ type: 'integer', pattern: undefined }),
});

export const oembedParameters = Object.keys(oembedQuerySchema.shape);

export const oembedSchema = z
  .object({
    version: z.literal('1.0'),
    type: z.literal('rich'),
    title: z.string(),
    author_name: z.string(),
    provider_name: z.string(),
    provider_url: z.string(),
    cache_age: z.number().int().meta({ description: 'Seconds.' }),
    html: z.string(),
    width: z.number().int(),
    height: z.number().int(),
    thumbnail_url: z.string().optional(),
    thumbnail_width: z.number().int().optional(),
    thumbnail_height: z.number().int().optional(),
  })
  .meta({ id: 'OEmbed' });

const preset = { width: 600, height: 560 };
const liveSeconds = 300;
const endedSeconds = 86_400;

/** oEmbed 1.0: what a page of ours looks like in somebody else’s. Only addresses of our own are known; none is asked. */
export async function oembed(
  queries: Queries,
  store: Pick<Store, 'settings'>,
  query: Query,
  origin: string,
): Promise<Result<z.output<typeof oembedSchema>>> {
  const asked = parse(oembedQuerySchema, query);
  if (!asked.ok) return asked;
  const { url, format, maxwidth = preset.width, maxheight = preset.height } = asked.value;
  if (format === 'xml') return refuse('not-implemented', 'oEmbed is answered as JSON alone.');
  const target = targetOf(url, origin);
  if (!target) return refuse('not-found', 'This is no address of a timeline here.');
  const timeline = queries.timeline(target.slug);
  if (!timeline.ok) return timeline;
  const title = await titleOf(queries, target);
  // Who asks for what was taken down drops it on 404, as the specification has it, and on nothing else.
  if (!title.ok) return title.problem.status === 410 ? refuse('not-found', 'This update was removed.') : title;
  const { publisher, appearance } = await store.settings(target.slug);
  const name = publisher?.name ?? appearance.siteName ?? siteName;
  const [width, height] = [Math.min(preset.width, maxwidth), Math.min(preset.height, maxheight)];
  return ok({
    version: '1.0',
    type: 'rich',
    title: title.value,
    author_name: name,
    provider_name: name,
    provider_url: origin,
    cache_age: timeline.value.status === 'ended' ? endedSeconds : liveSeconds,
    html: frame(`${origin}/embed/${target.slug}${target.query}`, { title: title.value, url, width, height }),
    width,
    height,
    ...thumbnail(target, origin),
  });
}

/** All three or none, as the specification has it. */
function thumbnail({ slug, day, update }: Target, origin: string) {
  const page = update !== null ? `updates/${update}` : day !== null ? `day/${day}` : null;
  if (page === null) return {};
  return {
    thumbnail_url: `${origin}/${slug}/${page}/card.png`,
    thumbnail_width: cardSize.width,
    thumbnail_height: cardSize.height,
  };
}

interface Target {
  slug: string;
  day: string | null;
  update: string | null;
  isSummary: boolean;
  /** Of the embed that shows it. */
  query: string;
}

/** Which page of ours an address names; null: none. */
function targetOf(url: string, origin: string): Target | null {
  if (!URL.canParse(url)) return null;
  const { origin: own, pathname, hash } = new URL(url);
  const found = /^\/([a-z0-9-]+)(?:\/day\/([1-9]\d{0,6})|\/updates\/(\w{1,64}))?$/.exec(pathname);
  if (own !== origin || !found) return null;
  const [, slug = '', day = null, update = null] = found;
  const isSummary = hash === '#summary' && update === null;
  const query = new URLSearchParams({
    ...(day && { day }),
    ...(update && { update }),
    ...(isSummary && { summary: '1' }),
  });
  return { slug, day, update, isSummary, query: query.size > 0 ? `?${query}` : '' };
}

async function titleOf(queries: Queries, { slug, day, update, isSummary }: Target): Promise<Result<string>> {
  const timeline = queries.timeline(slug);
  if (!timeline.ok) return timeline;
  const { title, subject, language, today } = timeline.value;
  const messages = messagesFor(language);
  if (update !== null) {
    const found = await queries.update(slug, update);
    return found.ok ? ok(headlineOf(found.value)) : found;
  }
  if (day === null && !isSummary) return ok(title);
  // The frame shows the latest day that has something.
  const days = day === null ? await queries.days(slug) : null;
  if (days && !days.ok) return days;
  if (day === null) return ok(messages.summaryTitle(days?.value.days[0]?.day ?? Math.max(1, today.day), subject));
  const found = await queries.day(slug, day, { limit: '1' });
  if (!found.ok) return found;
  return ok(isSummary ? messages.summaryTitle(Number(day), subject) : messages.dayOf(Number(day), subject));
}

/** A quotation with a link, for where no frame is let through, and the frame. The form that WordPress takes from anybody. */
function frame(
  src: string,
  { title, url, width, height }: { title: string; url: string; width: number; height: number },
): string {
  return html`<blockquote><a href="${url}">${title}</a></blockquote><iframe src="${src}" width="${width}" height="${height}" frameborder="0" marginwidth="0" marginheight="0" title="${title}" loading="lazy" referrerpolicy="origin" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>`
    .text;
}
