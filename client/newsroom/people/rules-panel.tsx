import { useState } from 'preact/hooks';
import type { Rules } from '../../../shared/people.ts';
import { patch, type Refusal } from '../api.ts';
import { CheckField, FormProblem } from '../components/field.tsx';
import { Loaded } from '../components/states.tsx';
import { toast } from '../components/toast.tsx';
import { useResource } from '../resource.ts';
import { useSession } from '../session/session.tsx';

/** What everybody has to keep to. */
export function RulesPanel() {
  const rules = useResource<Rules>('/people/rules');
  const { reload } = useSession();
  const [problem, setProblem] = useState<Refusal | null>(null);
  const require = async ({ revision }: Rules, secondFactorRequired: boolean): Promise<void> => {
    const answer = await patch<Rules>('/people/rules', { secondFactorRequired }, { ifMatch: revision });
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    rules.replace(answer.body);
    reload();
    toast(
      secondFactorRequired
        ? 'From now on everybody needs a second factor.'
        : 'A second factor is everybody’s own choice.',
    );
  };
  return (
    <Loaded resource={rules}>
      {(value) => (
        <section class="panel" aria-label="Rules">
          <FormProblem problem={problem} />
          <CheckField
            label="Everybody signs in with a second factor"
            hint="Who has none can do nothing but set one up, from the next request on. Tokens are not touched by it."
            checked={value.secondFactorRequired}
            onChecked={(isRequired) => void require(value, isRequired)}
          />
        </section>
      )}
    </Loaded>
  );
}
