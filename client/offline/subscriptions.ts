import type { NewSubscription } from '../../shared/push.ts';

/** What this browser has asked a timeline to tell it. */
export interface Subscription {
  slug: string;
  /** With it the server is told to tell no more. */
  id: string;
  asked: NewSubscription;
}

/** Where the page that asks and the worker, which has to ask again, both find it. */
const cacheName = 'daymark-subscriptions';

export async function subscriptions(): Promise<Subscription[]> {
  const cache = await caches.open(cacheName);
  const kept = await Promise.all((await cache.keys()).map((key) => cache.match(key)));
  return Promise.all(kept.flatMap((response) => (response ? [response.json() as Promise<Subscription>] : [])));
}

export const subscriptionTo = async (slug: string): Promise<Subscription | null> =>
  (await subscriptions()).find((subscription) => subscription.slug === slug) ?? null;

/** Has the server tell this browser, in the place of what was asked before. False: it has no such timeline. */
export async function subscribe(slug: string, asked: NewSubscription): Promise<boolean> {
  const former = await subscriptionTo(slug);
  const response = await fetch(addressOf(slug), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(asked),
  });
  if (response.status === 404) return false;
  const { id } = await answerOf<{ id: string }>(response);
  const subscription: Subscription = { slug, id, asked };
  await (await caches.open(cacheName)).put(keyOf(slug), new Response(JSON.stringify(subscription)));
  // The new one first: cut off between the two, a browser is told twice, which shows once.
  if (former && former.id !== id) await unsubscribe(former);
  return true;
}

/** Has it tell no more. */
export async function unsubscribe({ slug, id }: Subscription): Promise<void> {
  const response = await fetch(`${addressOf(slug)}/${id}`, { method: 'DELETE' });
  if (!response.ok && response.status !== 404) throw new Error(`subscription: ${response.status}`);
}

export async function forget(slug: string): Promise<void> {
  await (await caches.open(cacheName)).delete(keyOf(slug));
}

/** How browsers subscribe with their push service: with the key of this installation. */
export async function optionsOfPush(): Promise<PushSubscriptionOptionsInit> {
  const { publicKey } = await answerOf<{ publicKey: string }>(await fetch('/api/v1/push'));
  return { userVisibleOnly: true, applicationServerKey: publicKey };
}

/** Where the push service reaches this browser, and how it is written to there. */
export function reached(subscription: PushSubscription): Pick<NewSubscription, 'endpoint' | 'keys'> {
  const { endpoint = '', keys } = subscription.toJSON();
  return { endpoint, keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' } };
}

const keyOf = (slug: string): string => `/${slug}`;
const addressOf = (slug: string): string => `/api/v1/timelines/${slug}/subscriptions`;

async function answerOf<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return (await response.json()) as T;
}
