import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { escapeHtml } from '../../shared/view/html.ts';

export type BodyFormat = 'html' | 'markdown' | 'text';

/** Raw HTML inside Markdown is shown as text, not passed on. */
const markdown = new MarkdownIt({ html: false, linkify: false });

const blocks = [
  'p',
  'br',
  'ul',
  'ol',
  'li',
  'blockquote',
  'h3',
  'h4',
  'hr',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'pre',
];
const inline = ['strong', 'em', 'u', 's', 'a', 'sub', 'sup', 'code', 'abbr', 'span', 'bdi'];

/**
 * No images, frames or media: a reader’s page asks no third party for anything. No `id`, `class` or `style`: the page is
 * ours. `lang` and `dir` stay, as texts mix languages.
 */
const rules: sanitizeHtml.IOptions = {
  allowedTags: [...blocks, ...inline],
  allowedAttributes: {
    '*': ['lang', { name: 'dir', values: ['ltr', 'rtl', 'auto'] }],
    a: ['href'],
    abbr: ['title'],
    th: ['scope'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  transformTags: {
    b: 'strong',
    i: 'em',
    h1: 'h3',
    h2: 'h3',
    h5: 'h4',
    h6: 'h4',
    strike: 's',
    del: 's',
    div: 'p',
    cite: 'em',
  },
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'iframe',
    'object',
    'svg',
    'math',
    'template',
    'title',
  ],
  exclusiveFilter: (frame) =>
    ['p', 'span', 'strong', 'em'].includes(frame.tag) && frame.text.trim() === '' && !frame.mediaChildren.length,
  nestingLimit: 30,
};

/** Makes the HTML that is kept and shown from what staff wrote; whatever could run in a reader’s browser is gone. */
export function bodyHtml(body: string, format: BodyFormat): string {
  const source = format === 'markdown' ? markdown.render(body) : format === 'text' ? paragraphs(body) : body;
  return sanitizeHtml(source, rules).trim();
}

const paragraphs = (text: string): string =>
  text
    .split(/\r?\n(?:[ \t]*\r?\n)+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => `<p>${escapeHtml(part).replace(/\r?\n/g, '<br>')}</p>`)
    .join('');
