import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { limits } from '../../../../shared/limits.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import type { Update } from '../../../../shared/update.ts';
import type { Refusal } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { FormProblem, TextField } from '../../components/field.tsx';
import { toast } from '../../components/toast.tsx';
import { differing, type Form, formOf, patchOf } from '../composer/form.ts';
import { UpdateFields } from '../composer/update-fields.tsx';
import { forgetLocally, holdLocally, keepLocally, type LocalDraft, localDraft } from '../drafts/local-drafts.ts';
import { updatePorts } from '../drafts/update-ports.ts';
import { draftOf } from '../drafts/use-draft-session.ts';
import { MergeDialog } from '../merge/merge-dialog.tsx';
import { serverNow } from '../server-clock.ts';

interface EditUpdateProps {
  update: Update;
  /** An earlier wording to go on from; null: as it stands. */
  form: Form | null;
  timeline: Timeline;
  actor: string;
  mayPin: boolean;
  knownTags: readonly string[];
  onDone: () => void;
}

/** Edits what readers see already: silently, or as a correction with a note that they see. */
export function EditUpdate({ update, form, timeline, actor, mayPin, knownTags, onDone }: EditUpdateProps) {
  const [draft, setDraft] = useState<LocalDraft>(() => draftOf(update, actor, timeline, form ?? undefined));
  const [note, setNote] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Refusal | null>(null);
  const [conflict, setConflict] = useState<Update | null>(null);
  const [areImagesComplete, setImagesComplete] = useState(true);
  const sheet = useRef<HTMLFormElement>(null);
  // Whoever opened it wants to write, also without a mouse.
  useLayoutEffect(() => sheet.current?.querySelector<HTMLElement>('.headline')?.focus(), []);
  const keptDraft = useKept(draft, form === null, setDraft);
  const { of } = draft;
  if (!of) throw new Error('an edit is of an update');
  const isChanged = areImagesComplete && differing(of.base, draft.form).length > 0;
  const isStale = update.revision > of.revision && !conflict;

  const save = async (correction: string | null): Promise<void> => {
    const patch = patchOf(of.base, draft.form, timeline, serverNow());
    if (!patch || isBusy) return;
    setBusy(true);
    setProblem(null);
    const answer = await updatePorts(timeline.slug).revise(of.id, of.revision, {
      ...patch,
      ...(correction === null ? {} : { correction }),
    });
    setBusy(false);
    const current = !answer.ok && answer.problem.code === 'stale-revision' ? (answer.problem.current as Update) : null;
    if (answer.ok || (current && isWhatWasSent(current, draft.form, correction, timeline))) {
      await forgetLocally(draft.id);
      toast(correction === null ? 'Saved.' : 'The correction is published.');
      onDone();
    } else if (current) setConflict(current);
    else setProblem(answer.problem);
  };
  const leave = async (): Promise<void> => {
    await forgetLocally(draft.id);
    onDone();
  };

  return (
    <form
      ref={sheet}
      class="edit-update"
      aria-label="Edit this update"
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) void save(note.trim() === '' ? null : note.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && isChanged) {
          event.preventDefault();
          void save(note.trim() === '' ? null : note.trim());
        }
      }}
    >
      {isStale && (
        <p class="notice" role="alert">
          Somebody has changed this update while you edit it.{' '}
          <Button onClick={() => setConflict(update)}>Look at both versions</Button>
        </p>
      )}
      {keptDraft}
      <UpdateFields
        key={`${draft.id}-${of.revision}`}
        form={draft.form}
        timeline={timeline}
        problem={problem}
        mayPin={mayPin}
        knownTags={knownTags}
        onImagesComplete={setImagesComplete}
        onForm={(change) => setDraft((before) => ({ ...before, form: { ...before.form, ...change } }))}
      />
      <TextField
        label="Correction note, for readers"
        name="correction"
        optional
        hint="With a note the edit is a public correction. Without one it is a minor edit: the page says “updated”."
        maxLength={limits.reasonCharacters}
        problem={problem}
        value={note}
        onValue={setNote}
      />
      <FormProblem problem={problem} />
      <div class="actions">
        <Button onClick={() => void leave()}>Cancel</Button>
        <Button type="submit" look="main" busy={isBusy} disabled={!isChanged}>
          {note.trim() === '' ? 'Save as a minor edit' : 'Publish the correction'}
        </Button>
      </div>
      {conflict && (
        <MergeDialog
          base={of.base}
          mine={draft.form}
          theirs={conflict}
          timeline={timeline}
          onMerged={(merged) => {
            setDraft(draftOf(conflict, actor, timeline, merged));
            setConflict(null);
          }}
        />
      )}
    </form>
  );
}

/** The answer to an earlier attempt was lost on the way: it was saved all the same, and there is nothing to merge. */
const isWhatWasSent = (current: Update, form: Form, correction: string | null, { timeZone }: Timeline): boolean =>
  differing(formOf(current, timeZone), form).length === 0 &&
  (correction === null || current.correction?.note === correction);

/** Keeps the edit in the browser from one keystroke to the next; brings back what a closed window left, and says so. */
function useKept(draft: LocalDraft, mayBringBack: boolean, bringBack: (draft: LocalDraft) => void) {
  const [isBroughtBack, setBroughtBack] = useState(false);
  const isReady = useRef(false);
  const { id, of } = draft;
  // once, when it is opened
  useEffect(() => {
    const release = holdLocally(id);
    void localDraft(id).then((kept) => {
      isReady.current = true;
      if (!kept?.of || !mayBringBack || differing(kept.of.base, kept.form).length === 0) return;
      setBroughtBack(true);
      bringBack(kept);
    }, console.warn);
    return release;
  }, [id]);
  useEffect(() => {
    if (!isReady.current || !of || differing(of.base, draft.form).length === 0) return;
    const timer = setTimeout(() => void keepLocally(draft), 250);
    return () => clearTimeout(timer);
  }, [draft, of]);
  return isBroughtBack && <p class="notice">What you had begun to change here earlier is back.</p>;
}
