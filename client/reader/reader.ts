import { liveFormats } from '../../shared/i18n/format.ts';
import { Announcer } from './announcer.ts';
import { Elsewhere } from './elsewhere.ts';
import { HeldBack } from './held-back.ts';
import { messagesFor } from './language.ts';
import { LivePage } from './live-page.ts';
import { OpenDay } from './open-day.ts';
import { type OpenPage, openUpdatePage } from './open-page.ts';
import { onNewDay } from './turnover.ts';

/** Makes the page that the server wrote a live one. It reads well without; nothing here is needed before the first paint. */
async function start(): Promise<void> {
  const { lang, dataset } = document.documentElement;
  const { timeline: slug = '', zone = 'UTC', today } = dataset;
  const messages = await messagesFor(lang);
  const times = liveFormats(lang, zone);
  const announcer = new Announcer(messages, times.list);
  const contextOf = (date: string | null) => ({ slug, language: lang, messages, formats: times, date });
  const elsewhere = new Elsewhere(contextOf(null));

  let day: OpenDay | null = null;
  const held = new HeldBack(messages, (updates) => {
    if (day?.show(updates)) page.fetchAgain();
  });
  const open = (): OpenPage => {
    const { update, date = '', subject = '', continued } = dataset;
    if (update !== undefined) return openUpdatePage(update);
    const context = contextOf(date);
    day = new OpenDay({
      day: Number(dataset['day']),
      subject,
      continued: continued !== undefined,
      context,
      held,
      elsewhere,
      announcer,
    });
    return day;
  };
  const page = new LivePage({ slug, messages, announcer, held, open, language: lang });
  page.follow();
  if (today) onNewDay(today, contextOf(null), (number) => elsewhere.newDay(number));
}

const afterPaint = (task: () => void): void => {
  if (document.hidden) task();
  else requestAnimationFrame(() => setTimeout(task));
};

/** A part of the script may not arrive on a bad network; the page is there all the same. */
const againMs = 10_000;
const startUntilDone = (): void => {
  start().catch((error) => {
    console.warn(error);
    setTimeout(startUntilDone, againMs);
  });
};

afterPaint(startUntilDone);
