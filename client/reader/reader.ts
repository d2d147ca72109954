import { type LiveFormats, liveFormats } from '../../shared/i18n/format.ts';
import { savesData } from '../feed/saves-data.ts';
import { Announcer } from './announcer.ts';
import { leadToAskedUpdate } from './asked-update.ts';
import type { Copies } from './copies.ts';
import { find } from './dom.ts';
import { Elsewhere } from './elsewhere.ts';
import { HeldBack } from './held-back.ts';
import { messagesFor } from './language.ts';
import { sayLastChange } from './last-change.ts';
import { LivePage } from './live-page.ts';
import { catchUp } from './missed.ts';
import { OpenDay } from './open-day.ts';
import { type OpenPage, openUpdatePage } from './open-page.ts';
import { offerShare } from './share.ts';
import { readTables } from './tables.ts';
import { onNewDay } from './turnover.ts';
import { isInAnotherZone, keepLanguage, offerZone, ownZone } from './wishes.ts';

/** Makes the page that the server wrote a live one. It reads well without; nothing here is needed before the first paint. */
async function start(): Promise<void> {
  if (keepLanguage() || leadToAskedUpdate()) return;
  const { lang, dataset } = document.documentElement;
  const { timeline: slug = '', zone = 'UTC', conflictZone = zone, today } = dataset;
  const saving = dataset['saving'] !== undefined || savesData();
  await readTables(lang);
  const messages = await messagesFor(lang);
  await turn();
  const formatsOf = (timeZone: string) => liveFormats(lang, timeZone);
  const contextOf = (date: string | null, formats: LiveFormats) => ({
    slug,
    language: lang,
    messages,
    formats,
    date,
    saving,
  });
  const ofConflict = contextOf(null, formatsOf(conflictZone));
  const announcer = new Announcer(messages, ofConflict.formats.list);
  const elsewhere = new Elsewhere(ofConflict);

  let formats = formatsOf(zone);
  let day: OpenDay | null = null;
  let markNew = (): void => undefined;
  const held = new HeldBack(messages, (updates, asked) => {
    if (day?.show(updates, asked)) page.fetchAgain();
  });
  const open = (): OpenPage => {
    formats = formatsOf(dataset['zone'] ?? zone);
    offerZone(() => page.fetchNow());
    offerShare();
    changed();
    markNew();
    const { update, date = '', subject = '', continued } = dataset;
    if (update !== undefined) return openUpdatePage(update);
    const context = contextOf(date, formats);
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
  await turn();
  const changed = sayLastChange(messages, () => formats);
  const copies = toCopies(slug);
  await turn();
  const page = new LivePage({
    slug,
    messages,
    announcer,
    held,
    open,
    changed,
    language: lang,
    live: () => copies((kept) => kept.live()),
    took: (changes) => copies((kept) => kept.took(changes)),
  });
  await turn();
  page.follow();
  await turn();
  if (saving) (await import('./images-on-tap.ts')).showImagesOnTap(ofConflict);
  if (isInAnotherZone()) page.fetchNow();
  if (today) onNewDay(today, ofConflict, (number) => elsewhere.newDay(number));
  await turn();
  if (dataset['day'] !== undefined)
    markNew = catchUp({ slug, day: dataset['day'], messages, formats: formatsOf(ownZone()) });
  if (find('[data-replies]')) (await import('./open-replies.ts')).followReplies();
}

/** The rest in a task of its own: a reader who scrolls or taps meanwhile does not wait for all of it. */
const turn = (): Promise<void> => new Promise((go) => setTimeout(go));

/** What keeps copies of the page is loaded when there is something to tell it; not every browser has it. */
function toCopies(slug: string): (tell: (copies: Copies) => void) => void {
  let loading: Promise<Copies> | undefined;
  return (tell) => {
    if (!('serviceWorker' in navigator)) return;
    loading ??= import('./copies.ts').then((module) => new module.Copies(slug));
    loading.then(tell, (error) => {
      loading = undefined;
      console.warn(error);
    });
  };
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
