// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;
const loneSurrogates = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Takes control characters and lone surrogates out of every text of an input. Neither can be shown, feeds must not carry
 * the first, and UTF-8 not the second: what is acknowledged would differ from what is kept.
 */
export function clean<T>(value: T): T {
  if (typeof value === 'string') return value.replace(controls, '').replace(loneSurrogates, '\ufffd') as T;
  if (Array.isArray(value)) return value.map(clean) as T;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, clean(item)])) as T;
  }
  return value;
}
