import { useState } from 'preact/hooks';
import { TextField } from '../components/field.tsx';
import { PanelForm } from './panel.tsx';
import { type SettingsFormProps, useSettingsSave } from './use-save.ts';

const fields = [
  { name: 'name', label: 'Name', type: 'text' },
  { name: 'url', label: 'Web address', type: 'url' },
  { name: 'logo', label: 'Address of the logo', type: 'url' },
  { name: 'correctionsPolicy', label: 'Policy on corrections', type: 'url' },
  { name: 'publishingPrinciples', label: 'Publishing principles', type: 'url' },
] as const;
type Name = (typeof fields)[number]['name'];

/** Who publishes, as search engines are told. Without a name there is no publisher. */
export function PublisherForm(props: SettingsFormProps) {
  const { save, isBusy, problem } = useSettingsSave(props);
  const [input, setInput] = useState<Partial<Record<Name, string | null>>>(props.settings.publisher ?? {});
  const text = (name: Name): string => input[name]?.trim() ?? '';
  const orNull = (name: Name): string | null => text(name) || null;
  const publisher = {
    name: text('name'),
    url: text('url'),
    logo: orNull('logo'),
    correctionsPolicy: orNull('correctionsPolicy'),
    publishingPrinciples: orNull('publishingPrinciples'),
  };
  const isEmpty = fields.every(({ name }) => text(name) === '');
  return (
    <PanelForm
      title="Publisher, for search engines"
      isBusy={isBusy}
      problem={problem}
      onSave={() => void save({ publisher: isEmpty ? null : publisher })}
    >
      {fields.map(({ name, label, type }) => (
        <TextField
          key={name}
          label={label}
          name={`publisher/${name}`}
          type={type}
          value={input[name] ?? ''}
          problem={problem}
          optional={name !== 'name' && name !== 'url'}
          onValue={(value) => setInput((before) => ({ ...before, [name]: value }))}
        />
      ))}
    </PanelForm>
  );
}
