import type { LiveMessages, Messages } from './messages.ts';
import { counting } from './plural.ts';

const count = counting('ru');
/** “в 18:20”; a date goes without a preposition. */
const at = (when: string): string => (/^\d\d:/.test(when) ? `в ${when}` : when);

/** The subject stands in the genitive: «войны в секторе Газа». */
export const live: LiveMessages = {
  day: (n) => `${n}-й день`,
  summaryTitle: (n, subject) => `Главные события ${n}-го дня ${subject}`,
  allDays: 'Все дни',
  automatic: 'Составлено автоматически из ключевых событий дня.',
  summaryRevised: (when) => `Итоги обновлены ${at(when)}`,
  outdated: 'Сообщение, на которое опирается этот пункт, изменилось после подведения итогов.',
  seeUpdate: 'К сообщению',

  keyDevelopment: 'Ключевое событие',
  pinned: 'Закреплено',
  verification: { claim: 'Утверждение', reported: 'Сообщается', confirmed: 'Подтверждено', disputed: 'Спорно' },
  sources: (n) => (n === 1 ? 'Источник' : 'Источники'),
  byline: (name) => `Текст: ${name}`,
  around: (time) => `около ${time}`,
  overnight: 'Ночью',
  posted: (when) => `опубликовано ${at(when)}`,
  updated: (when) => `Обновлено ${at(when)}`,
  corrected: (when) => `Исправлено ${at(when)}`,
  retracted: (when) => `Отозвано ${at(when)}`,
  permalink: 'Ссылка на это сообщение',
  showImage: 'Показать изображение',

  missed: {
    updates: (n, when) =>
      `${count(n, { one: '# сообщение', few: '# сообщения', many: '# сообщений', other: '# сообщения' })} с ${when}`,
    key: (n) =>
      count(n, {
        one: '# ключевое событие',
        few: '# ключевых события',
        many: '# ключевых событий',
        other: '# ключевого события',
      }),
    corrections: (n) =>
      count(n, { one: '# исправление', few: '# исправления', many: '# исправлений', other: '# исправления' }),
    firstUnread: 'Первое непрочитанное',
    summaries: 'Итоги дней с тех пор',
    isNew: 'Новое',
  },
  lastChange: (ago) => `Последнее изменение ${ago}`,

  newUpdates: (n) =>
    count(n, {
      one: '# новое сообщение',
      few: '# новых сообщения',
      many: '# новых сообщений',
      other: '# нового сообщения',
    }),
  connection: {
    live: 'Онлайн',
    catchingUp: 'Загружаем пропущенное',
    offline: (time) => `Нет связи с ${time}`,
  },
  announce: {
    published: (n) =>
      count(n, {
        one: '# новое сообщение',
        few: '# новых сообщения',
        many: '# новых сообщений',
        other: '# нового сообщения',
      }),
    revised: (n) => `Отредактировано сообщений: ${n}`,
    corrected: (n) => `Исправлено сообщений: ${n}`,
    retracted: (n) => `Отозвано сообщений: ${n}`,
    removed: (n) => `Удалено сообщений: ${n}`,
    summary: 'Итоги обновлены',
  },
  newDay: (n) => `Начался новый день: ${n}-й.`,
  otherDays: (days) => `Сообщения за другие дни: ${days}`,
  close: 'Закрыть',
};

export const messages: Messages = {
  ...live,
  tag: 'ru',

  tagline: 'Летопись войны день за днём',
  timelines: 'Хроники',
  noTimelines: 'Хроник пока нет.',
  status: { live: 'Онлайн', paused: 'Приостановлено', ended: 'Завершено' },
  dayOneWas: (date) => `Первый день: ${date}`,

  dayOf: (n, subject) => `${n}-й день ${subject}`,
  todayIs: (n) => `Сегодня ${n}-й день.`,
  nothingYet: 'Записей пока нет.',
  emptyDay: 'За этот день записей нет.',
  emptyTimeline: 'Пока ничего не опубликовано.',
  paused: 'Хроника приостановлена. Всё опубликованное остаётся здесь.',
  endedOn: (date, days) => `Завершение: ${date}, на ${days}-й день.`,
  dayNavigation: 'Дни',

  updatesHeading: 'Сообщения',
  olderUpdates: 'Более ранние сообщения этого дня',
  explanations: {
    claim: 'Заявление одной стороны, независимо не проверено.',
    reported: 'По данным названных источников; нами не проверено.',
    confirmed: 'Проверено нами или несколькими независимыми источниками.',
    disputed: 'Сведения об этом противоречат друг другу.',
  },
  allTimes: ({ name, offset }) => `Время на странице: ${name}, ${offset}`,
  skipToUpdates: 'Перейти к последним сообщениям',
  ownTimes: 'Показать по моему времени',
  conflictTimes: 'Показать по времени места событий',
  share: 'Поделиться',
  linkCopied: 'Ссылка скопирована',
  noScript: 'Без JavaScript эта страница не обновляется сама. Перезагрузите её, чтобы увидеть новое.',

  timelineParts: 'Разделы хроники',
  latest: 'Последнее',
  earlierDays: 'Предыдущие дни',
  noKeyDevelopments: 'Ключевых событий пока не отмечено.',
  goToDay: {
    label: 'Перейти к дню',
    hint: 'Номер дня или дата: 124, 7 февраля 2024',
    go: 'Перейти',
    unknown: 'Такого дня в этой хронике нет.',
  },
  updatesCount: (n) => count(n, { one: '# сообщение', few: '# сообщения', many: '# сообщений', other: '# сообщения' }),
  map: { title: 'Места', outlines: 'Контуры: Natural Earth. Они не выражают позиции относительно границ.' },
  popular: { day: 'За последние 24 часа', week: 'За последние 7 дней', none: 'Пока ничего не посчитано.' },
  calendar: { fewer: 'Меньше', more: 'больше сообщений' },

  columns: {
    day: 'День',
    date: 'Дата',
    updates: 'Сообщения',
    key: 'Ключевые события',
    summary: 'Итоги',
    revised: 'Последнее изменение',
  },
  hasSummary: 'Есть',

  backToDay: (n) => `Назад к ${n}-му дню`,
  previousUpdate: 'Предыдущее сообщение',
  nextUpdate: 'Следующее сообщение',
  neighbours: 'Сообщения до и после',

  history: 'Версии',
  published: (when) => `Опубликовано ${when}`,
  edited: (when) => `Изменено ${when}`,
  whatChanged: 'Что изменилось',
  facts: {
    occurredAt: 'Время события',
    verification: 'Проверка',
    attribution: 'По данным',
    sources: 'Источники',
    place: 'Место',
  },
  corrections: 'Исправления',
  correctionsIntro: 'Всё, что было исправлено или отозвано, сначала новое.',
  noCorrections: 'Ничего не исправлено и не отозвано.',
  earlierCorrections: 'Предыдущие исправления',

  feeds: { key: 'Ключевые события', summaries: 'Итоги дней', corrections: 'Исправления' },

  search: {
    title: 'Поиск',
    words: 'Слова',
    hint: 'Все слова должны быть в тексте, «слова в кавычках» — рядом.',
    from: 'С',
    to: 'По',
    tag: 'Тема',
    keyOnly: 'Только ключевые события',
    none: 'Ничего не найдено.',
    more: 'Ещё результаты',
    faulty: 'По этим датам искать нельзя: первая не должна быть позже последней.',
    retracted: 'Отозвано',
    found: (n) =>
      count(n, {
        one: 'Найдено # обновление',
        few: 'Найдено # обновления',
        many: 'Найдено # обновлений',
        other: 'Найдено # обновления',
      }),
  },
  takingPart: {
    title: 'Участие',
    replies: 'Ответы',
    leave: 'Оставить ответ',
    required: 'Поля, отмеченные *, обязательны.',
    moderated: 'Ответы появляются после одобрения редакцией.',
    name: 'Имя',
    email: 'Электронная почта',
    emailNote: 'Ваш адрес никогда не будет опубликован.',
    text: 'Ваш ответ',
    send: 'Отправить',
    received: 'Спасибо. Ваш ответ в редакции и появится после одобрения.',
    leaveEmpty: 'Оставьте пустым',
    notSent: 'Ничего не отправлено: проверьте поля ниже.',
    report: 'Сообщить об ошибке',
    reportNote: 'Это читает только редакция.',
    category: 'Что неверно',
    emailOptional: 'Электронная почта (необязательно)',
    reportText: 'Что неверно и как правильно?',
    reportReceived: 'Спасибо. Ваше сообщение в редакции.',
    mostRead: 'Самое читаемое',
    tooMany: (n) =>
      `Ничего не отправлено: с вашего подключения пришло слишком много сообщений. ${count(n, { one: 'Попробуйте через # минуту.', few: 'Попробуйте через # минуты.', many: 'Попробуйте через # минут.', other: 'Попробуйте через # минуты.' })}`,
    faults: { name: 'Укажите имя.', email: 'Укажите адрес электронной почты.', text: 'Напишите от 1 до 3000 знаков.' },
    categories: {
      fact: 'Факт',
      name: 'Имя или название',
      date: 'Дата или время',
      source: 'Источник',
      image: 'Изображение',
      language: 'Язык или орфография',
      other: 'Другое',
    },
  },

  errors: {
    404: { title: 'Страница не найдена', text: 'По этому адресу ничего нет. Возможно, в нём опечатка.' },
    410: { title: 'Удалено', text: 'Редакция удалила это сообщение, оно больше не доступно.' },
    500: { title: 'Что-то пошло не так', text: 'Ошибка на нашей стороне. Попробуйте ещё раз чуть позже.' },
    503: { title: 'Временно недоступно', text: 'Хроника сейчас недоступна. Попробуйте ещё раз чуть позже.' },
  },
  languages: 'Языки',
  archive: {
    search: 'Поиск',
    placeholder: 'Поиск по этому архиву',
    found: 'Найдено:',
    nothing: 'Ничего не найдено.',
    note: 'Архивная копия. Она не обновляется.',
  },
  offline: {
    title: 'Нет соединения',
    text: 'Этой страницы нет на вашем устройстве, и сейчас её не получить.',
    again: 'Попробовать ещё раз',
    kept: 'Сохранено на вашем устройстве',
    copyOf: (when) => `Копия от ${when}`,
  },
  noCookies: 'Без cookie, без слежки.',
  data: 'Данные (JSON)',
};
