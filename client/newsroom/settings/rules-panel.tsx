import { useState } from 'preact/hooks';
import type { SettingsPatch } from '../../../shared/settings.ts';
import { CheckField, FormProblem } from '../components/field.tsx';
import { type SettingsFormProps, useSettingsSave } from './use-save.ts';

/** The rules of the newsroom: they hold as soon as they are pressed. */
export function RulesPanel(props: SettingsFormProps & { isAdmin: boolean }) {
  const { settings, isAdmin } = props;
  const { save, isBusy, problem } = useSettingsSave(props);
  // A box stays as it was pressed while the answer is under way.
  const [pressed, setPressed] = useState<SettingsPatch>({});
  const set = (patch: SettingsPatch): void => {
    setPressed(patch);
    void save(patch).then(() => setPressed({}));
  };
  const { hold, approval } = { ...settings, ...pressed };
  return (
    <section class={settings.hold ? 'panel on-hold' : 'panel'} aria-label="Rules of the newsroom">
      <h2>Rules of the newsroom</h2>
      <CheckField
        label="Hold all publication"
        hint="Nothing is published, scheduled updates included, until it is off again. Corrections, retractions and takedowns go on."
        checked={hold === true}
        disabled={isBusy}
        onChecked={(on) => set({ hold: on })}
      />
      <CheckField
        label="An editor approves what reporters publish"
        hint="What a reporter publishes waits as a draft for an editor."
        checked={approval === true}
        disabled={isBusy || !isAdmin}
        onChecked={(on) => set({ approval: on })}
      />
      <FormProblem problem={problem} />
    </section>
  );
}
