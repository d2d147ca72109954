import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Refusal } from '../api.ts';
import { Button } from '../components/button.tsx';
import { FormProblem } from '../components/field.tsx';

interface PanelFormProps {
  title: string;
  isBusy: boolean;
  problem: Refusal | null;
  onSave: () => void;
  children: ComponentChildren;
}

/** One matter of the settings with its own button. */
export function PanelForm({ title, isBusy, problem, onSave, children }: PanelFormProps) {
  const id = useId();
  return (
    <form
      class="panel"
      aria-labelledby={id}
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
      <FormProblem problem={problem} />
      <div class="actions">
        <Button type="submit" look="main" busy={isBusy}>
          Save
        </Button>
      </div>
    </form>
  );
}
