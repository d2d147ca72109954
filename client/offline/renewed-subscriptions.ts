import { forget, optionsOfPush, reached, subscribe, subscriptions } from './subscriptions.ts';

declare const self: ServiceWorkerGlobalScope;

/**
 * A push service gives a browser another address, or drops the one it had. What was asked for goes on at the new one; the server
 * may have given it up already, so it is asked anew. Only where the reader still allows it.
 */
export async function renewSubscriptions(): Promise<void> {
  const kept = await subscriptions();
  const { pushManager } = self.registration;
  if (kept.length === 0 || (await pushManager.permissionState({ userVisibleOnly: true })) !== 'granted') return;
  const present = (await pushManager.getSubscription()) ?? (await pushManager.subscribe(await optionsOfPush()));
  for (const { slug, asked } of kept)
    if (asked.endpoint !== present.endpoint && !(await subscribe(slug, { ...asked, ...reached(present) })))
      await forget(slug);
}
