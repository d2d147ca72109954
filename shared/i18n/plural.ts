type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/**
 * `count(n, { one: '# update', other: '# updates' })` for one language: the plural form that its grammar asks for, with
 * the number written for `#`. The Intl objects are made at first use: making them is slow, and most are never used.
 */
export function counting(language: string): (n: number, forms: Forms) => string {
  let rules: Intl.PluralRules | undefined;
  let numbers: Intl.NumberFormat | undefined;
  return (n, forms) => {
    rules ??= new Intl.PluralRules(language);
    numbers ??= new Intl.NumberFormat(language);
    return (forms[rules.select(n)] ?? forms.other).replace('#', numbers.format(n));
  };
}
