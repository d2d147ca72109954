import { useEffect, useRef, useState } from 'preact/hooks';
import { dayNumber } from '../../../../shared/conflict-day.ts';
import { directionOf } from '../../../../shared/i18n/direction.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import type { Update } from '../../../../shared/update.ts';
import { updateArticle } from '../../../../shared/view/update.ts';
import { Dialog } from '../../components/dialog.tsx';
import { landing } from '../composer/event-time.ts';
import { type Form, inputOf } from '../composer/form.ts';
import { wallAt } from '../composer/wall-clock.ts';
import { serverNow } from '../server-clock.ts';
import { readerDocumentStyle } from './reader-style.ts';
import { useViewContext } from './view-context.ts';

interface PreviewDialogProps {
  form: Form;
  timeline: Timeline;
  onClose: () => void;
}

/** The update as it will stand on the reader’s page, on a phone or a desk, by day or by night. */
export function PreviewDialog({ form, timeline, onClose }: PreviewDialogProps) {
  const [width, setWidth] = useState<'phone' | 'desk'>('phone');
  const [light, setLight] = useState<'light' | 'dark'>('light');
  const frame = useRef<HTMLIFrameElement>(null);
  const update = previewOf(form, timeline, serverNow());
  const context = useViewContext(timeline, update.date);
  const text = context && updateArticle(update, context).text;

  useEffect(() => {
    const shown = frame.current?.contentDocument;
    const Sheet = shown?.defaultView?.CSSStyleSheet;
    if (!shown || !Sheet || !text) return;
    const sheet = new Sheet();
    sheet.replaceSync(readerDocumentStyle(light));
    shown.adoptedStyleSheets = [sheet];
    shown.documentElement.lang = timeline.language;
    shown.documentElement.dir = directionOf(timeline.language);
    shown.body.innerHTML = `<main><section id="updates">${text}</section></main>`;
  }, [text, light, timeline.language]);

  const choice = <T extends string>(value: T, chosen: T, label: string, choose: (value: T) => void) => (
    <button type="button" class="button plain" aria-pressed={value === chosen} onClick={() => choose(value)}>
      {label}
    </button>
  );
  return (
    <Dialog title="Preview" width="wide" onClose={onClose}>
      <div class="row">
        {choice('phone', width, 'Phone', setWidth)}
        {choice('desk', width, 'Desk', setWidth)}
        {choice('light', light, 'Light', setLight)}
        {choice('dark', light, 'Dark', setLight)}
      </div>
      <iframe ref={frame} class={`preview ${width}`} title="The update as readers see it" sandbox="allow-same-origin" />
    </Dialog>
  );
}

function previewOf(form: Form, timeline: Timeline, now: number): Update {
  const landed = landing(form.when, timeline, now);
  const date = landed.ok ? landed.date : wallAt(now, timeline.timeZone).date;
  const input = inputOf(landed.ok ? form : { ...form, when: { kind: 'now' } }, timeline, now);
  const instant = new Date(now).toISOString();
  return {
    ...(input as Omit<Update, 'id'>),
    id: 'preview',
    timeline: timeline.slug,
    day: dayNumber(timeline.dayOne, date),
    date,
    occurredAt: landed.ok && landed.occurredAt.length > 10 ? landed.occurredAt : instant,
    images: form.images,
    status: 'published',
    publishedAt: instant,
    revisedAt: null,
    revision: 1,
    correction: null,
    retraction: null,
    url: '#',
  };
}
