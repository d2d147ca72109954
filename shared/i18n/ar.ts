import type { LiveMessages, Messages } from './messages.ts';
import { counting } from './plural.ts';

const count = counting('ar-u-nu-latn');
const day = (n: number): string => `اليوم الـ${n}`;

/** Example of a subject: «الحرب على قطاع غزة». */
export const live: LiveMessages = {
  day,
  summaryTitle: (n, subject) => `أبرز تطورات ${day(n)} من ${subject}`,
  allDays: 'جميع الأيام',
  automatic: 'جُمع تلقائيًا من أبرز تطورات اليوم.',
  summaryRevised: (when) => `حُدّث الملخص في ${when}`,
  outdated: 'تغيّر تحديث تستند إليه هذه النقطة بعد كتابة الملخص.',
  seeUpdate: 'عرض التحديث',

  keyDevelopment: 'تطور بارز',
  pinned: 'مثبّت',
  verification: { claim: 'ادعاء', reported: 'وفق تقارير', confirmed: 'مؤكد', disputed: 'موضع خلاف' },
  sources: (n) => (n === 1 ? 'المصدر' : 'المصادر'),
  byline: (name) => `بقلم ${name}`,
  around: (time) => `قرابة ${time}`,
  overnight: 'خلال الليل',
  posted: (when) => `نُشر في ${when}`,
  updated: (when) => `حُدّث في ${when}`,
  corrected: (when) => `صُحّح في ${when}`,
  retracted: (when) => `سُحب في ${when}`,
  permalink: 'رابط هذا التحديث',
  showImage: 'عرض الصورة',

  missed: {
    updates: (n, when) =>
      `${count(n, { zero: 'لا تحديثات', one: 'تحديث واحد', two: 'تحديثان', few: '# تحديثات', many: '# تحديثًا', other: '# تحديث' })} منذ ${when}`,
    key: (n) =>
      count(n, {
        zero: 'لا تطورات بارزة',
        one: 'تطور بارز واحد',
        two: 'تطوران بارزان',
        few: '# تطورات بارزة',
        many: '# تطورًا بارزًا',
        other: '# تطور بارز',
      }),
    corrections: (n) =>
      count(n, {
        zero: 'لا تصويبات',
        one: 'تصويب واحد',
        two: 'تصويبان',
        few: '# تصويبات',
        many: '# تصويبًا',
        other: '# تصويب',
      }),
    firstUnread: 'أول ما لم يُقرأ',
    summaries: 'ملخصات الأيام منذ ذلك الحين',
    isNew: 'جديد',
  },
  lastChange: (ago) => `آخر تغيير ${ago}`,

  newUpdates: (n) =>
    count(n, {
      zero: 'لا تحديثات جديدة',
      one: 'تحديث جديد',
      two: 'تحديثان جديدان',
      few: '# تحديثات جديدة',
      many: '# تحديثًا جديدًا',
      other: '# تحديث جديد',
    }),
  connection: {
    live: 'مباشر',
    catchingUp: 'جارٍ تحميل ما فات',
    offline: (time) => `غير متصل منذ ${time}`,
  },
  announce: {
    published: (n) => `تحديثات جديدة: ${n}`,
    revised: (n) => `تحديثات معدّلة: ${n}`,
    corrected: (n) => `تحديثات مصحّحة: ${n}`,
    retracted: (n) => `تحديثات مسحوبة: ${n}`,
    removed: (n) => `تحديثات محذوفة: ${n}`,
    summary: 'حُدّث الملخص',
  },
  newDay: (n) => `بدأ يوم جديد: ${day(n)}.`,
  otherDays: (days) => `تحديثات في أيام أخرى: ${days}`,
  close: 'إغلاق',
};

export const messages: Messages = {
  ...live,
  tag: 'ar',

  tagline: 'سجل الحرب يومًا بيوم',
  timelines: 'السجلات الزمنية',
  noTimelines: 'لا توجد سجلات زمنية بعد.',
  status: { live: 'مباشر', paused: 'متوقف مؤقتًا', ended: 'منتهٍ' },
  dayOneWas: (date) => `اليوم الأول: ${date}`,

  dayOf: (n, subject) => `${day(n)} من ${subject}`,
  todayIs: (n) => `هذا هو ${day(n)}.`,
  nothingYet: 'لم يُسجَّل شيء بعد.',
  emptyDay: 'لم يُسجَّل شيء في هذا اليوم.',
  emptyTimeline: 'لم تُنشر أي تحديثات بعد.',
  paused: 'التغطية متوقفة مؤقتًا، ويبقى كل ما نُشر متاحًا هنا.',
  endedOn: (date, days) =>
    `تاريخ الانتهاء: ${date}، بعد ${count(days, { one: 'يوم واحد', two: 'يومين', few: '# أيام', many: '# يومًا', other: '# يوم' })}.`,
  dayNavigation: 'الأيام',

  updatesHeading: 'التحديثات',
  olderUpdates: 'تحديثات أسبق من هذا اليوم',
  explanations: {
    claim: 'رواية طرف واحد لم يجرِ التحقق منها بصورة مستقلة.',
    reported: 'أوردته المصادر المذكورة ولم نتحقق منه بأنفسنا.',
    confirmed: 'تحققنا منه أو أكدته عدة مصادر مستقلة.',
    disputed: 'الروايات بشأنه متضاربة.',
  },
  allTimes: ({ name, offset }) => `جميع الأوقات: ${name}، ${offset}`,
  skipToUpdates: 'الانتقال إلى أحدث التحديثات',
  ownTimes: 'اعرض بتوقيتي',
  conflictTimes: 'اعرض بتوقيت مكان النزاع',
  share: 'مشاركة',
  linkCopied: 'نُسخ الرابط',
  noScript: 'لا تتحدّث هذه الصفحة تلقائيًا من دون JavaScript. أعد تحميلها لرؤية الجديد.',

  timelineParts: 'أقسام السجل الزمني',
  latest: 'الأحدث',
  earlierDays: 'أيام سابقة',
  noKeyDevelopments: 'لم تُسجَّل تطورات بارزة بعد.',
  goToDay: {
    label: 'انتقل إلى يوم',
    hint: 'رقم اليوم أو تاريخ: 124 أو 7 فبراير 2024',
    go: 'انتقال',
    unknown: 'لا يوجد يوم كهذا في هذا السجل الزمني.',
  },
  updatesCount: (n) =>
    count(n, {
      zero: 'لا تحديثات',
      one: 'تحديث واحد',
      two: 'تحديثان',
      few: '# تحديثات',
      many: '# تحديثًا',
      other: '# تحديث',
    }),
  map: { title: 'الأماكن', outlines: 'الخطوط: Natural Earth، ولا تعبّر عن موقف من أي حدود.' },
  popular: { day: 'في آخر 24 ساعة', week: 'في آخر 7 أيام', none: 'لم يُحصَ شيء بعد.' },
  calendar: { fewer: 'أقل', more: 'تحديثات أكثر' },

  columns: {
    day: 'اليوم',
    date: 'التاريخ',
    updates: 'التحديثات',
    key: 'التطورات البارزة',
    summary: 'الملخص',
    revised: 'آخر تغيير',
  },
  hasSummary: 'نعم',

  backToDay: (n) => `العودة إلى ${day(n)}`,
  previousUpdate: 'التحديث السابق',
  nextUpdate: 'التحديث التالي',
  neighbours: 'تحديثات قبله وبعده',

  history: 'الصيغ',
  published: (when) => `نُشر ${when}`,
  edited: (when) => `عُدّل ${when}`,
  whatChanged: 'ما الذي تغيّر',
  facts: {
    occurredAt: 'وقت الحدث',
    verification: 'درجة التحقق',
    attribution: 'نسبة الخبر',
    sources: 'المصادر',
    place: 'المكان',
  },
  corrections: 'التصويبات',
  correctionsIntro: 'كل ما صُوّب أو سُحب، الأحدث أولًا.',
  noCorrections: 'لم يُصوَّب شيء ولم يُسحب شيء.',
  earlierCorrections: 'تصويبات أقدم',

  feeds: { key: 'التطورات البارزة', summaries: 'ملخصات الأيام', corrections: 'التصحيحات' },

  search: {
    title: 'بحث',
    words: 'كلمات',
    hint: 'يجب أن ترد الكلمات كلها، وما بين «علامتي اقتباس» متجاورًا.',
    from: 'من',
    to: 'إلى',
    tag: 'الموضوع',
    keyOnly: 'أبرز التطورات فقط',
    none: 'لا نتائج.',
    more: 'مزيد من النتائج',
    faulty: 'لا يمكن البحث بهذين التاريخين: يجب ألا يأتي الأول بعد الأخير.',
    retracted: 'مسحوب',
    found: (n) =>
      count(n, {
        zero: 'لا تحديثات',
        one: 'تحديث واحد',
        two: 'تحديثان',
        few: '# تحديثات',
        many: '# تحديثًا',
        other: '# تحديث',
      }),
  },
  takingPart: {
    title: 'المشاركة',
    replies: 'الردود',
    leave: 'اترك ردًا',
    required: 'الحقول المعلّمة بـ * مطلوبة.',
    moderated: 'تظهر الردود بعد موافقة هيئة التحرير عليها.',
    name: 'الاسم',
    email: 'البريد الإلكتروني',
    emailNote: 'لا يُنشر بريدك الإلكتروني أبدًا.',
    text: 'ردك',
    send: 'إرسال',
    received: 'شكرًا لك. ردك لدى هيئة التحرير وسيظهر بعد الموافقة عليه.',
    leaveEmpty: 'اترك هذا الحقل فارغًا',
    notSent: 'لم يُرسل شيء: يُرجى مراجعة الحقول أدناه.',
    report: 'الإبلاغ عن خطأ',
    reportNote: 'لا يقرؤه سوى هيئة التحرير.',
    category: 'نوع الخطأ',
    emailOptional: 'البريد الإلكتروني (اختياري)',
    reportText: 'ما الخطأ وما الصواب؟',
    reportReceived: 'شكرًا لك. بلاغك لدى هيئة التحرير.',
    mostRead: 'الأكثر قراءة',
    tooMany: (n) =>
      `لم يُرسل شيء: وردت رسائل كثيرة من اتصالك. حاول مجددًا بعد ${count(n, { one: 'دقيقة', two: 'دقيقتين', few: '# دقائق', many: '# دقيقة', other: '# دقيقة' })}.`,
    faults: {
      name: 'يُرجى كتابة اسم.',
      email: 'يُرجى كتابة عنوان بريد إلكتروني.',
      text: 'يُرجى كتابة نص من 1 إلى 3000 حرف.',
    },
    categories: {
      fact: 'معلومة',
      name: 'اسم',
      date: 'تاريخ أو وقت',
      source: 'مصدر',
      image: 'صورة',
      language: 'لغة أو إملاء',
      other: 'أمر آخر',
    },
  },

  errors: {
    404: { title: 'الصفحة غير موجودة', text: 'لا شيء في هذا العنوان، وربما كُتب خطأً.' },
    410: { title: 'محذوف', text: 'حذفت هيئة التحرير هذا التحديث ولم يعد متاحًا.' },
    500: { title: 'حدث خطأ', text: 'الخطأ من جانبنا. يُرجى المحاولة بعد قليل.' },
    503: { title: 'غير متاح مؤقتًا', text: 'يتعذر الوصول إلى السجل الآن. يُرجى المحاولة بعد قليل.' },
  },
  languages: 'اللغات',
  archive: {
    search: 'بحث',
    placeholder: 'ابحث في هذا الأرشيف',
    found: 'النتائج:',
    nothing: 'لا نتائج.',
    note: 'نسخة مؤرشفة لا تُحدَّث مباشرة.',
  },
  offline: {
    title: 'لا يوجد اتصال',
    text: 'هذه الصفحة غير محفوظة على جهازك، ولا يمكن جلبها الآن.',
    again: 'أعد المحاولة',
    kept: 'محفوظ على جهازك',
    copyOf: (when) => `نسخة بتاريخ ${when}`,
  },
  noCookies: 'بلا ملفات تعريف ارتباط وبلا تتبع.',
  data: 'البيانات (JSON)',
};
