import { Search, X } from 'lucide';
import { useState } from 'preact/hooks';
import { Button } from '../components/button.tsx';
import { type Choice, SelectField, TextField } from '../components/field.tsx';

interface RecordFiltersProps {
  query: URLSearchParams;
  onChange: (next: Record<string, string | null>) => void;
}

const any = { value: '', label: 'Any' };
const choices = (...values: string[]): Choice[] => [any, ...values.map((value) => ({ value, label: value }))];
const typed = ['q', 'from', 'to', 'author', 'tag'] as const;
const chosen = ['status', 'key', 'verification'] as const;

/** What narrows the table down. Choices act at once, what is typed when it is sent. */
export function RecordFilters({ query, onChange }: RecordFiltersProps) {
  const [texts, setTexts] = useState(() => Object.fromEntries(typed.map((name) => [name, query.get(name) ?? ''])));
  const isOpen = [...typed, ...chosen].some((name) => name !== 'q' && query.has(name));
  const text = (name: (typeof typed)[number], label: string, type: 'text' | 'date' | 'search' = 'text') => (
    <TextField
      label={label}
      name={name}
      type={type}
      value={texts[name] ?? ''}
      onValue={(value) => {
        setTexts((before) => ({ ...before, [name]: value }));
        if (type === 'date' && (value === '' || /^\d{4}-\d\d-\d\d$/.test(value))) onChange({ [name]: value });
      }}
    />
  );
  const choice = (name: (typeof chosen)[number], label: string, of: Choice[]) => (
    <SelectField
      label={label}
      name={name}
      value={query.get(name) ?? ''}
      onValue={(value) => onChange({ [name]: value })}
      choices={of}
    />
  );
  return (
    <form
      class="record-filters"
      aria-label="Filters"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(texts);
      }}
    >
      <div class="search-row">
        {text('q', 'Words', 'search')}
        <Button type="submit" look="main" icon={Search}>
          Find
        </Button>
      </div>
      <details open={isOpen}>
        <summary>More filters</summary>
        <div class="filter-grid">
          {text('from', 'From', 'date')}
          {text('to', 'To', 'date')}
          {choice('status', 'Status', choices('published', 'draft', 'scheduled', 'retracted'))}
          {choice('key', 'Key developments', [any, { value: '1', label: 'key' }, { value: '0', label: 'not key' }])}
          {choice('verification', 'Verification', choices('claim', 'reported', 'confirmed', 'disputed'))}
          {text('author', 'Author')}
          {text('tag', 'Tag')}
          <Button
            icon={X}
            onClick={() => {
              setTexts({});
              onChange(Object.fromEntries([...typed, ...chosen].map((name) => [name, null])));
            }}
          >
            Clear
          </Button>
        </div>
      </details>
    </form>
  );
}
