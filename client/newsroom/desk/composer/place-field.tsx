import type { Refusal } from '../../api.ts';
import { faultAt } from '../../api.ts';
import type { Form } from './form.ts';

interface PlaceFieldProps {
  place: Form['place'];
  problem: Refusal | null;
  onPlace: (place: Form['place']) => void;
}

/** Both coordinates at once, as maps copy them: “31.34, 34.30”. */
const pair = /^\s*(-?\d{1,3}(?:\.\d+)?)[°\s]*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)°?\s*$/;

export function PlaceField({ place, problem, onPlace }: PlaceFieldProps) {
  const fault = faultAt(problem, '/place');
  const paste = (event: ClipboardEvent): void => {
    const found = pair.exec(event.clipboardData?.getData('text/plain') ?? '');
    if (!found) return;
    event.preventDefault();
    onPlace({ ...place, latitude: found[1] ?? '', longitude: found[2] ?? '' });
  };
  const coordinate = (name: 'latitude' | 'longitude', label: string) => (
    <input
      type="text"
      inputMode="decimal"
      class="coordinate"
      aria-label={label}
      placeholder={label}
      value={place[name]}
      onInput={({ currentTarget }) => onPlace({ ...place, [name]: currentTarget.value })}
      onPaste={paste}
    />
  );
  return (
    <fieldset class={fault ? 'field faulty' : 'field'}>
      <legend>
        Place <span class="optional">(optional)</span>
      </legend>
      <div class="row place">
        <input
          type="text"
          aria-label="Name of the place"
          placeholder="Khan Younis"
          maxLength={300}
          value={place.name}
          onInput={({ currentTarget }) => onPlace({ ...place, name: currentTarget.value })}
        />
        {coordinate('latitude', 'Latitude')}
        {coordinate('longitude', 'Longitude')}
      </div>
      {fault && <p class="fault">{fault}</p>}
    </fieldset>
  );
}
