/** The style of a parsed element as its author wrote it, kept where no policy looks (paste-cleaner.ts). */
export const styleText = (element: HTMLElement): string => element.dataset['style'] ?? '';

/** The value of one property of it; empty where there is none. */
export function styleOf(element: HTMLElement, property: string): string {
  const found = styleText(element)
    .split(';')
    .map((declaration) => declaration.split(':'))
    .find(([name]) => name?.trim().toLowerCase() === property);
  return found?.slice(1).join(':').trim().toLowerCase() ?? '';
}
