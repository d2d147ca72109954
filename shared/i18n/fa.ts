import type { LiveMessages, Messages } from './messages.ts';
import { counting } from './plural.ts';

const count = counting('fa');
/** Persian digits, without grouping. */
const digits = (n: number): string => String(n).replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'.charAt(Number(digit)));
const day = (n: number): string => `روز ${digits(n)}`;

/** Example of a subject: «جنگ در نوار غزه». */
export const live: LiveMessages = {
  day,
  summaryTitle: (n, subject) => `مهم‌ترین تحولات ${day(n)} ${subject}`,
  allDays: 'همهٔ روزها',
  automatic: 'به‌طور خودکار از تحولات مهم روز گردآوری شده است.',
  summaryRevised: (when) => `بازنگری خلاصه: ${when}`,
  outdated: 'خبری که این نکته بر آن استوار است پس از نوشتن خلاصه تغییر کرده است.',
  seeUpdate: 'دیدن خبر',

  keyDevelopment: 'تحول مهم',
  pinned: 'سنجاق‌شده',
  verification: { claim: 'ادعا', reported: 'گزارش‌شده', confirmed: 'تأییدشده', disputed: 'مورد اختلاف' },
  sources: (n) => (n === 1 ? 'منبع' : 'منابع'),
  byline: (name) => `نویسنده: ${name}`,
  around: (time) => `حدود ${time}`,
  overnight: 'در طول شب',
  posted: (when) => `انتشار: ${when}`,
  updated: (when) => `به‌روزرسانی: ${when}`,
  corrected: (when) => `تصحیح: ${when}`,
  retracted: (when) => `پس‌گرفته‌شده: ${when}`,
  permalink: 'پیوند این خبر',

  missed: {
    updates: (n, when) => `${count(n, { one: '# خبر', other: '# خبر' })} از ${when}`,
    key: (n) => count(n, { one: '# تحول مهم', other: '# تحول مهم' }),
    corrections: (n) => count(n, { one: '# اصلاحیه', other: '# اصلاحیه' }),
    firstUnread: 'نخستین خوانده‌نشده',
    summaries: 'خلاصهٔ روزهای پس از آن',
    isNew: 'تازه',
  },
  lastChange: (ago) => `آخرین تغییر ${ago}`,

  newUpdates: (n) => count(n, { other: '# خبر تازه' }),
  connection: {
    live: 'زنده',
    catchingUp: 'در حال دریافت خبرهای عقب‌مانده',
    offline: (time) => `قطع ارتباط از ${time}`,
  },
  announce: {
    published: (n) => count(n, { other: '# خبر تازه' }),
    revised: (n) => count(n, { other: '# خبر ویرایش شد' }),
    corrected: (n) => count(n, { other: '# خبر تصحیح شد' }),
    retracted: (n) => count(n, { other: '# خبر پس گرفته شد' }),
    removed: (n) => count(n, { other: '# خبر حذف شد' }),
    summary: 'خلاصه بازنگری شد',
  },
  newDay: (n) => `روز تازه‌ای آغاز شد: ${day(n)}.`,
  otherDays: (days) => `خبر در روزهای دیگر: ${days}`,
  close: 'بستن',
};

export const messages: Messages = {
  ...live,
  tag: 'fa',

  tagline: 'روایت جنگ، روز به روز',
  timelines: 'گاه‌شمارها',
  noTimelines: 'هنوز گاه‌شماری وجود ندارد.',
  status: { live: 'زنده', paused: 'متوقف', ended: 'پایان‌یافته' },
  dayOneWas: (date) => `روز نخست: ${date}`,

  dayOf: (n, subject) => `${day(n)} ${subject}`,
  todayIs: (n) => `امروز ${day(n)} است.`,
  nothingYet: 'هنوز چیزی ثبت نشده است.',
  emptyDay: 'برای این روز چیزی ثبت نشده است.',
  emptyTimeline: 'هنوز خبری منتشر نشده است.',
  paused: 'پوشش خبری متوقف شده است. آنچه تاکنون منتشر شده در همین‌جا می‌ماند.',
  endedOn: (date, days) => `پایان: ${date}، پس از ${count(days, { other: '# روز' })}.`,
  dayNavigation: 'روزها',

  updatesHeading: 'خبرها',
  olderUpdates: 'خبرهای پیش‌تر این روز',
  explanations: {
    claim: 'گفتهٔ یکی از طرف‌ها؛ به‌طور مستقل تأیید نشده است.',
    reported: 'به گزارش منابع نام‌برده؛ ما آن را تأیید نکرده‌ایم.',
    confirmed: 'ما یا چند منبع مستقل آن را تأیید کرده‌ایم.',
    disputed: 'روایت‌ها در این باره متناقض است.',
  },
  allTimes: ({ name, offset }) => `همهٔ ساعت‌ها: ${name}، ${offset}`,
  skipToUpdates: 'رفتن به تازه‌ترین خبرها',
  ownTimes: 'نمایش به وقت من',
  conflictTimes: 'نمایش به وقت محل درگیری',
  share: 'هم‌رسانی',
  linkCopied: 'پیوند رونوشت شد',
  noScript: 'بدون JavaScript این صفحه خودبه‌خود به‌روز نمی‌شود. برای دیدن تازه‌ها دوباره بارگذاری کنید.',

  timelineParts: 'بخش‌های گاه‌شمار',
  latest: 'تازه‌ترین',
  earlierDays: 'روزهای پیشین',
  noKeyDevelopments: 'هنوز تحول مهمی ثبت نشده است.',
  goToDay: {
    label: 'رفتن به یک روز',
    hint: 'شمارهٔ روز یا تاریخ: ۱۲۴، ۷ فوریهٔ ۲۰۲۴',
    go: 'برو',
    unknown: 'چنین روزی در این گاه‌شمار نیست.',
  },
  updatesCount: (n) => count(n, { one: '# خبر', other: '# خبر' }),
  calendar: { fewer: 'کمتر', more: 'خبرهای بیشتر' },

  columns: {
    day: 'روز',
    date: 'تاریخ',
    updates: 'خبرها',
    key: 'تحولات مهم',
    summary: 'خلاصه',
    revised: 'آخرین تغییر',
  },
  hasSummary: 'دارد',

  backToDay: (n) => `بازگشت به ${day(n)}`,
  previousUpdate: 'خبر پیشین',
  nextUpdate: 'خبر بعدی',
  neighbours: 'خبرهای پیش و پس از آن',

  history: 'نسخه‌ها',
  published: (when) => `منتشرشده ${when}`,
  edited: (when) => `ویرایش‌شده ${when}`,
  whatChanged: 'چه چیزی تغییر کرد',
  facts: {
    occurredAt: 'زمان رویداد',
    verification: 'راستی‌آزمایی',
    attribution: 'به نقل از',
    sources: 'منابع',
    place: 'مکان',
  },
  corrections: 'اصلاحیه‌ها',
  correctionsIntro: 'هر آنچه اصلاح یا پس گرفته شد، تازه‌ترین در آغاز.',
  noCorrections: 'چیزی اصلاح یا پس گرفته نشده است.',
  earlierCorrections: 'اصلاحیه‌های پیشین',

  feeds: { key: 'تحولات مهم', summaries: 'خلاصه‌های روزانه', corrections: 'تصحیح‌ها' },

  search: {
    title: 'جست‌وجو',
    words: 'واژه‌ها',
    hint: 'همهٔ واژه‌ها باید باشند و واژه‌های داخل «گیومه» کنار هم.',
    from: 'از',
    to: 'تا',
    tag: 'موضوع',
    keyOnly: 'فقط تحولات مهم',
    none: 'چیزی یافت نشد.',
    more: 'نتایج بیشتر',
    faulty: 'با این تاریخ‌ها نمی‌توان جست‌وجو کرد: تاریخ اول نباید پس از تاریخ آخر باشد.',
    retracted: 'پس‌گرفته‌شده',
    found: (n) => count(n, { other: '# به‌روزرسانی یافت شد' }),
  },
  takingPart: {
    title: 'مشارکت',
    replies: 'پاسخ‌ها',
    leave: 'پاسخ بدهید',
    required: 'فیلدهای نشان‌دار با * لازم‌اند.',
    moderated: 'پاسخ‌ها پس از تأیید تحریریه نمایش داده می‌شوند.',
    name: 'نام',
    email: 'ایمیل',
    emailNote: 'نشانی ایمیل شما هرگز منتشر نمی‌شود.',
    text: 'پاسخ شما',
    send: 'ارسال',
    received: 'سپاسگزاریم. پاسخ شما نزد تحریریه است و پس از تأیید نمایش داده می‌شود.',
    leaveEmpty: 'این را خالی بگذارید',
    notSent: 'چیزی فرستاده نشد: لطفاً فیلدهای زیر را ببینید.',
    report: 'گزارش خطا',
    reportNote: 'فقط تحریریه آن را می‌خواند.',
    category: 'چه چیزی نادرست است',
    emailOptional: 'ایمیل (اختیاری)',
    reportText: 'چه چیزی نادرست است و درست آن چیست؟',
    reportReceived: 'سپاسگزاریم. گزارش شما نزد تحریریه است.',
    mostRead: 'پرخواننده‌ترین‌ها',
    tooMany: (n) =>
      `چیزی فرستاده نشد: از اتصال شما پیام‌های زیادی رسیده است. ${count(n, { other: '# دقیقهٔ دیگر دوباره تلاش کنید.' })}`,
    faults: {
      name: 'لطفاً نامی بنویسید.',
      email: 'لطفاً یک نشانی ایمیل بنویسید.',
      text: 'لطفاً بین ۱ تا ۳۰۰۰ نویسه بنویسید.',
    },
    categories: {
      fact: 'یک واقعیت',
      name: 'یک نام',
      date: 'تاریخ یا زمان',
      source: 'یک منبع',
      image: 'یک تصویر',
      language: 'زبان یا املا',
      other: 'چیز دیگر',
    },
  },

  errors: {
    404: { title: 'صفحه پیدا نشد', text: 'در این نشانی چیزی نیست. شاید نادرست نوشته شده باشد.' },
    410: { title: 'حذف‌شده', text: 'تحریریه این خبر را حذف کرده است و دیگر در دسترس نیست.' },
    500: { title: 'خطایی رخ داد', text: 'ایراد از ماست. لطفاً کمی بعد دوباره تلاش کنید.' },
    503: { title: 'موقتاً در دسترس نیست', text: 'اکنون دسترسی ممکن نیست. لطفاً کمی بعد دوباره تلاش کنید.' },
  },
  languages: 'زبان‌ها',
  noCookies: 'بدون کوکی، بدون ردیابی.',
  data: 'داده‌ها (JSON)',
};
