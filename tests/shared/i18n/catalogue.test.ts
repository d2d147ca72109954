import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { languages, messagesFor } from '../../../shared/i18n/catalogue.ts';
import { directionOf } from '../../../shared/i18n/direction.ts';
import { dayLabel, summaryTitle } from '../../../shared/i18n/ordinal.ts';

const root = new URL('../../../', import.meta.url);
const sourceOf = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const counts = [0, 1, 2, 3, 5, 11, 21, 101, 124, 1003];
/** What the messages with a text for an argument get. */
const given = ['18:20', '8 Feb 2024, 09:10', '۱۸:۲۰', 'Nour Haddad', 'la guerre', 'el conflicto'];
const zone = { city: 'Gaza', name: 'час: Газа', offset: 'GMT+2' };
const byCount =
  /^(day|dayOf|summaryTitle|todayIs|updates|updatesCount|keyDevelopments|sources|newUpdates|newDay|version|backToDay|search\.found|takingPart\.tooMany|announce\..*|missed\.(updates|key|corrections))$/;

/** All texts of a catalogue: path → everything that the message can say, as far as we try it. */
function textsOf(value: unknown, path = ''): [string, string[]][] {
  if (typeof value === 'string') return [[path, [value]]];
  if (typeof value === 'function') return [[path, tryAll(value as (...args: unknown[]) => string, path)]];
  return Object.entries(value as object).flatMap(([key, inner]) => textsOf(inner, path ? `${path}.${key}` : key));
}

function tryAll(message: (...args: unknown[]) => string, path: string): string[] {
  if (path === 'allTimes') return [message(zone)];
  if (path === 'endedOn') return counts.map((n) => message('19 January 2025', n));
  return byCount.test(path) ? counts.map((n) => message(n, 'the war')) : given.map((text) => message(text));
}

describe.each(languages)('the catalogue of %s', (language) => {
  const texts = textsOf(messagesFor(language));

  test('LANG1 it has the same messages as the English one', () => {
    expect(texts.map(([path]) => path).sort()).toEqual(
      textsOf(messagesFor('en'))
        .map(([path]) => path)
        .sort(),
    );
  });

  test('LANG1 no text is empty, and none lets the machinery show through', () => {
    for (const [path, said] of texts) {
      for (const text of said) {
        expect({ path, text }).toEqual({ path, text: expect.stringMatching(/^\S(.*\S)?$/) });
        expect({ path, text }).toEqual({
          path,
          text: expect.not.stringMatching(/[#{}<>]|undefined|null|NaN|\[object| {2}/),
        });
      }
    }
  });

  test('LANG1 what it says is its own: few texts equal the English ones', () => {
    const english = new Map(textsOf(messagesFor('en')).map(([path, said]) => [path, said[0]]));
    const same = texts.filter(([path, said]) => said[0] === english.get(path)).map(([path]) => path);
    expect(same.length).toBeLessThan(language === 'en' ? Number.POSITIVE_INFINITY : 12);
  });

  test('LANG2 it stands alone, small enough to be sent to a browser', () => {
    const source = sourceOf(`shared/i18n/${language}.ts`);
    const imports = [...source.matchAll(/from '([^']+)'/g)].map(([, path]) => path);
    expect(imports.sort()).toEqual(['./messages.ts', './plural.ts']);
    expect(gzipSync(source).length).toBeLessThan(5_000);
  });
});

describe('the choice of a catalogue', () => {
  test('LANG1 every file of a language is listed', () => {
    const files = readdirSync(new URL('shared/i18n/', root)).filter((name) => /^[a-z]{2,3}\.ts$/.test(name));
    expect(files.map((name) => name.slice(0, -3)).sort()).toEqual([...languages].sort());
  });

  test('LANG3 a tag falls back by its prefix, then to English', () => {
    const found = ['ar-PS', 'he-IL', 'iw', 'uk-UA', 'de-AT', 'pt-BR', 'zh-Hant-TW', 'en-US', 'FR'].map(
      (tag) => messagesFor(tag).tag,
    );
    expect(found).toEqual(['ar', 'he', 'he', 'uk', 'de', 'en', 'en', 'en', 'fr']);
  });

  test('LANG4 the direction is that of the language’s writing, with or without a catalogue', () => {
    for (const tag of [
      'ar',
      'ar-PS',
      'he',
      'fa',
      'ur',
      'ps',
      'ckb',
      'yi',
      'sd',
      'ug',
      'dv',
      'syr',
      'az-Arab',
      'pa-PK',
    ]) {
      expect([tag, directionOf(tag)]).toEqual([tag, 'rtl']);
    }
    for (const tag of ['en', 'uk', 'tr', 'az', 'pa', 'ku', 'am', 'zh', 'ar-Latn'])
      expect([tag, directionOf(tag)]).toEqual([tag, 'ltr']);
  });
});

describe('the labels of days', () => {
  const table: [string, number, string][] = [
    ['en', 1, '1st day'],
    ['en', 2, '2nd day'],
    ['en', 3, '3rd day'],
    ['en', 4, '4th day'],
    ['en', 11, '11th day'],
    ['en', 12, '12th day'],
    ['en', 13, '13th day'],
    ['en', 21, '21st day'],
    ['en', 112, '112th day'],
    ['en', 124, '124th day'],
    ['en', 1003, '1003rd day'],
    ['en', 1111, '1111th day'],
    ['ar', 124, 'اليوم الـ124'],
    ['ar-PS', 124, 'اليوم الـ124'],
    ['he', 124, 'היום ה־124'],
    ['fa', 124, 'روز ۱۲۴'],
    ['fa', 1003, 'روز ۱۰۰۳'],
    ['uk', 124, '124-й день'],
    ['uk', 3, '3-й день'],
    ['ru', 124, '124-й день'],
    ['fr', 1, '1er jour'],
    ['fr', 124, '124e jour'],
    ['es', 124, 'Día 124'],
    ['de', 1003, '1003. Tag'],
    ['tr', 124, '124. gün'],
    ['it', 124, '124th day'],
  ];
  test.each(table)('LANG5 in %s day %i is “%s”', (language, day, label) => {
    expect(dayLabel(day, language)).toBe(label);
  });

  const titles: [string, string, string][] = [
    ['en', 'the war on the Gaza Strip', 'Most important developments of the 124th day of the war on the Gaza Strip'],
    ['ar', 'الحرب على قطاع غزة', 'أبرز تطورات اليوم الـ124 من الحرب على قطاع غزة'],
    ['he', 'המלחמה ברצועת עזה', 'ההתפתחויות החשובות ביותר ביום ה־124 של המלחמה ברצועת עזה'],
    ['fa', 'جنگ در نوار غزه', 'مهم‌ترین تحولات روز ۱۲۴ جنگ در نوار غزه'],
    ['uk', 'війни в секторі Гази', 'Найважливіші події 124-го дня війни в секторі Гази'],
    ['ru', 'войны в секторе Газа', 'Главные события 124-го дня войны в секторе Газа'],
    [
      'fr',
      'la guerre dans la bande de Gaza',
      'Les principaux événements du 124e jour de la guerre dans la bande de Gaza',
    ],
    ['fr', 'le conflit', 'Les principaux événements du 124e jour du conflit'],
    ['fr', 'les combats', 'Les principaux événements du 124e jour des combats'],
    [
      'es',
      'la guerra en la Franja de Gaza',
      'Los hechos más importantes del día 124 de la guerra en la Franja de Gaza',
    ],
    ['es', 'el conflicto', 'Los hechos más importantes del día 124 del conflicto'],
    ['de', 'des Krieges im Gazastreifen', 'Die wichtigsten Entwicklungen am 124. Tag des Krieges im Gazastreifen'],
    ['tr', 'Gazze Şeridi’ndeki savaşın', 'Gazze Şeridi’ndeki savaşın 124. gününde öne çıkan gelişmeler'],
  ];
  test.each(titles)('LANG6 in %s “%s” completes the title of a summary', (language, subject, title) => {
    expect(summaryTitle(124, subject, language)).toBe(title);
  });
});

describe('plural forms', () => {
  test('LANG7 they are those of each language', () => {
    const said = (language: string, counts: number[]) => counts.map((n) => messagesFor(language).newUpdates(n));
    expect(said('en', [1, 2, 1003])).toEqual(['1 new update', '2 new updates', '1,003 new updates']);
    expect(said('ar', [1, 2, 3, 11, 100])).toEqual([
      'تحديث جديد',
      'تحديثان جديدان',
      '3 تحديثات جديدة',
      '11 تحديثًا جديدًا',
      '100 تحديث جديد',
    ]);
    expect(said('he', [1, 2, 3])).toEqual(['עדכון חדש', 'שני עדכונים חדשים', '3 עדכונים חדשים']);
    expect(said('fa', [3])).toEqual(['۳ خبر تازه']);
    expect(said('ru', [1, 2, 5, 11, 21, 22, 124])).toEqual([
      '1 новое сообщение',
      '2 новых сообщения',
      '5 новых сообщений',
      '11 новых сообщений',
      '21 новое сообщение',
      '22 новых сообщения',
      '124 новых сообщения',
    ]);
    expect(said('uk', [1, 3, 12, 121])).toEqual([
      '1 нове повідомлення',
      '3 нові повідомлення',
      '12 нових повідомлень',
      '121 нове повідомлення',
    ]);
    expect(said('fr', [1, 2])).toEqual(['1 nouvelle information', '2 nouvelles informations']);
    expect(said('tr', [2])).toEqual(['2 yeni haber']);
  });
});
