import { readFileSync } from 'node:fs';
import { contrast, type Scheme } from '../../../shared/colour.ts';

const read = (file: string): string => readFileSync(`client/${file}`, 'utf8');

/** The custom properties of a style sheet’s `:root`, by day and by night. */
function tokensOf(css: string): Record<Scheme, Record<string, string>> {
  const [plain = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
  const of = (text: string) =>
    Object.fromEntries([...text.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
  return { light: of(plain), dark: { ...of(plain), ...of(dark) } };
}

const palette = tokensOf(read('style/palette.css'));
const newsroom = tokensOf(read('newsroom/style/tokens.css'));
const tokens: Record<Scheme, Record<string, string>> = {
  light: { ...palette.light, ...newsroom.light },
  dark: { ...palette.dark, ...newsroom.dark },
};

/** What a colour as it is written in a style comes to, as `#rrggbb`. */
function resolved(colour: string, scheme: Scheme): string {
  const text = colour.trim();
  if (/^#[0-9a-f]{6}$/i.test(text)) return text;
  if (/^#[0-9a-f]{3}$/i.test(text)) return `#${[...text.slice(1)].map((digit) => digit + digit).join('')}`;
  const name = /^var\((--[\w-]+)\)$/.exec(text)?.[1];
  if (name !== undefined) return resolved(tokens[scheme][name] ?? '', scheme);
  const [, one = '', share = '', other = ''] = /^color-mix\(in srgb, (\S+) (\d+)%, (\S+)\)$/.exec(text) ?? [];
  if (one === '') throw new Error(`not a colour that this test can read: “${colour}”`);
  const [a, b] = [resolved(one, scheme), resolved(other, scheme)].map((hex) =>
    [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)),
  );
  const mixed = a?.map((part, at) =>
    Math.round((part * Number(share)) / 100 + (b?.[at] ?? 0) * (1 - Number(share) / 100)),
  );
  return `#${mixed?.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** The background that a rule of a style sheet sets. */
export function backgroundOf(file: string, selector: string): string {
  const rule = new RegExp(
    `(?:^|\\})\\s*${selector.replace(/[.*+?^$()|[\]\\]/g, '\\$&')} \\{[^}]*?background: ([^;]+);`,
    'm',
  );
  const found = rule.exec(read(file))?.[1];
  if (found === undefined) throw new Error(`${file} sets no background for ${selector}`);
  return found;
}

export const contrastIn = (scheme: Scheme, colour: string, ground: string): number =>
  contrast(resolved(colour, scheme), resolved(ground, scheme));
