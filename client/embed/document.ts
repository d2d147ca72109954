import { messagesFor } from '../reader/language.ts';
import { EmbedLive } from './embed-live.ts';
import { loadView } from './load-view.ts';
import { join } from './shared-feed.ts';
import { tellHeight } from './tell-height.ts';

/** Makes the document of a frame a live one. It reads well without. */
async function start(): Promise<void> {
  const root = document.documentElement;
  const { timeline = '', position = '', embed = '' } = root.dataset;
  const language = root.lang;
  const box = document.querySelector<HTMLElement>('.daymark');
  if (!box) return;
  const live = new EmbedLive({
    box,
    scroller: root,
    messages: await messagesFor(language),
    language,
    position,
    view: null,
    load: () => loadView(location.origin, timeline, new URLSearchParams(embed)),
    tell: () => undefined,
  });
  join(location.href, timeline, live);
}

tellHeight();
const againMs = 10_000;
const startUntilDone = (): void => {
  start().catch((error) => {
    console.warn(error);
    setTimeout(startUntilDone, againMs);
  });
};
startUntilDone();
