import { useEffect, useRef, useState } from 'preact/hooks';
import type { Update } from '../../../../shared/update.ts';
import { updatePorts } from '../drafts/update-ports.ts';
import { serverNow } from '../server-clock.ts';
import { browserShelf } from './browser-shelf.ts';
import { Outbox } from './outbox.ts';
import type { Posting } from './posting.ts';
import { sendPosting } from './send-posting.ts';

/** While something waits it is tried again so often; and at once when the browser says that it is online. */
const againMs = 4_000;

export interface UsedOutbox {
  outbox: Outbox<Update>;
  postings: readonly Posting[];
}

export function useOutbox(actor: string, slug: string, onSent: (update: Update, posting: Posting) => void): UsedOutbox {
  const [postings, setPostings] = useState<readonly Posting[]>([]);
  const told = useRef(onSent);
  told.current = onSent;
  const made = useRef<{ for: string; outbox: Outbox<Update> } | null>(null);
  const key = `${actor} ${slug}`;
  if (made.current?.for !== key) {
    const ports = { ...updatePorts(slug), now: serverNow };
    const outbox = new Outbox<Update>({
      shelf: browserShelf(actor, slug),
      send: (posting) => sendPosting(posting, ports),
      onChange: setPostings,
      onSent: (posting, update) => told.current(update, posting),
    });
    made.current = { for: key, outbox };
  }
  const { outbox } = made.current;
  const isWaiting = postings.some(({ state }) => state === 'waiting');
  useEffect(() => {
    const flush = (): void => void outbox.flush().catch(console.warn);
    flush();
    addEventListener('online', flush);
    return () => removeEventListener('online', flush);
  }, [outbox]);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => void outbox.flush().catch(console.warn), againMs);
    return () => clearInterval(timer);
  }, [outbox, isWaiting]);
  return { outbox, postings };
}
