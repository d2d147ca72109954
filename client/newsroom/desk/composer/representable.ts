const known = new Set('P,BR,UL,OL,LI,BLOCKQUOTE,H3,H4,HR,PRE,STRONG,EM,U,S,A,CODE'.split(','));

/**
 * Whether the editor can hold a body without losing any of it. What was imported may have tables or passages marked as another
 * language; such a body is edited as HTML.
 */
export function isRepresentable(html: string): boolean {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return [...body.querySelectorAll('*')].every(
    (element) =>
      known.has(element.tagName) &&
      [...element.attributes].every(({ name }) => element.tagName === 'A' && name === 'href'),
  );
}
