import { X } from 'lucide';
import { useId, useState } from 'preact/hooks';
import { limits } from '../../../../shared/limits.ts';
import { Field } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';

interface TagsFieldProps {
  tags: readonly string[];
  /** Those that are in use, to choose from. */
  known: readonly string[];
  onTags: (tags: string[]) => void;
}

/** Topics. Enter or a comma ends one; Backspace in the empty field takes the last one away. */
export function TagsField({ tags, known, onTags }: TagsFieldProps) {
  const id = useId();
  const [text, setText] = useState('');
  const add = (typed: string): void => {
    const added = typed
      .split(/[,،]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '' && !tags.includes(tag));
    if (added.length > 0) onTags([...tags, ...new Set(added)].slice(0, limits.tags));
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && text.trim() !== '' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      add(text);
    }
    if (event.key === 'Backspace' && text === '' && tags.length > 0) onTags(tags.slice(0, -1));
  };
  return (
    <Field label="Tags" optional>
      {(ids) => (
        <div class="tags-field">
          {tags.map((tag) => (
            <button
              key={tag}
              type="button"
              class="tag"
              aria-label={`Remove ${tag}`}
              onClick={() => onTags(tags.filter((one) => one !== tag))}
            >
              {tag} <Icon of={X} />
            </button>
          ))}
          <input
            {...ids}
            type="text"
            name="tags"
            list={`${id}-known`}
            placeholder={tags.length === 0 ? 'diplomacy, aid …' : ''}
            value={text}
            onInput={({ currentTarget }) =>
              /[,،]/.test(currentTarget.value) || known.includes(currentTarget.value)
                ? add(currentTarget.value)
                : setText(currentTarget.value)
            }
            onKeyDown={onKeyDown}
            onBlur={() => add(text)}
          />
          <datalist id={`${id}-known`}>
            {known
              .filter((tag) => !tags.includes(tag))
              .map((tag) => (
                <option key={tag} value={tag} />
              ))}
          </datalist>
        </div>
      )}
    </Field>
  );
}
