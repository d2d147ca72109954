import type { Html } from '../../shared/view/html.ts';

/**
 * Puts new content in place of what is shown, leaving alone what is the same: an article keeps its element, and with it the
 * reader’s selection and focus, while its HTML does.
 */
export function replaceContent(shown: Element, { text }: Html): void {
  const template = document.createElement('template');
  template.innerHTML = text;
  const next = template.content.firstElementChild;
  if (!next) return;
  const known = new Map([...shown.children].map((child) => [child.id, child]));
  const wanted = [...next.children].map((child) => {
    const before = child.id === '' ? undefined : known.get(child.id);
    if (!before || !isSame(before, child)) return child;
    return before;
  });
  const kept = new Set(wanted);
  for (const child of [...shown.children]) if (!kept.has(child)) child.remove();
  let at = shown.firstElementChild;
  for (const child of wanted) {
    if (child === at) at = at.nextElementSibling;
    else shown.insertBefore(child, at);
  }
}

/** But for what the embed itself has set on it. */
function isSame(shown: Element, wanted: Element): boolean {
  if (shown.innerHTML !== wanted.innerHTML) return false;
  return shown.className === wanted.className;
}
