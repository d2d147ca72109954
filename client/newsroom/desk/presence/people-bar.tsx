import type { Present } from '../../../../shared/newsroom-protocol.ts';

interface PeopleBarProps {
  others: readonly Present[];
  /** One’s own id: who has two windows open meets himself. */
  me: string;
}

/** Who is at this desk now. */
export function PeopleBar({ others, me }: PeopleBarProps) {
  const people = new Map<string, Present>();
  for (const person of others) {
    const known = people.get(person.actor);
    if (!known || person.editing !== null) people.set(person.actor, person);
  }
  if (people.size === 0) return <p class="people soft">You are alone at this desk</p>;
  return (
    <ul class="people" aria-label="At this desk">
      {[...people.values()].map(({ actor, name, editing }) => (
        <li key={actor} class={editing ? 'editing' : undefined} title={editing ? `${name} is editing` : name}>
          <span class="initials" aria-hidden="true">
            {initialsOf(name)}
          </span>
          {actor === me ? 'You, in another window' : name}
          {editing && <span class="soft"> is editing</span>}
        </li>
      ))}
    </ul>
  );
}

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .map(([first]) => first ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();
