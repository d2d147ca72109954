import { describe, expect, test } from '@jest/globals';
import { wordsOf } from '../../../server/search/indexed.ts';
import { readQuestion } from '../../../server/search/question.ts';
import { fold } from '../../../shared/search/fold.ts';
import { formsInQuestion, formsInText, tokensOf } from '../../../shared/search/words.ts';
import { cutText } from '../../../shared/text.ts';
import { update } from '../../shared/view/sample.ts';

/** Whether a text is found by a question, as the index would find it. */
function isFound(text: string, question: string): boolean {
  const there = new Set(tokensOf(text, true).flatMap(({ word }) => formsInText(word)));
  const { words, beginnings } = readQuestion(question);
  return words.every(
    (forms, i) =>
      forms.some((form) => there.has(form)) ||
      (i === words.length - 1 && [...there].some((word) => beginnings.some((beginning) => word.startsWith(beginning)))),
  );
}

describe('folding', () => {
  test.each([
    ['CAFÉ', 'cafe'],
    ['Straße', 'strasse'],
    ['İstanbul', 'istanbul'],
    ['ılık', 'ilik'],
    ['Łódź', 'lodz'],
    ['Їжак', 'іжак'],
    ['ёлка', 'елка'],
    ['Ἀθῆναι', 'αθηναι'],
    ['ΣΟΦΟΣ', 'σοφοσ'],
    ['غَزَّة', 'غزه'],
    ['أحمد', 'احمد'],
    ['إسرائيل', 'اسراييل'],
    ['آخر', 'اخر'],
    ['مستشفى', 'مستشفي'],
    ['القـــاهرة', 'القاهره'],
    ['کابل', 'كابل'],
    ['١٢٤', '124'],
    ['۱۲۴', '124'],
    ['שָׁלוֹם', 'שלומ'],
    ['ﬁre', 'fire'],
    ['ＡＢＣ１', 'abc1'],
    ['한국', '한국'],
    ['が', 'が'],
    ['हिन्दी', 'हिन्दी'],
  ])('SRCH3 %s is compared as %s, however it is composed', (word, folded) => {
    expect(fold(word)).toBe(folded);
    expect(fold(word.normalize('NFD'))).toBe(folded);
    expect(fold(word.normalize('NFC'))).toBe(folded);
  });
});

describe('words of any script', () => {
  test.each([
    ['Strikes on Khan Younis', 'khan younis'],
    ['Strikes on Khan Younis', 'stri'],
    ['Gaza’s hospitals', 'gaza'],
    ['الحرب على غزة', 'غزة'],
    ['الحرب على غزة', 'حرب'],
    ['الحرب على غزة', 'الحرب'],
    ['وبالحرب', 'الحرب'],
    ['للحرب أثمان', 'حرب'],
    ['قصف بغزة', 'غزة'],
    ['وغزة', 'غزه'],
    ['لبنان', 'لبنان'],
    ['في لبنان', 'بلبنان'],
    ['ولبنان', 'لبنان'],
    ['إلى القاهرة', 'القاهره'],
    ['القاهرة', 'والقاهرة'],
    ['حَرْبٌ', 'حرب'],
    ['اليوم ١٢٤', '124'],
    ['הממשלה החליטה', 'ממשלה'],
    ['ובירושלים', 'ירושלים'],
    ['ירושלים', 'בירושלים'],
    ['בעזה', 'עזה'],
    ['מלחמה', 'המלחמה'],
    ['شهر کابل', 'كابل'],
    ['می‌شود', 'شود'],
    ['北京大学生运动', '北京大学'],
    ['北京大学生运动', '学'],
    ['東京で地震がありました', '地震'],
    ['서울에서 회담', '서울'],
    ['ประเทศไทยประกาศภาวะฉุกเฉิน', 'ฉุกเฉิน'],
    ['Україна: наступ', 'УКРАЇНА'],
    ['Наступление', 'наступление'],
    ['Türkiye', 'turkiye'],
  ])('SRCH3, SRCH4, SRCH5 “%s” is found by “%s”', (text, question) => {
    expect(isFound(text, question)).toBe(true);
    expect(isFound(text.normalize('NFD'), question.normalize('NFC'))).toBe(true);
  });

  test.each([
    ['Strikes on Khan Younis', 'gaza'],
    ['day 120', 'day 12'],
    ['Strikes', 'stri '],
    ['Strikes', 'st'],
    ['الحرب على غزة', 'سلام'],
    ['北京', '南京'],
  ])('SRCH3, SRCH5 “%s” is not found by “%s”', (text, question) => {
    expect(isFound(text, question)).toBe(false);
  });

  test('SRCH4 a single letter that may belong to the word is kept where little would be left of it', () => {
    expect(formsInQuestion('لبنان')).toEqual(['لبنان']);
    expect(formsInQuestion('والد')).toEqual(['والد']);
    expect(formsInText('ولد')).toEqual(['ولد']);
  });

  test('SRCH5 words between quotation marks stand together, and are whole', () => {
    expect(readQuestion('“khan younis” hosp')).toEqual({
      words: [['khan'], ['younis'], ['hosp']],
      beginnings: ['hosp'],
      phrases: [['khan', 'younis']],
    });
    expect(readQuestion('hospital "khan younis"')).toMatchObject({ beginnings: [], phrases: [['khan', 'younis']] });
    expect(readQuestion('"open quote')).toMatchObject({ beginnings: [], phrases: [['open', 'quote']] });
    expect(readQuestion('…!?')).toEqual({ words: [], beginnings: [], phrases: [] });
  });
});

describe('what the index takes of a word', () => {
  test.each([
    ['a', 'ab', 1],
    ['', 'ab', 0],
    ['a\u{10330}', 'a\u{10330}b', 3],
    ['a', 'a\u{10330}b', 2],
    ['\u{10330}', '\u{10330}\u{10330}', 3],
  ])('SRCH13 a long word ends with a whole character: %j of %j', (expected, word, most) => {
    expect(cutText(word, most)).toBe(expected);
  });

  test('SRCH13 a word of letters that are pairs in UTF-16 is well-formed in the index', () => {
    const headline = `x${'\u{10330}'.repeat(120)}`;
    const words = wordsOf({ ...update(), headline });
    expect(words.filter((word) => /[\ud800-\udbff]$/.test(word))).toEqual([]);
    expect(words.some((word) => word.startsWith('x\u{10330}'))).toBe(true);
  });
});
