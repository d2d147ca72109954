import webPush from 'web-push';
import type { PushStore, VapidKeys } from '../store/push-store.ts';

/** By which push services know this installation: made when first asked for, and the same for all nodes. Throws StoreUnavailable. */
export const ownKeys = (push: Pick<PushStore, 'vapidKeys'>): Promise<VapidKeys> =>
  push.vapidKeys(webPush.generateVAPIDKeys);
