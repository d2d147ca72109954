import { styleText } from './style-text.ts';

/**
 * Word puts the items of a list on the clipboard as paragraphs with a literal bullet or number in front; what makes them a
 * list stands in a style that no browser knows (`mso-list:l0 level1 lfo1`). Its web and Mac versions leave even that out.
 */
interface Item {
  paragraph: HTMLElement;
  level: number;
  isNumbered: boolean;
}

const bullet = /^\s*(?:[·•▪▫◦‣⁃∙●○■□§Øüo-])\s{2,}/;
const number = /^\s*(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s{2,}/i;

/** Turns runs of such paragraphs into lists, nested as their levels say. */
export function gatherWordLists(body: HTMLElement): void {
  const paragraphs = [...body.querySelectorAll('p')];
  let run: Item[] = [];
  for (const [index, paragraph] of paragraphs.entries()) {
    const item = itemOf(paragraph);
    if (run.length > 0 && (!item || !follows(paragraphs[index - 1], paragraph))) {
      build(run);
      run = [];
    }
    if (item) run.push(item);
  }
  if (run.length > 0) build(run);
}

function itemOf(paragraph: HTMLElement): Item | null {
  const style = styleText(paragraph);
  const level = Number(/mso-list:\s*l\d+\s+level(\d)/.exec(style)?.[1] ?? 0);
  const ignored = markers(paragraph);
  if (level > 0 || ignored.length > 0) {
    const marker = ignored.map(({ textContent }) => textContent).join('') || (paragraph.textContent ?? '');
    return { paragraph, level: Math.max(1, level), isNumbered: /^\s*\(?[0-9a-z]{1,5}[.)]/i.test(marker) };
  }
  if (paragraph.closest('li')) return null;
  const text = paragraph.textContent ?? '';
  const isNumbered = number.test(text);
  return isNumbered || bullet.test(text) ? { paragraph, level: 1, isNumbered } : null;
}

const markers = (paragraph: HTMLElement): HTMLElement[] =>
  [...paragraph.querySelectorAll<HTMLElement>('span')].filter((span) => /mso-list:\s*ignore/i.test(styleText(span)));

/** Whether nothing but space stands between two paragraphs. */
function follows(before: Element | undefined, paragraph: Element): boolean {
  return before !== undefined && paragraph.previousElementSibling === before;
}

function build(items: readonly Item[]): void {
  const [first] = items;
  if (!first) return;
  const document = first.paragraph.ownerDocument;
  const open: { level: number; isNumbered: boolean; list: HTMLElement }[] = [];
  const root = document.createElement('div');
  first.paragraph.before(root);
  for (const { paragraph, level, isNumbered } of items) {
    while ((open.at(-1)?.level ?? 0) > level) open.pop();
    const isOther = open.at(-1)?.level === level && open.at(-1)?.isNumbered !== isNumbered;
    if (isOther) open.pop();
    if ((open.at(-1)?.level ?? 0) < level) {
      const parent = open.at(-1)?.list.lastElementChild ?? root;
      const list = parent.appendChild(document.createElement(isNumbered ? 'ol' : 'ul'));
      open.push({ level, isNumbered, list });
    }
    const item = document.createElement('li');
    withoutMarker(paragraph);
    item.append(...paragraph.childNodes);
    open.at(-1)?.list.append(item);
    paragraph.remove();
  }
  root.replaceWith(...root.childNodes);
}

function withoutMarker(paragraph: HTMLElement): void {
  const marked = markers(paragraph);
  for (const span of marked) span.remove();
  if (marked.length > 0) return;
  const length =
    (bullet.exec(paragraph.textContent ?? '') ?? number.exec(paragraph.textContent ?? ''))?.[0].length ?? 0;
  dropCharacters(paragraph, length);
}

/** The marker may lie in several elements. */
function dropCharacters(paragraph: HTMLElement, count: number): void {
  const walker = paragraph.ownerDocument.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let left = count;
  for (let node = walker.nextNode(); node && left > 0; node = walker.nextNode()) {
    const text = node.textContent ?? '';
    node.textContent = text.slice(left);
    left -= Math.min(left, text.length);
  }
}
