import { useCallback, useEffect, useMemo, useRef } from 'preact/hooks';
import { dayNumber } from '../../../shared/conflict-day.ts';
import { isPublic } from '../../../shared/day.ts';
import { live as words } from '../../../shared/i18n/en.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { DeskStart, StaffUpdate } from '../../../shared/staff-update.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import type { Update, UpdatePatch } from '../../../shared/update.ts';
import { patch, remove } from '../api.ts';
import { toast } from '../components/toast.tsx';
import { navigate, usePlace } from '../navigation.ts';
import { isAtLeast } from '../role.ts';
import { Composer } from './composer/composer.tsx';
import { useMinute } from './composer/time-field.tsx';
import { wallAt } from './composer/wall-clock.ts';
import { DayList } from './day/day-list.tsx';
import { mayOpen, useAskedUpdate } from './day/use-asked-update.ts';
import { useLiveDay } from './day/use-live-day.ts';
import { DeskHead } from './desk-head.tsx';
import { draftOf, useDraftSession } from './drafts/use-draft-session.ts';
import { HoldBanner } from './hold-bar.tsx';
import { OutboxList } from './outbox/outbox-list.tsx';
import { useOutbox } from './outbox/use-outbox.ts';
import { usePresence } from './presence/use-presence.ts';
import { QueuePanels } from './queue/queue-panels.tsx';
import { useDrafts } from './queue/use-drafts.ts';
import { compareClocks } from './server-clock.ts';

export type Me = DeskStart['you'];

export interface DeskProps {
  me: Me;
  timeline: Timeline;
  settings: Settings;
  onSettings: (settings: Settings) => void;
  /** Reads timeline and settings again. */
  reload: () => void;
}

export function Desk({ me, timeline, settings, onSettings, reload }: DeskProps) {
  const { slug } = timeline;
  const isEditor = isAtLeast(me.role, 'editor');
  const asked = useAskedUpdate(slug);
  const number = useDayNumber(timeline, asked.update?.update.day ?? null);
  const lists = useDrafts(slug);
  const readAgain = (): void => {
    lists.resource.reload();
    reload();
  };
  const presence = usePresence(slug, readAgain);
  const title = words.summaryTitle(number, timeline.subject);
  const day = useLiveDay(slug, number, title, (change) => {
    if (change.type === 'timeline.revised') reload();
    asked.take(change);
  });
  const writing = useDraftSession({ actor: me.id, byline: '', timeline });
  const { outbox, postings } = useOutbox(me.id, slug, (update) => toast(saidOf(update)));
  const form = useRef<HTMLFormElement>(null);
  const write = useCallback(() => form.current?.querySelector<HTMLElement>('.headline')?.focus(), []);
  useEffect(() => void compareClocks(), []);

  const openDraft = writing?.state.draft.of?.id ?? null;
  useEffect(() => presence.edit(openDraft), [openDraft, presence.edit]);
  const knownTags = useMemo(() => tagsOf(day.view?.updates ?? [], lists), [day.view, lists.resource.value]);
  const open = (draft: StaffUpdate): void => {
    void writing?.open(draftOf(draft.update, me.id, timeline)).then(write);
    form.current?.scrollIntoView({ block: 'start' });
  };
  // What is not public yet is in no day: it is opened where it is written.
  const askedDraft =
    asked.update && !isPublic(asked.update.update) && mayOpen(asked.update, me.id, isEditor) ? asked.update : null;
  const isReady = writing !== null;
  useEffect(() => {
    if (!askedDraft || !isReady) return;
    open(askedDraft);
    navigate(`/newsroom/${slug}?day=${askedDraft.update.day}`, { replace: true });
  }, [askedDraft, isReady]);
  const takeBack = async (key: string): Promise<void> => {
    const posting = await outbox.take(key);
    if (!posting || !writing) return;
    const { send, form: written } = posting;
    const of = send.kind === 'draft' ? { id: send.id, revision: send.revision, base: send.base, isDraft: true } : null;
    const creating = send.kind === 'create' ? { input: send.input, form: written } : null;
    await writing.open({ ...writing.state.draft, id: key.replace(/-publish$/, ''), form: written, of, creating });
    write();
  };
  const revise = async (update: Update, change: UpdatePatch): Promise<void> => {
    const answer = await patch(`/timelines/${slug}/updates/${update.id}`, change, { ifMatch: update.revision });
    if (!answer.ok) toast({ text: answer.problem.detail, isFault: true });
  };

  return (
    <div class="desk">
      <DeskHead
        me={me}
        timeline={timeline}
        settings={settings}
        number={number}
        view={day.view}
        connection={day.connection}
        others={presence.others}
        onSettings={onSettings}
        onWrite={write}
      />
      <HoldBanner slug={slug} settings={settings} isEditor={isEditor} onSettings={onSettings} />
      <div class="desk-columns">
        <div class="desk-main">
          {writing && timeline.status !== 'ended' && (
            <Composer
              writing={writing}
              timeline={timeline}
              settings={settings}
              role={me.role}
              knownTags={knownTags}
              formRef={form}
              post={(posting) => outbox.add(posting)}
              takeBack={(key) => outbox.take(key)}
              onPosted={() => matchMedia('(hover: hover)').matches && write()}
              onDiscard={async (id) => {
                const answer = await remove(`/timelines/${slug}/drafts/${id}`);
                if (!answer.ok) toast({ text: answer.problem.detail, isFault: true });
              }}
            />
          )}
          <OutboxList postings={postings} onTake={(key) => void takeBack(key)} onRetry={() => void outbox.flush()} />
          <DayList
            day={day}
            asked={asked.update}
            timeline={timeline}
            others={presence.others}
            actor={me.id}
            isEditor={isEditor}
            mayEdit={() => isEditor || !settings.approval}
            knownTags={knownTags}
            onEditing={(update) => presence.edit(update ?? openDraft)}
            revise={revise}
          />
        </div>
        <aside class="desk-side" aria-label="What waits">
          <QueuePanels
            lists={lists}
            timeline={timeline}
            me={me.id}
            isEditor={isEditor}
            isOnHold={settings.hold}
            others={presence.others}
            openId={openDraft}
            onOpen={open}
          />
        </aside>
      </div>
    </div>
  );
}

/** The day of the update that the address names, or the day that it names, or today as the conflict’s clocks have it, across midnight too. */
function useDayNumber({ dayOne, timeZone, today, status }: Timeline, ofAsked: number | null): number {
  const { query } = usePlace();
  const now = useMinute();
  const asked = Number(query.get('day'));
  if (ofAsked !== null) return ofAsked;
  if (Number.isInteger(asked) && asked >= 1) return asked;
  return status === 'ended' ? today.day : dayNumber(dayOne, wallAt(now, timeZone).date);
}

function saidOf({ status, publishedAt }: Update): string {
  if (status === 'scheduled') return 'It is scheduled. Until it goes out you can cancel it.';
  return publishedAt === null ? 'It waits for an editor’s approval.' : 'It is published.';
}

function tagsOf(updates: readonly Update[], { submitted, scheduled, drafts }: ReturnType<typeof useDrafts>): string[] {
  const all = [...updates, ...[...submitted, ...scheduled, ...drafts].map(({ update }) => update)];
  return [...new Set(all.flatMap(({ tags }) => tags))].sort();
}
