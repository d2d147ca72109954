import { describe, expect, test } from '@jest/globals';
import { isSpam, type Suspected, suspicionsOf } from '../../../server/domain/reply-suspicion.ts';

const sent = (text: string, more: Partial<Suspected> = {}): Suspected => ({
  name: 'A reader',
  text,
  hidden: null,
  elapsedMs: null,
  ...more,
});

/** What readers write, and what else comes in: the text, what it is suspected of, and whether it is put with the spam unseen. */
const table: [what: string, suspected: Suspected, suspicions: string[], spam: boolean][] = [
  ['thanks', sent('Thank you for this record. My family is in Rafah.'), [], false],
  ['anger', sent('This is an OUTRAGE. Shame on the UN!!!'), [], false],
  ['a source', sent('See https://www.ochaopt.org/content/report and the annex.'), [], false],
  ['a longer list of sources', sent('https://a.org/1 https://b.org/2 https://c.org/3'), ['links'], false],
  ['Arabic', sent('شكرا على هذا السجل اليومي، نرجو تصحيح اسم المستشفى.'), [], false],
  ['Hebrew', sent('תודה רבה, יש טעות בתאריך.'), [], false],
  ['an address in a sentence', sent('Write to press@example.org, please.'), [], false],
  ['a number with dots', sent('It was at 14.30 on 07.02.2024, see p. 3.'), [], false],
  ['code and brackets', sent('Read [the report](a) — “if x < y then”.'), [], false],
  ['laughter and dots', sent('Hahahaha ...................... no'), [], false],
  ['shouting', sent('WHY DOES NOBODY SAY WHO FIRED THE ROCKET AT THE HOSPITAL'), ['shouting'], false],
  ['a stuck key', sent('aaaaaaaaaaaaaaaaaaaa'), ['repetition'], false],
  ['the same again and again', sent('free free free free free free free'), ['repetition'], false],
  ['a casino', sent('Best online casino bonuses here'), ['selling'], false],
  ['a casino with links', sent('casino https://a.top https://b.top https://c.top'), ['links', 'selling'], true],
  ['Russian gambling with links', sent('Лучшее казино: kazino1.ru kazino2.ru kazino3.ru'), ['links', 'selling'], true],
  ['pills in markup', sent('<a href="http://x.example">viagra</a>'), ['markup', 'selling'], false],
  ['forum code', sent('[url=http://spam.example]click[/url]'), ['markup'], false],
  ['Markdown links', sent('[click](https://spam.example)'), ['markup'], false],
  ['a crowd of links', sent(Array.from({ length: 6 }, (_, i) => `http://s.example/${i}`).join(' ')), ['links'], true],
  ['a name that is an address', sent('Nice post', { name: 'www.cheap-watches.example' }), ['links'], false],
  ['a messenger', sent('Earn $500 a day, telegram @fastmoney'), ['selling'], false],
  ['the hidden field', sent('Nice post', { hidden: 'http://spam.example' }), ['hidden-field'], true],
  ['the hidden field left empty', sent('Nice post', { hidden: '' }), [], false],
  ['a form filled in a second', sent('Nice post', { elapsedMs: 900 }), ['too-fast'], false],
  ['a form filled in a minute', sent('Nice post', { elapsedMs: 60_000 }), [], false],
];

describe('the table of spam', () => {
  test.each(table)('RPL11 %s', (_, suspected, suspicions, spam) => {
    const found = suspicionsOf(suspected);
    expect(found).toEqual(suspicions);
    expect(isSpam(suspected, found)).toBe(spam);
  });

  test('RPL8, RPL11 whoever is banned is spam', () => {
    expect(isSpam(sent('Hello'), ['banned'])).toBe(true);
  });

  test('RPL11 a text made to be slow to judge is not', () => {
    const texts = [
      'a'.repeat(3_000),
      'ab '.repeat(1_000),
      `${'['.repeat(1_500)}](http:`,
      'www.'.repeat(750),
      'a-'.repeat(1_500),
    ];
    expect(texts.map((text) => suspicionsOf(sent(text)))).toHaveLength(texts.length);
  });
});
