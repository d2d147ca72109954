import { type Html, html } from '../../shared/view/html.ts';

/** As much of JSON Schema as our own schemas use. */
interface Schema {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  description?: string;
  format?: string;
  example?: unknown;
  default?: unknown;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
}

/** A named object, a line for each of its fields. */
export function schemaSection(name: string, schema: Schema): Html {
  const forms = schema.anyOf ?? schema.oneOf ?? [schema];
  return html`
    <article id="schema-${name}" aria-labelledby="schema-${name}-title">
      <h3 id="schema-${name}-title">${name}</h3>
      <div class="body">
        ${schema.description && html`<p>${schema.description}</p>`}
        ${forms.map((form, i) => html`${i > 0 && html`<p>or</p>`}${fields(form)}`)}
      </div>
    </article>`;
}

function fields(schema: Schema): Html {
  if (!schema.properties) return html`<p>${schemaText(schema)}</p>`;
  const required = new Set(schema.required);
  return html`<ul>${Object.entries(schema.properties).map(
    ([name, field]) =>
      html`<li><code>${name}</code>${!required.has(name) && ' (optional)'}: ${schemaText(field)}${field.description && html`. ${field.description}`}</li>`,
  )}</ul>`;
}

/** A schema in a few words: “text, up to 300 characters”, “list of Update”. */
export function schemaText(schema: Schema): Html {
  const forms = schema.anyOf ?? schema.oneOf;
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  if (forms) return html`${forms.map((form, i) => html`${i > 0 && ' or '}${schemaText(form)}`)}`;
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.enum) return html`${schema.enum.map((one, i) => html`${i > 0 && ', '}<code>${String(one)}</code>`)}`;
  if (schema.type === 'array')
    return html`list of ${schema.items ? schemaText(schema.items) : 'anything'}${schema.maxItems !== undefined && `, up to ${schema.maxItems}`}`;
  if (schema.properties) {
    return html`{ ${Object.entries(schema.properties).map(([name, field], i) => html`${i > 0 && ', '}<code>${name}</code>: ${schemaText(field)}`)} }`;
  }
  return html`${words[schema.format ?? ''] ?? words[schema.type ?? ''] ?? 'anything'}${range(schema)}${schema.example !== undefined && html`, like <code>${String(schema.example)}</code>`}`;
}

const words: Record<string, string> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  null: 'null',
  object: 'object',
  date: 'date (YYYY-MM-DD)',
  'date-time': 'instant (RFC 3339, with an offset)',
  uri: 'address',
};

function range({ maxLength, minimum, maximum }: Schema): string {
  if (maxLength !== undefined) return `, up to ${maxLength} characters`;
  const isBounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  if (minimum !== undefined && isBounded) return `, ${minimum} to ${maximum}`;
  return '';
}
