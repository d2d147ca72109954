import { styleOf } from './style-text.ts';
import { gatherWordLists } from './word-lists.ts';

/** Elements that say something the record can say too; all others give way to what is in them. */
const kept: Record<string, string> = {
  P: 'p',
  DIV: 'p',
  SECTION: 'p',
  ARTICLE: 'p',
  ADDRESS: 'p',
  DT: 'p',
  DD: 'p',
  FIGCAPTION: 'p',
  H1: 'h3',
  H2: 'h3',
  H3: 'h3',
  H4: 'h4',
  H5: 'h4',
  H6: 'h4',
  UL: 'ul',
  OL: 'ol',
  LI: 'li',
  BLOCKQUOTE: 'blockquote',
  PRE: 'pre',
  HR: 'hr',
  BR: 'br',
  STRONG: 'strong',
  B: 'strong',
  EM: 'em',
  I: 'em',
  CITE: 'em',
  U: 'u',
  INS: 'u',
  S: 's',
  STRIKE: 's',
  DEL: 's',
  CODE: 'code',
  A: 'a',
};
const blocks = new Set(['p', 'h3', 'h4', 'ul', 'ol', 'li', 'blockquote', 'pre', 'hr']);
const dropped = new Set([
  'SCRIPT',
  'STYLE',
  'META',
  'LINK',
  'TITLE',
  'XML',
  'NOSCRIPT',
  'TEMPLATE',
  'SVG',
  'MATH',
  'IFRAME',
  'OBJECT',
  'EMBED',
  'VIDEO',
  'AUDIO',
  'IMG',
  'PICTURE',
  'CANVAS',
  'BUTTON',
  'INPUT',
  'SELECT',
  'TEXTAREA',
  'FORM',
  'NAV',
]);

/**
 * What came from Word, Google Docs or a web page, reduced to what a body may have. Styles become what they mean (bold,
 * italics), Word’s paragraphs with a literal bullet become lists, and nothing that a page merely looks like stays.
 */
export function cleanPaste(html: string): string {
  const { body } = new DOMParser().parseFromString(withoutEffect(html), 'text/html');
  gatherWordLists(body);
  const made = document.implementation.createHTMLDocument('');
  copyInto(made.body, body, made);
  tidy(made.body);
  return made.body.innerHTML;
}

/**
 * The page’s policy holds for what is parsed as well: it would take styles for an attempt to apply them, hide them and complain.
 * So they are put where they are only read.
 */
const withoutEffect = (html: string): string =>
  html
    .replace(/<style\b[\s\S]*?<\/style>/gi, '')
    .replace(/<[a-z][^>]*>/gi, (tag) =>
      tag.replace(/\sstyle\s*=/gi, ' data-style=').replace(/\son\w+\s*=/gi, ' data-was='),
    );

function copyInto(target: Element, source: Node, made: Document): void {
  for (const node of source.childNodes) {
    if (node.nodeType === Node.TEXT_NODE)
      target.append(made.createTextNode((node.textContent ?? '').replace(/\s+/g, ' ')));
    else if (node instanceof HTMLElement) copyElement(target, node, made);
  }
}

function copyElement(target: Element, source: HTMLElement, made: Document): void {
  if (dropped.has(source.tagName)) return;
  if (source.tagName === 'TR') {
    copyRow(target, source, made);
    return;
  }
  const inside = copyOf(target, source, made);
  copyInto(
    marksOf(source).reduce((outer, mark) => append(outer, mark, made), inside),
    source,
    made,
  );
}

/** The element that stands for this one, or what it stood in. */
function copyOf(target: Element, source: HTMLElement, made: Document): Element {
  const name = isPlainWrapper(source) ? undefined : kept[source.tagName];
  if (name === undefined) return target;
  // A block inside a paragraph (div in div, p in li of Google’s) is no paragraph of its own.
  if (name === 'p' && source.querySelector('p, div, ul, ol, h1, h2, h3, h4, h5, h6, blockquote, table, pre'))
    return target;
  const element = append(target, name, made);
  const href = source.getAttribute('href') ?? '';
  if (name === 'a' && /^(https?:|mailto:)/i.test(href)) element.setAttribute('href', realAddress(href));
  return element;
}

/** Google Docs puts all of it into one `<b style="font-weight:normal">`. */
const isPlainWrapper = (element: HTMLElement): boolean =>
  /^(B|STRONG|I|EM)$/.test(element.tagName) &&
  (/^(normal|400)$/.test(styleOf(element, 'font-weight')) || styleOf(element, 'font-style') === 'normal');

/** What the style of an element says in the way that a body can say it. */
function marksOf(element: HTMLElement): string[] {
  if (!/^(SPAN|FONT|P)$/.test(element.tagName)) return [];
  const weight = styleOf(element, 'font-weight');
  return [
    ...(weight === 'bold' || Number(weight) >= 600 ? ['strong'] : []),
    ...(styleOf(element, 'font-style') === 'italic' ? ['em'] : []),
    ...(/line-through/.test(styleOf(element, 'text-decoration')) ? ['s'] : []),
  ];
}

/** A body of an update has no tables from elsewhere: a row becomes a line. */
function copyRow(target: Element, source: HTMLElement, made: Document): void {
  const cells = [...source.children].map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim());
  const text = cells.filter((cell) => cell !== '').join(' · ');
  if (text !== '') append(target, 'p', made).textContent = text;
}

/** Google Docs sends every link through an address of its own. */
function realAddress(href: string): string {
  const url = new URL(href);
  const through =
    /(^|\.)google\.[a-z.]+$/.test(url.hostname) && url.pathname === '/url' ? url.searchParams.get('q') : null;
  return through && /^https?:/i.test(through) ? through : href;
}

function append(target: Element, name: string, made: Document): Element {
  return target.appendChild(made.createElement(name));
}

/** Empty paragraphs and marks, spaces at the edges of blocks, and text that stands in no block. */
function tidy(body: Element): void {
  for (const element of [...body.querySelectorAll('*')].reverse()) {
    const name = element.localName;
    if (name === 'a' && !element.hasAttribute('href')) element.replaceWith(...element.childNodes);
    else if (
      name !== 'br' &&
      name !== 'hr' &&
      (element.textContent ?? '').trim() === '' &&
      !element.querySelector('hr')
    ) {
      if (blocks.has(name)) element.remove();
      else element.replaceWith(...element.childNodes);
    }
  }
  for (const block of body.querySelectorAll('p, h3, h4, li, blockquote')) trimEdges(block);
  wrapLoose(body);
}

function trimEdges(block: Element): void {
  for (const edge of ['firstChild', 'lastChild'] as const) {
    while (block[edge] instanceof HTMLBRElement) block[edge].remove();
  }
  const { firstChild, lastChild } = block;
  if (firstChild?.nodeType === Node.TEXT_NODE) firstChild.textContent = (firstChild.textContent ?? '').trimStart();
  if (lastChild?.nodeType === Node.TEXT_NODE) lastChild.textContent = (lastChild.textContent ?? '').trimEnd();
}

function wrapLoose(body: Element): void {
  let paragraph: Element | null = null;
  const hasBlocks = [...body.children].some(({ localName }) => blocks.has(localName));
  if (!hasBlocks) return;
  for (const node of [...body.childNodes]) {
    const isBlock = node instanceof Element && blocks.has(node.localName);
    if (isBlock) paragraph = null;
    else if ((node.textContent ?? '').trim() === '') node.remove();
    else {
      if (!paragraph) {
        paragraph = body.ownerDocument.createElement('p');
        node.before(paragraph);
      }
      paragraph.append(node);
    }
  }
}
