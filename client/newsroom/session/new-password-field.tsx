import { useState } from 'preact/hooks';
import { limits } from '../../../shared/limits.ts';
import type { Refusal } from '../api.ts';
import { CheckField, TextField } from '../components/field.tsx';

interface NewPasswordFieldProps {
  name: string;
  label: string;
  value: string;
  onValue: (value: string) => void;
  problem: Refusal | null;
}

/** A password that is being chosen. It can be looked at, pasted, and made by the browser. */
export function NewPasswordField({ name, label, value, onValue, problem }: NewPasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  return (
    <div class="stack tight">
      <TextField
        name={name}
        label={label}
        hint={`${limits.passwordCharactersLeast} characters or more; a few words in a row are good. Any character will do, spaces too.`}
        type={isShown ? 'text' : 'password'}
        value={value}
        onValue={onValue}
        problem={problem}
        autocomplete="new-password"
        autocapitalize="off"
        spellcheck={false}
        maxLength={limits.passwordCharacters}
        required
      />
      <CheckField label="Show it" checked={isShown} onChecked={setShown} />
    </div>
  );
}
