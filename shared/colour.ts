/** The papers that a reader’s page is set on (client/style/palette.css): an accent has to be legible on each of them. */
export const papers = { light: ['#fffefb', '#f6f2ea'], dark: ['#141413', '#1e1d1a'] } as const;
export type Scheme = keyof typeof papers;

/** WCAG 2.2, 1.4.3: the least contrast of text. */
export const leastContrast = 4.5;

type Rgb = readonly [number, number, number];

/** How well one colour is told from another, from 1 to 21 (WCAG 2.2). Colours are `#rrggbb`. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(rgbOf(one)), luminance(rgbOf(other))].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

export const isLegible = (colour: string, scheme: Scheme): boolean =>
  papers[scheme].every((paper) => contrast(colour, paper) >= leastContrast);

/** The colour itself where it is legible, else the nearest mix of it with black (on light paper) or white that is. */
export function legible(colour: string, scheme: Scheme): string {
  const ink = scheme === 'light' ? 0 : 255;
  const rgb = rgbOf(colour);
  for (let share = 0; share < 1; share += 0.02) {
    const mixed = hexOf(rgb.map((part) => part + (ink - part) * share));
    if (isLegible(mixed, scheme)) return mixed;
  }
  return scheme === 'light' ? '#000000' : '#ffffff';
}

const rgbOf = (colour: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as unknown as Rgb;

const hexOf = (rgb: readonly number[]): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

function luminance(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
