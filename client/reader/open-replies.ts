import { find } from './dom.ts';
import { wished } from './wishes.ts';

/** Replies are in no log: who has the page open asks again so often, while he looks. The page is ready in the server’s memory. */
const everyMs = 20_000;

/** Lets approved replies come and go on an open page; what is being written below them stays. */
export function followReplies(around = { everyMs, random: Math.random }): void {
  const again = (): void => {
    setTimeout(() => void look().then(again), around.everyMs * (0.75 + around.random() / 2));
  };
  again();
}

async function look(): Promise<void> {
  if (document.visibilityState !== 'visible') return;
  try {
    const response = await fetch(wished(location.pathname), { cache: 'no-cache' });
    if (response.ok) replace(new DOMParser().parseFromString(await response.text(), 'text/html'));
  } catch (error) {
    // The connection’s state is told elsewhere; the next look makes up for this one.
    console.debug(error);
  }
}

function replace(fetched: Document): void {
  const shown = find('[data-replies]');
  const now = find('[data-replies]', fetched);
  if (!shown || !now) return;
  const known = new Set([...shown.children].map(({ id }) => id));
  const wanted = new Set([...now.children].map(({ id }) => id));
  for (const child of [...shown.children]) if (!wanted.has(child.id)) child.remove();
  // In the order of the page; those that are there already are not touched, so that nothing is read out twice.
  for (const child of [...now.children]) if (!known.has(child.id)) shown.append(document.adoptNode(child));
}
