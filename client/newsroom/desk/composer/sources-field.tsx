import { Plus, X } from 'lucide';
import type { Refusal } from '../../api.ts';
import { faultAt } from '../../api.ts';
import { Button, IconButton } from '../../components/button.tsx';
import type { Form } from './form.ts';

interface SourcesFieldProps {
  sources: Form['sources'];
  problem: Refusal | null;
  onSources: (sources: Form['sources']) => void;
}

/** Who says so: a name, an address, or both; as many as there are. */
export function SourcesField({ sources, problem, onSources }: SourcesFieldProps) {
  const shown = sources.length === 0 ? [{ name: '', url: '' }] : sources;
  const set = (index: number, change: Partial<Form['sources'][number]>): void =>
    onSources(shown.map((source, i) => (i === index ? { ...source, ...change } : source)));
  const paste = (index: number, event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain').trim() ?? '';
    if (!/^https?:\/\/\S+$/.test(text) || shown[index]?.url) return;
    event.preventDefault();
    set(index, { url: text });
  };
  return (
    <fieldset class="field">
      <legend>Sources</legend>
      {shown.map(({ name, url }, index) => {
        const fault = faultAt(problem, `/sources/${index}`);
        return (
          // a row is nothing but its place
          <div class={fault ? 'source faulty' : 'source'} key={index}>
            <input
              type="text"
              aria-label={`Name of source ${index + 1}`}
              placeholder="Name"
              maxLength={300}
              value={name}
              onInput={({ currentTarget }) => set(index, { name: currentTarget.value })}
              onPaste={(event) => paste(index, event)}
            />
            <input
              type="url"
              inputMode="url"
              aria-label={`Address of source ${index + 1}`}
              placeholder="https://"
              value={url}
              onInput={({ currentTarget }) => set(index, { url: currentTarget.value })}
            />
            <IconButton
              icon={X}
              label={`Remove source ${index + 1}`}
              disabled={sources.length === 0}
              onClick={() => onSources(shown.filter((_, i) => i !== index))}
            />
            {fault && <p class="fault">{fault}</p>}
          </div>
        );
      })}
      <div>
        <Button look="quiet" icon={Plus} onClick={() => onSources([...shown, { name: '', url: '' }])}>
          Another source
        </Button>
      </div>
    </fieldset>
  );
}
