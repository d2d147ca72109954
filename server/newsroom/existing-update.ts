import { ok, type Result, refuse } from '../../shared/result.ts';
import type { Store, StoredUpdate } from '../store/store.ts';

/** The update that an address names, or why there is none. */
export async function existingUpdate(store: Store, slug: string, id: string): Promise<Result<StoredUpdate>> {
  const found = await store.update(slug, id);
  if (found === 'removed') return refuse('removed', 'This update was removed.');
  return found ? ok(found) : refuse('not-found', `There is no update ${id} in ${slug}.`);
}

export const ifMatchRequired = (): Result<never> =>
  refuse('if-match-required', 'Say with If-Match: "<revision>" which revision this is based on.');
