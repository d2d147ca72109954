import type { Appearance } from '../settings.ts';

/** What a timeline’s own appearance makes of a page. */
export interface Masthead {
  siteName: string | null;
  logo: Appearance['logo'];
  /** CSS to stand behind that of all pages; null where the timeline has no colour of its own. */
  style: string | null;
}

/** The accent is checked where it is set: nothing but `#rrggbb` gets into the style. */
export function mastheadOf({ siteName, logo, accent }: Appearance): Masthead {
  const rule = (colour: string): string => `:root{--accent:${colour}}`;
  const style = accent && `${rule(accent.light)}@media(prefers-color-scheme:dark){${rule(accent.dark)}}`;
  return { siteName, logo, style };
}
