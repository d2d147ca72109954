import type { PushNote } from '../../shared/push.ts';
import { copyAddress, isAsset } from './addresses.ts';
import { assetOf, keepAssets } from './assets.ts';
import { copyOf, keepCopy } from './copies.ts';
import { notify, openNotified } from './notifications.ts';
import { renewSubscriptions } from './renewed-subscriptions.ts';
import { keepShell, positionOf, shownCopy, standIn } from './shell.ts';
import type { Tiding } from './tidings.ts';
import { proveCopies, renewTouched } from './touched-copies.ts';

declare const self: ServiceWorkerGlobalScope;

/** A network that takes longer to begin an answer is no better than none, where there is a copy. */
const patienceMs = 4_000;
/** The server is there, and what it stands before is not: a copy says more. */
const away = [502, 503, 504];

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (isAsset(url)) event.respondWith(assetOf(request));
  else if (request.mode === 'navigate') {
    const address = copyAddress(url);
    if (address !== null) event.respondWith(pageOf(event, address));
  }
});

/** The page from the network, of which a copy is kept; else the copy; else what there is instead. */
async function pageOf(event: FetchEvent, address: string): Promise<Response> {
  // A page that the browser itself has kept, for “back”, would not say how old it is.
  const fetched = fetch(event.request, { cache: 'no-cache' });
  // Without a network there is nothing to keep, and the answer below says so.
  event.waitUntil(
    fetched
      .then(
        (response) => keepCopy(address, response.clone()),
        () => undefined,
      )
      .catch(console.warn),
  );
  const copy = await copyOf(address);
  const response = await Promise.race([fetched.catch(() => null), ...(copy ? [patience()] : [])]);
  if (response && !away.includes(response.status)) return response;
  if (copy) return shownCopy(copy);
  return response ?? standIn();
}

const patience = (): Promise<null> => new Promise((resolve) => setTimeout(resolve, patienceMs, null));

self.addEventListener('push', (event) => event.waitUntil(notify(event.data?.json() as PushNote)));
self.addEventListener('notificationclick', (event) => event.waitUntil(openNotified(event.notification)));
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renewSubscriptions()));

/** One after the other: what two pages tell of the same change is done once. */
let told: Promise<void> = Promise.resolve();
self.addEventListener('message', (event) => {
  told = told.then(() => hear(event.data as Tiding)).catch(console.warn);
  event.waitUntil(told);
});

async function hear(tiding: Tiding): Promise<void> {
  if (tiding.kind === 'touched') return renewTouched(tiding.timeline, tiding.touched, tiding.thrifty);
  if (tiding.kind === 'open') return keepOpen(tiding);
  await proveCopies(tiding.timeline, tiding.thrifty);
  // Not every browser says so when its push service has given it another address.
  await renewSubscriptions();
}

async function keepOpen({
  address: url,
  position,
  language,
  assets,
}: Extract<Tiding, { kind: 'open' }>): Promise<void> {
  const address = copyAddress(new URL(url));
  if (address === null) return;
  await keepShell(language);
  await keepAssets(assets);
  const copy = await copyOf(address);
  if (copy && positionOf(await copy.response.text()) === position) return;
  await keepCopy(address, await fetch(address, { cache: 'no-cache' }));
}
