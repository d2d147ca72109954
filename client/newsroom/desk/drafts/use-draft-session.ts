import { useEffect, useRef, useState } from 'preact/hooks';
import type { Timeline } from '../../../../shared/timeline.ts';
import type { Update } from '../../../../shared/update.ts';
import { emptyForm, type Form, formOf } from '../composer/form.ts';
import { serverNow } from '../server-clock.ts';
import { type DraftPorts, DraftSession, type DraftState } from './draft-session.ts';
import { forgetLocally, holdLocally, keepLocally, type LocalDraft, leftBehind } from './local-drafts.ts';
import { updatePorts } from './update-ports.ts';

export interface Writing {
  state: DraftState;
  change: (change: Partial<Form>) => void;
  session: DraftSession;
  /** Goes on with another text; the one at hand stays where it is saved. */
  open: (draft: LocalDraft) => Promise<void>;
  /** Begins with an empty sheet; what was at hand is forgotten here. */
  clear: () => Promise<void>;
}

export interface WritingParts {
  actor: string;
  byline: string;
  timeline: Timeline;
}

/** What the composer writes into: a text that a closed window left behind, or an empty sheet. Null until that is known. */
export function useDraftSession({ actor, byline, timeline }: WritingParts): Writing | null {
  const [state, setState] = useState<DraftState | null>(null);
  const session = useRef<DraftSession | null>(null);
  const release = useRef<() => void>(() => undefined);

  const begin = (draft: LocalDraft): void => {
    session.current?.close();
    release.current();
    release.current = holdLocally(draft.id);
    const ports: DraftPorts = { ...updatePorts(timeline.slug), keep: keepLocally, now: serverNow, onChange: setState };
    session.current = new DraftSession(draft, timeline, ports);
    setState(session.current.state);
  };
  const sheet = (): LocalDraft => ({
    id: crypto.randomUUID(),
    actor,
    timeline: timeline.slug,
    savedAt: new Date(serverNow()).toISOString(),
    form: emptyForm(timeline.language, byline),
    of: null,
  });

  // another person or timeline begins anew, a revised timeline does not
  useEffect(() => {
    let isWanted = true;
    leftBehind(actor, timeline.slug).then(
      ([left]) => isWanted && begin(left ?? sheet()),
      (error: unknown) => {
        console.warn(error); // no IndexedDB (a private window): the server’s copy has to do
        if (isWanted) begin(sheet());
      },
    );
    const saveBeforeLeaving = (): void => {
      if (document.visibilityState === 'hidden') void session.current?.save();
    };
    document.addEventListener('visibilitychange', saveBeforeLeaving);
    return () => {
      isWanted = false;
      document.removeEventListener('visibilitychange', saveBeforeLeaving);
      session.current?.close();
      release.current();
    };
  }, [actor, timeline.slug]);

  const current = session.current;
  if (!state || !current) return null;
  return {
    state,
    session: current,
    change: (change) => current.change(change),
    open: async (draft) => {
      await current.save();
      begin(draft);
    },
    clear: async () => {
      const { id } = current.state.draft;
      current.close();
      await forgetLocally(id);
      begin(sheet());
    },
  };
}

/** A server’s draft, or a published update, as something to be written on. */
export function draftOf(update: Update, actor: string, timeline: Timeline, form?: Form): LocalDraft {
  const base = formOf(update, timeline.timeZone);
  const isDraft = update.status === 'draft' || update.status === 'scheduled';
  return {
    id: `${actor}-${update.id}`,
    actor,
    timeline: timeline.slug,
    savedAt: new Date(serverNow()).toISOString(),
    form: form ?? base,
    of: { id: update.id, revision: update.revision, base, isDraft },
  };
}
