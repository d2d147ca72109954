import type { PushNote } from '../../shared/push.ts';

declare const self: ServiceWorkerGlobalScope;

/** Shows a key development, puts right what is still shown of one, or takes it away. */
export async function notify(note: PushNote): Promise<void> {
  const shown = await self.registration.getNotifications({ tag: note.tag });
  if (note.kind === 'gone') {
    for (const notification of shown) notification.close();
    return;
  }
  // What the reader has put away stays away.
  if (note.kind === 'again' && shown.length === 0) return;
  await self.registration.showNotification(note.title, {
    body: note.body,
    tag: note.tag,
    icon: note.icon,
    lang: note.language,
    dir: note.direction,
    silent: note.kind === 'again',
    data: { url: note.url },
  });
}

/** Leads to the update: in the window that has it open, else in a new one. */
export async function openNotified(notification: Notification): Promise<void> {
  notification.close();
  const { url } = notification.data as { url: string };
  const target = new URL(url, self.location.origin).href;
  const windows = await self.clients.matchAll({ type: 'window' });
  const there = windows.find((window) => window.url === target);
  if (there) await there.focus();
  else await self.clients.openWindow(target);
}
