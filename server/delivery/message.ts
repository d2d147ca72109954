import type { Change } from '../../shared/change.ts';
import { messagesFor } from '../../shared/i18n/catalogue.ts';
import { cutText } from '../../shared/text.ts';
import type { TimelineRecord } from '../../shared/timeline.ts';
import type { StoredWebhook } from '../store/hooks-store.ts';
import type { Outgoing } from './sender.ts';
import { signed } from './signing.ts';

/** What is told: a change, or that the log has begun anew and the receiver has to read everything again. */
export type Told =
  | { position: string; seq: number; change: Change }
  | { position: string; seq: number; change: null; at: string };

export type About = Pick<TimelineRecord, 'language' | 'subject'>;

export const eventOf = ({ change }: Told): string => change?.type ?? 'timeline.reset';

/** Whether a webhook is for this change. A takedown has no text to judge by: it is told to all who asked for takedowns. */
export function isFor({ events, keyOnly }: StoredWebhook, change: Change): boolean {
  if (!events.includes(change.type)) return false;
  return !keyOnly || !('update' in change) || change.update.key;
}

/** Null: in this form there is nothing to say of it. */
export function messageFor(hook: StoredWebhook, told: Told, about: About, now: number): Outgoing | null {
  const id = messageId(hook, told.position.replace(':', '_'));
  if (hook.format !== 'json') {
    const text = told.change && sentence(hook, told.change, about);
    return text === null ? null : asChat(hook, id, text);
  }
  const { position, change } = told;
  const timestamp = change ? change.at : told.at;
  return asJson(hook, id, { type: eventOf(told), timestamp, position, data: change }, now);
}

/** Says nothing but that it arrived. */
export function testMessage(hook: StoredWebhook, slug: string, now: number): Outgoing {
  const id = messageId(hook, `test_${now}`);
  if (hook.format !== 'json') return asChat(hook, id, `Daymark: a test of “${hook.name}”.\n${hook.origin}/${slug}`);
  const timestamp = new Date(now).toISOString();
  return asJson(hook, id, { type: 'webhook.test', timestamp, position: hook.position, data: null }, now);
}

/** The same each time that the same change is sent: receivers know a repetition by it. */
const messageId = ({ id }: StoredWebhook, what: string): string => `msg_${id}_${what}`;

function asJson(hook: StoredWebhook, id: string, content: object, now: number): Outgoing {
  const body = JSON.stringify(content);
  const seconds = Math.floor(now / 1_000);
  return {
    kind: 'webhook',
    url: hook.url,
    headers: {
      'Content-Type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': signed(id, seconds, body, hook.secrets),
    },
    body,
  };
}

/** Telegram takes 4,096 characters; headlines are shorter by far. */
function asChat({ url, format, token, recipient }: StoredWebhook, id: string, text: string): Outgoing {
  const post = (to: string, body: object, headers: Record<string, string> = {}): Outgoing => ({
    kind: 'webhook',
    url: to,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const server = url.replace(/\/+$/, '');
  if (format === 'slack') return post(url, { text: escapedForSlack(text) });
  if (format === 'telegram') return post(`${server}/bot${token}/sendMessage`, { chat_id: recipient, text });
  return post(
    `${server}/api/v1/statuses`,
    { status: text },
    { Authorization: `Bearer ${token}`, 'Idempotency-Key': id },
  );
}

/** Mastodon takes 500 characters and counts a link as 23. */
const mostHeadline = 400;

/** In the timeline’s language. */
function sentence({ origin }: StoredWebhook, change: Change, { language, subject }: About): string | null {
  const { announce, day, summaryTitle } = messagesFor(language);
  const place = `${origin}/${change.timeline}`;
  switch (change.type) {
    case 'timeline.revised':
      return null;
    case 'summary.revised':
      return `${summaryTitle(change.day, subject)}\n${place}/day/${change.day}`;
    case 'update.removed':
      return `${announce.removed(1)}\n${place}/updates/${change.id}`;
    default: {
      const { headline, correction, revisedAt, id } = change.update;
      const words = headline.length > mostHeadline ? `${cutText(headline, mostHeadline)}…` : headline;
      const began = {
        'update.published': day(change.day),
        'update.revised': correction && correction.at === revisedAt ? announce.corrected(1) : announce.revised(1),
        'update.retracted': announce.retracted(1),
      }[change.type];
      return `${began}: ${words}\n${place}/updates/${id}`;
    }
  }
}

const escapedForSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
