import type { Update } from '../../../shared/update.ts';
import { update } from '../view/sample.ts';

/** An update of the nth minute of the day. */
export function at(minute: number, text: string, more: Partial<Update> = {}): Update {
  const occurredAt = new Date(Date.parse('2024-02-07T06:00:00.000Z') + minute * 60_000).toISOString();
  const id = `u${String(minute).padStart(4, '0')}`;
  return update({ id, occurredAt, publishedAt: occurredAt, headline: '', body: `<p>${text}</p>`, ...more });
}
