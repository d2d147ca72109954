import { type Field, type Form, fields, isSame } from '../composer/form.ts';

/** One field that two people left differently. `both`: each changed it, and one has to choose. */
export interface Difference {
  field: Field;
  fate: 'mine' | 'theirs' | 'both';
}

/** What became of each field since `base`, from which both began; fields that are the same now are left out. */
export function differences(base: Form, mine: Form, theirs: Form): Difference[] {
  return fields.flatMap((field): Difference[] => {
    if (isSame(mine, theirs, field)) return [];
    if (isSame(base, theirs, field)) return [{ field, fate: 'mine' }];
    return [{ field, fate: isSame(base, mine, field) ? 'theirs' : 'both' }];
  });
}

export type Choices = Partial<Record<Field, 'mine' | 'theirs'>>;

/** Both together: a field that one alone changed is that one’s, unless chosen otherwise; of what both changed, mine. */
export function merged(base: Form, mine: Form, theirs: Form, choices: Choices): Form {
  const result = { ...mine };
  for (const { field, fate } of differences(base, mine, theirs)) {
    const choice = choices[field] ?? (fate === 'theirs' ? 'theirs' : 'mine');
    if (choice === 'theirs') Object.assign(result, { [field]: theirs[field] });
  }
  return result;
}

/** Whether nobody has to choose anything. */
export const mergesByItself = (base: Form, mine: Form, theirs: Form): boolean =>
  differences(base, mine, theirs).every(({ fate }) => fate !== 'both');
