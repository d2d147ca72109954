import type { Timeline } from '../timeline.ts';
import { type Html, html } from './html.ts';

export interface FormField {
  /** Of the element on its page; its name in the form is `name`. */
  id: string;
  name: string;
  label: string;
  value: string;
  kind: 'text' | 'email' | 'search' | 'date' | 'lines';
  most?: number;
  required?: boolean;
  autocomplete?: string;
  hint?: string;
  /** What is wrong with what was sent. */
  fault?: string | undefined;
}

/** For a form that asks: the language that the reader chose goes with it. */
export const languageField = (language: string, timeline: Pick<Timeline, 'language'>): Html | null =>
  language === timeline.language ? null : html`<input type="hidden" name="lang" value="${language}">`;

/** A labelled field; what is required says so, and a fault and a hint are tied to it for who can’t see them beside it. */
export function formField(field: FormField): Html {
  const { id, name, label, value, kind, most, required, autocomplete, hint, fault } = field;
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ');
  const attributes = html`id="${id}" name="${name}"${most && html` maxlength="${most}"`}${required && html` required`}${autocomplete && html` autocomplete="${autocomplete}"`}${described && html` aria-describedby="${described}"`}${fault && html` aria-invalid="true"`}`;
  return html`
    <div class="field">
      <label for="${id}">${label}${required && html` <span aria-hidden="true">*</span>`}</label>
      ${kind === 'lines' ? html`<textarea ${attributes} rows="5" dir="auto">${value}</textarea>` : html`<input ${attributes} type="${kind}" value="${value}"${kind !== 'date' && html` dir="auto"`}>`}
      ${hint && html`<p class="fine" id="${id}-hint">${hint}</p>`}
      ${fault && html`<p class="fault" id="${id}-fault">${fault}</p>`}
    </div>`;
}
