import type { LiveMessages, Messages } from './messages.ts';
import { counting } from './plural.ts';

const count = counting('uk');
/** “о 18:20”, before a vowel “об 11:20”; a date goes without a preposition. */
const at = (when: string): string => (/^\d\d:/.test(when) ? `${when.startsWith('11') ? 'об' : 'о'} ${when}` : when);

/** The subject stands in the genitive: «війни в секторі Гази». */
export const live: LiveMessages = {
  day: (n) => `${n}-й день`,
  summaryTitle: (n, subject) => `Найважливіші події ${n}-го дня ${subject}`,
  allDays: 'Усі дні',
  automatic: 'Складено автоматично з ключових подій дня.',
  summaryRevised: (when) => `Підсумок оновлено ${at(when)}`,
  outdated: 'Повідомлення, на яке спирається цей пункт, змінилося після написання підсумку.',
  seeUpdate: 'До повідомлення',

  keyDevelopment: 'Ключова подія',
  pinned: 'Закріплено',
  verification: { claim: 'Твердження', reported: 'Повідомляють', confirmed: 'Підтверджено', disputed: 'Спірно' },
  sources: (n) => (n === 1 ? 'Джерело' : 'Джерела'),
  byline: (name) => `Текст: ${name}`,
  around: (time) => `близько ${time}`,
  overnight: 'Уночі',
  posted: (when) => `опубліковано ${at(when)}`,
  updated: (when) => `Оновлено ${at(when)}`,
  corrected: (when) => `Виправлено ${at(when)}`,
  retracted: (when) => `Відкликано ${at(when)}`,
  permalink: 'Посилання на це повідомлення',
  showImage: 'Показати зображення',

  missed: {
    updates: (n, when) =>
      `${count(n, { one: '# повідомлення', few: '# повідомлення', many: '# повідомлень', other: '# повідомлення' })} від ${when}`,
    key: (n) =>
      count(n, { one: '# ключова подія', few: '# ключові події', many: '# ключових подій', other: '# ключової події' }),
    corrections: (n) =>
      count(n, { one: '# виправлення', few: '# виправлення', many: '# виправлень', other: '# виправлення' }),
    firstUnread: 'Перше непрочитане',
    summaries: 'Підсумки днів відтоді',
    isNew: 'Нове',
  },
  lastChange: (ago) => `Остання зміна ${ago}`,

  newUpdates: (n) =>
    count(n, {
      one: '# нове повідомлення',
      few: '# нові повідомлення',
      many: '# нових повідомлень',
      other: '# нового повідомлення',
    }),
  connection: {
    live: 'Наживо',
    catchingUp: 'Завантажуємо пропущене',
    offline: (time) => `Немає зв’язку з ${time}`,
  },
  announce: {
    published: (n) =>
      count(n, {
        one: '# нове повідомлення',
        few: '# нові повідомлення',
        many: '# нових повідомлень',
        other: '# нового повідомлення',
      }),
    revised: (n) => count(n, { many: '# повідомлень відредаговано', other: '# повідомлення відредаговано' }),
    corrected: (n) => count(n, { many: '# повідомлень виправлено', other: '# повідомлення виправлено' }),
    retracted: (n) => count(n, { many: '# повідомлень відкликано', other: '# повідомлення відкликано' }),
    removed: (n) => count(n, { many: '# повідомлень видалено', other: '# повідомлення видалено' }),
    summary: 'Підсумок оновлено',
  },
  newDay: (n) => `Почався новий день: ${n}-й.`,
  otherDays: (days) => `Повідомлення за інші дні: ${days}`,
  close: 'Закрити',
};

export const messages: Messages = {
  ...live,
  tag: 'uk',

  tagline: 'Літопис війни день за днем',
  timelines: 'Хроніки',
  noTimelines: 'Хронік ще немає.',
  status: { live: 'Наживо', paused: 'Призупинено', ended: 'Завершено' },
  dayOneWas: (date) => `Перший день: ${date}`,

  dayOf: (n, subject) => `${n}-й день ${subject}`,
  todayIs: (n) => `Сьогодні ${n}-й день.`,
  nothingYet: 'Записів ще немає.',
  emptyDay: 'За цей день записів немає.',
  emptyTimeline: 'Ще нічого не опубліковано.',
  paused: 'Хроніку призупинено. Усе опубліковане залишається тут.',
  endedOn: (date, days) => `Завершення: ${date}, на ${days}-й день.`,
  dayNavigation: 'Дні',

  updatesHeading: 'Повідомлення',
  olderUpdates: 'Попередні повідомлення цього дня',
  explanations: {
    claim: 'Заява однієї сторони, незалежно не перевірена.',
    reported: 'За даними названих джерел; ми не перевіряли.',
    confirmed: 'Перевірено нами або кількома незалежними джерелами.',
    disputed: 'Свідчення про це суперечать одне одному.',
  },
  allTimes: ({ name, offset }) => `Час на сторінці: ${name.replace('час: ', '')}, ${offset}`,
  skipToUpdates: 'Перейти до останніх повідомлень',
  ownTimes: 'Показати за моїм часом',
  conflictTimes: 'Показати за часом місця подій',
  share: 'Поділитися',
  linkCopied: 'Посилання скопійовано',
  noScript: 'Без JavaScript ця сторінка не оновлюється сама. Перезавантажте її, щоб побачити нове.',

  timelineParts: 'Розділи хроніки',
  latest: 'Останнє',
  earlierDays: 'Попередні дні',
  noKeyDevelopments: 'Ключових подій ще не зафіксовано.',
  goToDay: {
    label: 'Перейти до дня',
    hint: 'Номер дня або дата: 124, 7 лютого 2024',
    go: 'Перейти',
    unknown: 'Такого дня в цій хроніці немає.',
  },
  updatesCount: (n) =>
    count(n, { one: '# повідомлення', few: '# повідомлення', many: '# повідомлень', other: '# повідомлення' }),
  map: { title: 'Місця', outlines: 'Контури: Natural Earth. Вони не виражають позиції щодо кордонів.' },
  popular: { day: 'За останні 24 години', week: 'За останні 7 днів', none: 'Ще нічого не пораховано.' },
  calendar: { fewer: 'Менше', more: 'більше повідомлень' },

  columns: {
    day: 'День',
    date: 'Дата',
    updates: 'Повідомлення',
    key: 'Ключові події',
    summary: 'Підсумок',
    revised: 'Остання зміна',
  },
  hasSummary: 'Є',

  backToDay: (n) => `Назад до ${n}-го дня`,
  previousUpdate: 'Попереднє повідомлення',
  nextUpdate: 'Наступне повідомлення',
  neighbours: 'Повідомлення до і після',

  history: 'Версії',
  published: (when) => `Опубліковано ${when}`,
  edited: (when) => `Змінено ${when}`,
  whatChanged: 'Що змінилося',
  facts: {
    occurredAt: 'Час події',
    verification: 'Перевірка',
    attribution: 'За даними',
    sources: 'Джерела',
    place: 'Місце',
  },
  corrections: 'Виправлення',
  correctionsIntro: 'Усе, що було виправлено або відкликано, найновіше перше.',
  noCorrections: 'Нічого не виправляли й не відкликали.',
  earlierCorrections: 'Попередні виправлення',

  feeds: { key: 'Ключові події', summaries: 'Підсумки днів', corrections: 'Виправлення' },

  search: {
    title: 'Пошук',
    words: 'Слова',
    hint: 'Усі слова мають бути в тексті, «слова в лапках» — поруч.',
    from: 'Від',
    to: 'До',
    tag: 'Тема',
    keyOnly: 'Лише ключові події',
    none: 'Нічого не знайдено.',
    more: 'Більше результатів',
    faulty: 'За цими датами шукати не можна: перша не має бути пізнішою за останню.',
    retracted: 'Відкликано',
    found: (n) =>
      count(n, {
        one: 'Знайдено # оновлення',
        few: 'Знайдено # оновлення',
        many: 'Знайдено # оновлень',
        other: 'Знайдено # оновлення',
      }),
  },
  takingPart: {
    title: 'Участь',
    replies: 'Відповіді',
    leave: 'Залишити відповідь',
    required: 'Поля, позначені *, обов’язкові.',
    moderated: 'Відповіді з’являються після схвалення редакцією.',
    name: 'Ім’я',
    email: 'Електронна пошта',
    emailNote: 'Вашу електронну адресу ніколи не буде опубліковано.',
    text: 'Ваша відповідь',
    send: 'Надіслати',
    received: 'Дякуємо. Ваша відповідь у редакції і з’явиться після схвалення.',
    leaveEmpty: 'Залиште порожнім',
    notSent: 'Нічого не надіслано: перевірте поля нижче.',
    report: 'Повідомити про помилку',
    reportNote: 'Це читає лише редакція.',
    category: 'Що неправильно',
    emailOptional: 'Електронна пошта (необов’язково)',
    reportText: 'Що неправильно і як має бути?',
    reportReceived: 'Дякуємо. Ваше повідомлення у редакції.',
    mostRead: 'Найчитаніше',
    tooMany: (n) =>
      `Нічого не надіслано: з вашого з’єднання надійшло забагато повідомлень. ${count(n, { one: 'Спробуйте через # хвилину.', few: 'Спробуйте через # хвилини.', many: 'Спробуйте через # хвилин.', other: 'Спробуйте через # хвилини.' })}`,
    faults: { name: 'Вкажіть ім’я.', email: 'Вкажіть електронну адресу.', text: 'Напишіть від 1 до 3000 символів.' },
    categories: {
      fact: 'Факт',
      name: 'Ім’я або назва',
      date: 'Дата або час',
      source: 'Джерело',
      image: 'Зображення',
      language: 'Мова або правопис',
      other: 'Інше',
    },
  },

  errors: {
    404: { title: 'Сторінку не знайдено', text: 'За цією адресою нічого немає. Можливо, у ній помилка.' },
    410: { title: 'Видалено', text: 'Редакція видалила це повідомлення, воно більше не доступне.' },
    500: { title: 'Щось пішло не так', text: 'Помилка на нашому боці. Спробуйте ще раз за мить.' },
    503: { title: 'Тимчасово недоступно', text: 'Хроніка зараз недоступна. Спробуйте ще раз трохи згодом.' },
  },
  languages: 'Мови',
  archive: {
    search: 'Пошук',
    placeholder: 'Пошук у цьому архіві',
    found: 'Знайдено:',
    nothing: 'Нічого не знайдено.',
    note: 'Архівна копія. Вона не оновлюється.',
  },
  offline: {
    title: 'Немає з’єднання',
    text: 'Цієї сторінки немає на вашому пристрої, і зараз її не отримати.',
    again: 'Спробувати ще раз',
    kept: 'Збережено на вашому пристрої',
    copyOf: (when) => `Копія від ${when}`,
  },
  noCookies: 'Без cookie, без стеження.',
  data: 'Дані (JSON)',
};
