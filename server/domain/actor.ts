import { ok, type Result, refuse } from '../../shared/result.ts';

export type Role = 'reporter' | 'editor' | 'admin';

/** Who does something. `timelines` null: all of them. */
export interface Actor {
  id: string;
  name: string;
  role: Role;
  timelines: readonly string[] | null;
  /** Where the request came from; absent where it is no request (the command line, the scheduler). */
  address?: string;
}

const rank: Record<Role, number> = { reporter: 1, editor: 2, admin: 3 };

export const hasRole = (actor: Actor, role: Role): boolean => rank[actor.role] >= rank[role];

/**
 * Authority over the timeline named in the path (never one named in a body); `slug` null: over what belongs to no
 * timeline, which an actor limited to some timelines has not.
 */
export function authorise(actor: Actor, slug: string | null, role: Role): Result<void> {
  const within = actor.timelines === null || (slug !== null && actor.timelines.includes(slug));
  if (!within) return refuse('forbidden', 'These credentials are limited to other timelines.');
  if (!hasRole(actor, role))
    return refuse('forbidden', `This takes the role ${role}; these credentials have ${actor.role}.`);
  return ok(undefined);
}
