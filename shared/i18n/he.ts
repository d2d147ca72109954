import type { LiveMessages, Messages } from './messages.ts';
import { counting } from './plural.ts';

const count = counting('he');
const day = (n: number): string => `היום ה־${n}`;

/** Example of a subject: „המלחמה ברצועת עזה”. */
export const live: LiveMessages = {
  day,
  summaryTitle: (n, subject) => `ההתפתחויות החשובות ביותר ב${day(n).slice(1)} של ${subject}`,
  allDays: 'כל הימים',
  automatic: 'נערך אוטומטית מן ההתפתחויות המרכזיות של היום.',
  summaryRevised: (when) => `הסיכום עודכן ב־${when}`,
  outdated: 'עדכון שעליו נשענת הנקודה הזאת השתנה מאז נכתב הסיכום.',
  seeUpdate: 'לעדכון',

  keyDevelopment: 'התפתחות מרכזית',
  pinned: 'נעוץ',
  verification: { claim: 'טענה', reported: 'דווח', confirmed: 'מאומת', disputed: 'שנוי במחלוקת' },
  sources: (n) => (n === 1 ? 'מקור' : 'מקורות'),
  byline: (name) => `מאת ${name}`,
  around: (time) => `בסביבות ${time}`,
  overnight: 'במהלך הלילה',
  posted: (when) => `פורסם ב־${when}`,
  updated: (when) => `עודכן ב־${when}`,
  corrected: (when) => `תוקן ב־${when}`,
  retracted: (when) => `בוטל ב־${when}`,
  permalink: 'קישור לעדכון הזה',

  newUpdates: (n) => count(n, { one: 'עדכון חדש', two: 'שני עדכונים חדשים', other: '# עדכונים חדשים' }),
  connection: {
    live: 'מתעדכן',
    catchingUp: 'משלים עדכונים',
    offline: (time) => `לא מקוון מאז ${time}`,
  },
  announce: {
    published: (n) => count(n, { one: 'עדכון חדש', two: 'שני עדכונים חדשים', other: '# עדכונים חדשים' }),
    revised: (n) => count(n, { one: 'עדכון אחד נערך', two: 'שני עדכונים נערכו', other: '# עדכונים נערכו' }),
    corrected: (n) => count(n, { one: 'עדכון אחד תוקן', two: 'שני עדכונים תוקנו', other: '# עדכונים תוקנו' }),
    retracted: (n) => count(n, { one: 'עדכון אחד בוטל', two: 'שני עדכונים בוטלו', other: '# עדכונים בוטלו' }),
    removed: (n) => count(n, { one: 'עדכון אחד הוסר', two: 'שני עדכונים הוסרו', other: '# עדכונים הוסרו' }),
    summary: 'הסיכום עודכן',
  },
  newDay: (n) => `החל יום חדש: ${day(n)}.`,
  otherDays: (days) => `עדכונים בימים אחרים: ${days}`,
  close: 'סגירה',
};

export const messages: Messages = {
  ...live,
  tag: 'he',

  tagline: 'תיעוד המלחמה, יום אחר יום',
  timelines: 'צירי זמן',
  noTimelines: 'אין עדיין צירי זמן.',
  status: { live: 'מתעדכן', paused: 'מושהה', ended: 'הסתיים' },
  dayOneWas: (date) => `היום הראשון: ${date}`,

  dayOf: (n, subject) => `${day(n)} של ${subject}`,
  todayIs: (n) => `היום הוא ${day(n)}.`,
  nothingYet: 'עדיין לא תועד דבר.',
  emptyDay: 'לא תועד דבר ביום הזה.',
  emptyTimeline: 'עדיין לא פורסמו עדכונים.',
  paused: 'הסיקור מושהה. כל מה שפורסם נשאר כאן.',
  endedOn: (date, days) =>
    `הסתיים ב־${date}, לאחר ${count(days, { one: 'יום אחד', two: 'יומיים', other: days > 10 ? '# יום' : '# ימים' })}.`,
  dayNavigation: 'ימים',

  updatesHeading: 'עדכונים',
  olderUpdates: 'עדכונים מוקדמים יותר מהיום הזה',
  explanations: {
    claim: 'נמסר מצד אחד בלבד; לא אומת באופן עצמאי.',
    reported: 'דווח במקורות הנזכרים; לא אומת על ידינו.',
    confirmed: 'אומת על ידינו או בידי כמה מקורות בלתי תלויים.',
    disputed: 'יש גרסאות סותרות.',
  },
  allTimes: ({ name, offset }) => `כל השעות: ${name}, ${offset}`,
  skipToUpdates: 'דילוג לעדכונים האחרונים',
  noScript: 'ללא JavaScript הדף אינו מתעדכן מעצמו. יש לטעון אותו מחדש כדי לראות את החדש ביותר.',

  timelineParts: 'חלקי ציר הזמן',
  latest: 'העדכני ביותר',
  earlierDays: 'ימים קודמים',
  noKeyDevelopments: 'עדיין לא נרשמו התפתחויות מרכזיות.',
  goToDay: {
    label: 'מעבר ליום',
    hint: 'מספר היום או תאריך: 124, 7 בפברואר 2024',
    go: 'מעבר',
    unknown: 'אין יום כזה בציר הזמן הזה.',
  },
  updatesCount: (n) => count(n, { one: 'עדכון אחד', two: '# עדכונים', other: '# עדכונים' }),
  calendar: { fewer: 'פחות', more: 'יותר עדכונים' },

  columns: {
    day: 'יום',
    date: 'תאריך',
    updates: 'עדכונים',
    key: 'התפתחויות מרכזיות',
    summary: 'סיכום',
    revised: 'שינוי אחרון',
  },
  hasSummary: 'יש',

  backToDay: (n) => `חזרה אל ${day(n)}`,
  previousUpdate: 'העדכון הקודם',
  nextUpdate: 'העדכון הבא',
  neighbours: 'עדכונים לפניו ואחריו',

  history: 'גרסאות',
  published: (when) => `פורסם ${when}`,
  edited: (when) => `נערך ${when}`,
  whatChanged: 'מה השתנה',
  facts: {
    occurredAt: 'מועד האירוע',
    verification: 'אימות',
    attribution: 'ייחוס',
    sources: 'מקורות',
    place: 'מקום',
  },
  corrections: 'תיקונים',
  correctionsIntro: 'כל מה שתוקן או בוטל, החדש ביותר ראשון.',
  noCorrections: 'שום דבר לא תוקן ולא בוטל.',
  earlierCorrections: 'תיקונים קודמים',

  feeds: { key: 'התפתחויות מרכזיות', summaries: 'סיכומי ימים', corrections: 'תיקונים' },

  search: {
    title: 'חיפוש',
    words: 'מילים',
    hint: 'כל המילים חייבות להופיע, ומילים ב״מירכאות״ זו ליד זו.',
    from: 'מתאריך',
    to: 'עד תאריך',
    tag: 'נושא',
    keyOnly: 'התפתחויות מרכזיות בלבד',
    none: 'לא נמצא דבר.',
    more: 'תוצאות נוספות',
    faulty: 'לא ניתן לחפש בתאריכים אלה: הראשון חייב שלא לחול אחרי האחרון.',
    retracted: 'נמשך',
    found: (n) => count(n, { one: 'נמצא עדכון אחד', two: 'נמצאו שני עדכונים', other: 'נמצאו # עדכונים' }),
  },
  takingPart: {
    title: 'השתתפות',
    replies: 'תגובות',
    leave: 'השארת תגובה',
    required: 'שדות המסומנים ב־* הם חובה.',
    moderated: 'תגובות מופיעות לאחר אישור המערכת.',
    name: 'שם',
    email: 'דוא״ל',
    emailNote: 'כתובת הדוא״ל שלך לעולם אינה מתפרסמת.',
    text: 'התגובה שלך',
    send: 'שליחה',
    received: 'תודה. תגובתך אצל המערכת ותופיע לאחר אישורה.',
    leaveEmpty: 'נא להשאיר ריק',
    notSent: 'דבר לא נשלח: נא לבדוק את השדות שלמטה.',
    report: 'דיווח על טעות',
    reportNote: 'רק המערכת קוראת את זה.',
    category: 'מה שגוי',
    emailOptional: 'דוא״ל (לא חובה)',
    reportText: 'מה שגוי, ומה נכון?',
    reportReceived: 'תודה. הדיווח שלך אצל המערכת.',
    mostRead: 'הנקראים ביותר',
    tooMany: (n) =>
      `דבר לא נשלח: הגיעו יותר מדי פניות מהחיבור שלך. ${count(n, { one: 'נסו שוב בעוד דקה.', two: 'נסו שוב בעוד שתי דקות.', other: 'נסו שוב בעוד # דקות.' })}`,
    faults: { name: 'נא לכתוב שם.', email: 'נא לכתוב כתובת דוא״ל.', text: 'נא לכתוב בין 1 ל־3,000 תווים.' },
    categories: {
      fact: 'עובדה',
      name: 'שם',
      date: 'תאריך או שעה',
      source: 'מקור',
      image: 'תמונה',
      language: 'לשון או כתיב',
      other: 'משהו אחר',
    },
  },

  errors: {
    404: { title: 'הדף לא נמצא', text: 'אין דבר בכתובת הזאת. ייתכן שהוקלדה בטעות.' },
    410: { title: 'הוסר', text: 'המערכת הסירה את העדכון הזה והוא אינו זמין עוד.' },
    500: { title: 'משהו השתבש', text: 'התקלה אצלנו. נא לנסות שוב בעוד רגע.' },
    503: { title: 'לא זמין כרגע', text: 'אין כרגע גישה לתיעוד. נא לנסות שוב בעוד זמן קצר.' },
  },
  noCookies: 'ללא עוגיות, ללא מעקב.',
  data: 'נתונים (JSON)',
};
