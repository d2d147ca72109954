import type { ComponentChildren, Ref } from 'preact';
import { useId } from 'preact/hooks';
import { faultAt, type Refusal } from '../api.ts';

/** What a control inside a field takes, so that label, hint and fault are read out with it. */
export interface ControlIds {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean;
}

interface FieldProps {
  label: string;
  hint?: ComponentChildren;
  /** What is wrong with it, in words. */
  fault?: string | null;
  /** Else shown as “optional”. */
  optional?: boolean;
  children: (ids: ControlIds) => ComponentChildren;
}

/** A label, a control, what to know about it, and what is wrong with it. */
export function Field({ label, hint, fault = null, optional = false, children }: FieldProps) {
  const id = useId();
  const [hintId, faultId] = [`${id}-hint`, `${id}-fault`];
  const described = [hint !== undefined && hintId, fault !== null && faultId].filter(Boolean).join(' ');
  return (
    <div class={fault === null ? 'field' : 'field faulty'}>
      <label for={id}>
        {label}
        {optional && <span class="optional"> (optional)</span>}
      </label>
      {children({ id, 'aria-describedby': described === '' ? undefined : described, 'aria-invalid': fault !== null })}
      {hint !== undefined && (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
      {fault !== null && (
        <p class="fault" id={faultId}>
          {inWords(label, fault)}
        </p>
      )}
    </div>
  );
}

/** Faults of the interface say what a field “must be”: here its name stands before them. */
const inWords = (label: string, fault: string): string => (/^[a-z]/.test(fault) ? `${label} ${fault}` : fault);

interface Named {
  label: string;
  hint?: ComponentChildren;
  optional?: boolean;
  /** The refusal that the form got; of its faults those at `/name` are shown here. */
  problem?: Refusal | null;
  fault?: string | null;
  name: string;
  value: string;
  onValue: (value: string) => void;
}

const framed = ({ label, hint, optional = false, problem = null, fault, name }: Omit<Named, 'onValue'>) => ({
  label,
  ...(hint === undefined ? {} : { hint }),
  optional,
  fault: fault ?? faultAt(problem, `/${name}`),
});

/** What passes through to the control as it is. */
interface Passing<E> {
  autocomplete?: string;
  autocapitalize?: 'off' | 'sentences' | 'words';
  spellcheck?: boolean;
  autofocus?: boolean;
  required?: boolean;
  disabled?: boolean;
  readOnly?: boolean;
  maxLength?: number;
  placeholder?: string;
  lang?: string;
  dir?: 'auto' | 'ltr' | 'rtl';
  onBlur?: () => void;
  ref?: Ref<E>;
}

interface TextFieldProps extends Named, Passing<HTMLInputElement> {
  type?: 'text' | 'email' | 'password' | 'search' | 'url' | 'number' | 'date' | 'time' | 'datetime-local';
  inputMode?: 'text' | 'numeric' | 'decimal' | 'search' | 'url' | 'email';
  /** The id of a `datalist`. */
  list?: string;
}

export function TextField({ onValue, ...props }: TextFieldProps) {
  const { label: _, hint: _1, optional: _2, problem: _3, fault: _4, type = 'text', ...rest } = props;
  // Preact’s types split inputs by their type; of ours each fits one of them.
  const kind = type as 'text';
  return (
    <Field {...framed(props)}>
      {(ids) => <input {...rest} {...ids} type={kind} onInput={({ currentTarget }) => onValue(currentTarget.value)} />}
    </Field>
  );
}

interface TextAreaProps extends Named, Passing<HTMLTextAreaElement> {
  rows?: number;
}

export function TextArea({ onValue, ...props }: TextAreaProps) {
  const { label: _, hint: _1, optional: _2, problem: _3, fault: _4, rows = 4, ...rest } = props;
  return (
    <Field {...framed(props)}>
      {(ids) => (
        <textarea {...rest} {...ids} rows={rows} onInput={({ currentTarget }) => onValue(currentTarget.value)} />
      )}
    </Field>
  );
}

export interface Choice {
  value: string;
  label: string;
}

interface SelectFieldProps extends Named {
  choices: readonly Choice[];
  disabled?: boolean;
}

export function SelectField({ onValue, ...props }: SelectFieldProps) {
  const { name, value, choices, disabled = false } = props;
  return (
    <Field {...framed(props)}>
      {(ids) => (
        <select
          {...ids}
          name={name}
          disabled={disabled}
          value={value}
          onChange={({ currentTarget }) => onValue(currentTarget.value)}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface CheckProps {
  label: ComponentChildren;
  hint?: ComponentChildren;
  checked: boolean;
  disabled?: boolean;
  name?: string;
  onChecked: (checked: boolean) => void;
}

/** One thing that is so or not so. */
export function CheckField({ label, hint, checked, disabled = false, name, onChecked }: CheckProps) {
  const id = useId();
  return (
    <div class="field check">
      <input
        type="checkbox"
        id={id}
        name={name}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={({ currentTarget }) => onChecked(currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** A refusal of a whole form, as it is read out when it comes; faults of single fields stand at the fields. */
export function FormProblem({ problem }: { problem: Refusal | null }) {
  return (
    <div role="alert" class="form-problem">
      {problem && (
        <p>
          <strong>{problem.title}.</strong> {problem.errors ? 'Look at the fields that are marked.' : problem.detail}
        </p>
      )}
    </div>
  );
}
