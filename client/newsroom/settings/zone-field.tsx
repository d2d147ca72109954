import type { Refusal } from '../api.ts';
import { TextField } from '../components/field.tsx';
import { zones } from './zones.ts';

interface ZoneFieldProps {
  value: string;
  onValue: (value: string) => void;
  problem: Refusal | null;
  disabled?: boolean;
}

/** A zone by its name, found by typing a part of it. */
export function ZoneField({ value, onValue, problem, disabled = false }: ZoneFieldProps) {
  return (
    <>
      <TextField
        label="Time zone of the conflict"
        name="timeZone"
        list="time-zones"
        value={value}
        onValue={onValue}
        problem={problem}
        disabled={disabled}
        spellcheck={false}
        autocomplete="off"
        placeholder="Asia/Gaza"
        hint="Type a part of it: a continent or a city. Days are counted by its clocks."
      />
      <datalist id="time-zones">
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
