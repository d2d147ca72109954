import type { Field, Form } from '../composer/form.ts';

/** A field as text, to be compared by a person. */
export function fieldText(form: Form, field: Field): string {
  switch (field) {
    case 'body':
      return bodyText(form.body);
    case 'when':
      return form.when.kind === 'now' ? 'now' : [form.when.date, form.when.time, form.when.precision].join(' ').trim();
    case 'sources':
      return form.sources.map(({ name, url }) => [name, url].filter((part) => part !== '').join(' ')).join('\n');
    case 'place':
      return [form.place.name, form.place.latitude, form.place.longitude].filter((part) => part !== '').join(', ');
    case 'images':
      return form.images
        .map(({ alt, caption, credit }) => [alt, caption, credit].filter(Boolean).join(' · '))
        .join('\n');
    case 'tags':
      return form.tags.join(', ');
    case 'key':
    case 'pinned':
      return form[field] ? 'yes' : 'no';
    default:
      return form[field];
  }
}

/** A body with its paragraphs and items on lines of their own; links show where they lead. */
export function bodyText(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const link of body.querySelectorAll('a[href]')) link.append(` (${link.getAttribute('href')})`);
  for (const item of body.querySelectorAll('li')) item.prepend('• ');
  for (const block of body.querySelectorAll('p, li, h3, h4, blockquote, br, tr, pre')) block.append('\n');
  return (body.textContent ?? '')
    .replace(/[ \t]+/g, ' ')
    .replace(/\n\s*\n+/g, '\n')
    .trim();
}
