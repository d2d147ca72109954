import { SelectField } from '../components/field.tsx';

/** What a column of a CSV can say, in the order in which it is asked. */
const fields: readonly [name: string, label: string][] = [
  ['occurredAt', 'When it happened'],
  ['headline', 'Headline'],
  ['body', 'Text'],
  ['sourceName', 'Source'],
  ['sourceUrl', 'Address of the source'],
  ['tags', 'Topics'],
  ['key', 'Key development'],
  ['byline', 'Author'],
  ['language', 'Language'],
  ['externalId', 'Id of the row'],
];

interface ColumnFieldsProps {
  columns: readonly string[];
  map: Readonly<Record<string, string>>;
  onMap: (map: Record<string, string>) => void;
}

/** Which column of a table says what. */
export function ColumnFields({ columns, map, onMap }: ColumnFieldsProps) {
  const choices = [{ value: '', label: 'no column' }, ...columns.map((column) => ({ value: column, label: column }))];
  const choose = (field: string, column: string): void => {
    const { [field]: _, ...others } = map;
    onMap(column === '' ? others : { ...others, [field]: column });
  };
  return (
    <fieldset class="columns">
      <legend>Which column says what</legend>
      {fields.map(([field, label]) => (
        <SelectField
          key={field}
          name={field}
          label={label}
          optional={field !== 'occurredAt'}
          value={map[field] ?? ''}
          choices={choices}
          onValue={(column) => choose(field, column)}
        />
      ))}
    </fieldset>
  );
}
