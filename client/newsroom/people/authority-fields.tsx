import type { Timeline } from '../../../shared/timeline.ts';
import type { Refusal } from '../api.ts';
import { faultAt } from '../api.ts';
import { CheckField, SelectField } from '../components/field.tsx';
import { useResource } from '../resource.ts';
import type { Role } from '../role.ts';

interface AuthorityFieldsProps {
  role: Role;
  onRole: (role: Role) => void;
  /** null: all. */
  timelines: readonly string[] | null;
  onTimelines: (timelines: readonly string[] | null) => void;
  problem: Refusal | null;
}

const roles = [
  { value: 'reporter', label: 'Reporter' },
  { value: 'editor', label: 'Editor' },
  { value: 'admin', label: 'Admin' },
];
const duties: Record<Role, string> = {
  reporter: 'Writes, publishes and revises own updates.',
  editor: 'All updates, summaries, pins, retractions, takedowns and replies.',
  admin: 'All that, and timelines with their settings; without a limit to some timelines, people and tokens too.',
};

/** What somebody, or a token, may do, and where. */
export function AuthorityFields({ role, onRole, timelines, onTimelines, problem }: AuthorityFieldsProps) {
  const all = useResource<{ timelines: Timeline[] }>('/timelines');
  const fault = faultAt(problem, '/timelines');
  const toggle = (slug: string, isIn: boolean): void => {
    const others = (timelines ?? []).filter((one) => one !== slug);
    onTimelines(isIn ? [...others, slug] : others);
  };
  return (
    <>
      <SelectField
        name="role"
        label="Role"
        hint={duties[role]}
        value={role}
        onValue={(value) => onRole(value as Role)}
        choices={roles}
        problem={problem}
      />
      <fieldset class="choices">
        <legend>Timelines</legend>
        <CheckField
          label="All, also those to come"
          checked={timelines === null}
          onChecked={(isAll) => onTimelines(isAll ? null : [])}
        />
        {timelines !== null &&
          all.value?.timelines.map(({ slug, title }) => (
            <CheckField
              key={slug}
              label={title}
              checked={timelines.includes(slug)}
              onChecked={(isIn) => toggle(slug, isIn)}
            />
          ))}
        {fault && <p class="fault">{fault}</p>}
      </fieldset>
    </>
  );
}
