import { Ban, Flag, History, Link, Pencil, Pin, Undo2 } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Present } from '../../../../shared/newsroom-protocol.ts';
import type { StaffUpdate } from '../../../../shared/staff-update.ts';
import { headlineOf } from '../../../../shared/text.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import type { Update, UpdatePatch } from '../../../../shared/update.ts';
import type { ViewContext } from '../../../../shared/view/context.ts';
import { get } from '../../api.ts';
import { Menu, type MenuItem } from '../../components/menu.tsx';
import { toast } from '../../components/toast.tsx';
import { navigate } from '../../navigation.ts';
import type { Form } from '../composer/form.ts';
import { HistoryDialog } from '../history/history-dialog.tsx';
import { editorsOf } from '../presence/use-presence.ts';
import { ReaderArticle } from '../preview/reader-article.tsx';
import { EditUpdate } from './edit-update.tsx';
import { RetractDialog, TakedownDialog } from './removal-dialogs.tsx';

export interface UpdateRowActions {
  actor: string;
  knownTags: readonly string[];
  /** Says to the others which update is being edited here. */
  onEditing: (update: string | null) => void;
  /** Saves a small change at once; the problem is told by it. */
  revise: (update: Update, patch: UpdatePatch) => Promise<void>;
}

interface UpdateRowProps extends UpdateRowActions {
  update: Update;
  timeline: Timeline;
  context: ViewContext;
  others: readonly Present[];
  mayEdit: boolean;
  isEditor: boolean;
  /** The address names it to be edited. */
  isAsked: boolean;
}

type Open = { kind: 'edit'; form: Form | null } | { kind: 'history' | 'retract' | 'takedown' } | null;

/** One update of the day and what can be done to it. */
export function UpdateRow(props: UpdateRowProps) {
  const { update, timeline, context, others, mayEdit, isEditor, isAsked, actor, knownTags } = props;
  const { onEditing, revise } = props;
  const [open, setOpen] = useState<Open>(null);
  const row = useRef<HTMLLIElement>(null);
  const editors = editorsOf(others, update.id);
  const title = headlineOf(update);
  const edit = async (): Promise<void> => {
    if (isEditor || (await isOwn(update, actor))) show({ kind: 'edit', form: null });
    else toast({ text: 'Its author or an editor can change this one.', isFault: true });
  };
  const isRetracted = update.status === 'retracted';
  const show = (next: Open): void => {
    setOpen(next);
    onEditing(next?.kind === 'edit' ? update.id : null);
  };
  useEffect(() => {
    if (isAsked && mayEdit) show({ kind: 'edit', form: null });
  }, [isAsked, mayEdit]);
  const items: MenuItem[] = [
    ...(mayEdit ? [{ label: 'Edit or correct', icon: Pencil, onSelect: () => void edit() }] : []),
    ...(mayEdit
      ? [
          {
            label: update.key ? 'Not a key development' : 'Key development',
            icon: Flag,
            onSelect: () => void revise(update, { key: !update.key }),
          },
        ]
      : []),
    ...(isEditor
      ? [
          {
            label: update.pinned ? 'Unpin' : 'Pin to the top',
            icon: Pin,
            onSelect: () => void revise(update, { pinned: !update.pinned }),
          },
        ]
      : []),
    { label: 'History', icon: History, onSelect: () => show({ kind: 'history' }) },
    { label: 'Copy link', icon: Link, onSelect: () => void copyLink(update) },
    ...(isEditor && !isRetracted
      ? [{ label: 'Retract …', icon: Undo2, danger: true, onSelect: () => show({ kind: 'retract' }) }]
      : []),
    ...(isEditor
      ? [{ label: 'Take down …', icon: Ban, danger: true, onSelect: () => show({ kind: 'takedown' }) }]
      : []),
  ];
  return (
    <li
      ref={row}
      class="update-row"
      id={`row-${update.id}`}
      tabIndex={-1}
      data-update={update.id}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === 'e' && mayEdit) void edit();
        else if (event.key === 'h') show({ kind: 'history' });
        else return;
        event.preventDefault();
      }}
    >
      {editors.length > 0 && (
        <p class="being-edited" role="status">
          {editors.join(', ')} {editors.length === 1 ? 'is' : 'are'} editing this
        </p>
      )}
      {open?.kind === 'edit' ? (
        <EditUpdate
          update={update}
          form={open.form}
          timeline={timeline}
          actor={actor}
          mayPin={isEditor}
          knownTags={knownTags}
          onDone={() => {
            if (isAsked) navigate(`/newsroom/${timeline.slug}?day=${update.day}`, { replace: true });
            show(null);
            row.current?.focus();
          }}
        />
      ) : (
        <div class="update-shown">
          <ReaderArticle update={update} context={context} />
          <Menu label={`Actions for “${title}”`} items={items} />
        </div>
      )}
      {open?.kind === 'history' && (
        <HistoryDialog
          update={update}
          timeline={timeline}
          mayRestore={mayEdit}
          onRestore={(form) => show({ kind: 'edit', form })}
          onClose={() => show(null)}
        />
      )}
      {open?.kind === 'retract' && <RetractDialog update={update} title={title} onClose={() => show(null)} />}
      {open?.kind === 'takedown' && <TakedownDialog update={update} title={title} onClose={() => show(null)} />}
    </li>
  );
}

/** Readers are not told who wrote an update, so its page does not know either. */
async function isOwn({ timeline, id }: Update, actor: string): Promise<boolean> {
  const answer = await get<StaffUpdate>(`/timelines/${timeline}/updates/${id}/staff`);
  return answer.ok && answer.body.author.id === actor;
}

async function copyLink({ url }: Update): Promise<void> {
  await navigator.clipboard.writeText(new URL(url, location.origin).href);
  toast('The link is copied.');
}
