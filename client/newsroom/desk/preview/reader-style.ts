import base from '../../../reader/style/base.css?inline';
import updateStyle from '../../../reader/style/update.css?inline';
import palette from '../../../style/palette.css?inline';

/** What the reader’s pages look like, as text: it goes into places of its own, where the newsroom’s style has no say. */
export const readerStyle = `${base}\n${updateStyle}`;

/** The same for a document of its own, in one of the two lights, whatever this machine prefers. */
export function readerDocumentStyle(light: 'light' | 'dark'): string {
  const dark = /@media\s*\(prefers-color-scheme:\s*dark\)/g;
  const forced = palette.replace(dark, light === 'dark' ? '@media all' : '@media not all');
  return `${forced}\n:root{color-scheme:${light} only}\n${readerStyle}`;
}
