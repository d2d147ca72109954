import type { NewUpdate, Update, UpdatePatch } from '../../../../shared/update.ts';
import { type Answer, patch, post } from '../../api.ts';

/** The two writes that every text goes through. */
export interface UpdatePorts {
  create: (input: NewUpdate, idempotencyKey: string) => Promise<Answer<Update>>;
  revise: (id: string, revision: number, patch: UpdatePatch) => Promise<Answer<Update>>;
}

export function updatePorts(slug: string): UpdatePorts {
  const updates = `/timelines/${slug}/updates`;
  return {
    create: (input, idempotencyKey) => post<Update>(updates, input, { idempotencyKey }),
    revise: (id, revision, change) => patch<Update>(`${updates}/${id}`, change, { ifMatch: revision }),
  };
}
