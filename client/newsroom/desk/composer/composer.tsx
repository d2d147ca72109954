import { Eye, FilePlus2, Trash2 } from 'lucide';
import type { Ref } from 'preact';
import { useState } from 'preact/hooks';
import type { Settings } from '../../../../shared/settings.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { FormProblem } from '../../components/field.tsx';
import { toast } from '../../components/toast.tsx';
import { isAtLeast, type Role } from '../../role.ts';
import { postingOf, type Release } from '../drafts/publication.ts';
import type { Writing } from '../drafts/use-draft-session.ts';
import { MergeDialog } from '../merge/merge-dialog.tsx';
import type { Attempt, Posting } from '../outbox/posting.ts';
import { PreviewDialog } from '../preview/preview-dialog.tsx';
import { serverNow } from '../server-clock.ts';
import { landing } from './event-time.ts';
import { isBlank } from './form.ts';
import { ReleaseMenu } from './release-menu.tsx';
import { SavingState } from './saving-state.tsx';
import { UpdateFields } from './update-fields.tsx';

interface ComposerProps {
  writing: Writing;
  timeline: Timeline;
  settings: Settings;
  role: Role;
  knownTags: readonly string[];
  formRef: Ref<HTMLFormElement>;
  /** Publishes; resolves with what became of the first attempt. */
  post: (posting: Posting) => Promise<Attempt<unknown>['kind']>;
  /** Takes back what could not be published, with the reason. */
  takeBack: (key: string) => Promise<Posting | null>;
  onDiscard: (id: string) => Promise<void>;
  /** It is on its way: the sheet is empty again. */
  onPosted: () => void;
}

/** The sheet on top of the day. Whatever is typed is kept at once; what it says at the bottom is where it is safe. */
export function Composer(props: ComposerProps) {
  const { writing, timeline, settings, role, knownTags, formRef, onDiscard } = props;
  const { state, change, session, clear } = writing;
  const { draft, conflict } = state;
  const { form } = draft;
  const { publish, isBusy, problem } = usePublication(props);
  const [dialog, setDialog] = useState<'preview' | 'discard' | null>(null);
  const [isComplete, setComplete] = useState(true);
  const isBlocked = !isComplete || isBlank(form) || isBusy || !landing(form.when, timeline, serverNow()).ok;
  const asks = settings.approval && !isAtLeast(role, 'editor');
  const discard = async (): Promise<void> => {
    setDialog(null);
    session.close();
    await session.settled();
    if (session.state.draft.of) await onDiscard(session.state.draft.of.id);
    await clear();
  };
  return (
    <form
      ref={formRef}
      class="composer panel"
      aria-label="New update"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBlocked && !settings.hold) void publish({ kind: 'now' });
      }}
      onKeyDown={(event) => {
        const withControl = event.ctrlKey || event.metaKey;
        if (!withControl) return;
        if (event.key === 'Enter' && !isBlocked && !settings.hold) void publish({ kind: 'now' });
        else if (event.key.toLowerCase() === 's') void session.save();
        else if (event.key.toLowerCase() === 'p' && event.shiftKey) setDialog('preview');
        else return;
        event.preventDefault();
      }}
    >
      <UpdateFields
        key={state.sheet}
        form={form}
        timeline={timeline}
        problem={problem ?? state.problem}
        mayPin={isAtLeast(role, 'editor')}
        knownTags={knownTags}
        onForm={change}
        onImagesComplete={setComplete}
      />
      <FormProblem problem={problem ?? (state.saving === 'refused' ? state.problem : null)} />
      <div class="composer-foot">
        <SavingState state={state} />
        <div class="actions">
          <IconButton
            icon={Trash2}
            label="Throw away"
            disabled={isBlank(form) && !draft.of}
            onClick={() => setDialog('discard')}
          />
          <IconButton
            icon={FilePlus2}
            label="Keep as a draft and begin another"
            disabled={isBlank(form)}
            onClick={() => void beginAnother(writing)}
          />
          <IconButton
            icon={Eye}
            label="Preview"
            aria-keyshortcuts="Control+Shift+P"
            disabled={isBlank(form)}
            onClick={() => setDialog('preview')}
          />
          <ReleaseMenu timeline={timeline} disabled={isBlocked} onRelease={(release) => void publish(release)} />
          <Button
            type="submit"
            look="main"
            busy={isBusy}
            disabled={isBlocked || settings.hold}
            aria-keyshortcuts="Control+Enter"
            title={settings.hold ? 'Publication is on hold' : 'Ctrl+Enter'}
          >
            {asks ? 'Submit for approval' : 'Publish'}
          </Button>
        </div>
      </div>
      {dialog === 'preview' && <PreviewDialog form={form} timeline={timeline} onClose={() => setDialog(null)} />}
      {dialog === 'discard' && (
        <ConfirmDialog
          title="Throw this away?"
          action="Throw away"
          danger
          onConfirm={() => void discard()}
          onClose={() => setDialog(null)}
        >
          <p>The text is deleted here and on the server.</p>
        </ConfirmDialog>
      )}
      {conflict && draft.of && (
        <MergeDialog
          base={draft.of.base}
          mine={form}
          theirs={conflict}
          timeline={timeline}
          onMerged={(merged) => session.resolve(merged, conflict)}
        />
      )}
    </form>
  );
}

/** The text at hand stays among the drafts; where it can’t get there it stays here. */
async function beginAnother({ session, clear }: Writing): Promise<void> {
  await session.save();
  if (session.state.saving === 'saved') await clear();
  else toast({ text: 'It could not be saved on the server yet: it stays here.', isFault: true });
}

/** Hands what is written to the outbox. What is refused comes back into the sheet, with the reason. */
function usePublication({ writing, timeline, post, takeBack, onPosted }: ComposerProps) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Posting['problem']>(null);
  const publish = async (release: Release): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    const { session, clear } = writing;
    try {
      await session.pause();
      const posting = postingOf(session.state.draft, timeline, release, serverNow());
      if (!posting) return;
      const outcome = await post(posting);
      if (outcome !== 'refused') {
        await clear();
        onPosted();
        return;
      }
      const refused = await takeBack(posting.key);
      if (refused?.problem?.code === 'stale-revision') session.overtaken(refused.problem.current as never);
      else setProblem(refused?.problem ?? null);
    } finally {
      session.goOn();
      setBusy(false);
    }
  };
  return { publish, isBusy, problem };
}
