import { Download, Star, StarOff, Tag, Undo2, X } from 'lucide';
import { useState } from 'preact/hooks';
import type { BulkChange } from '../../../shared/back-office.ts';
import type { StaffUpdate } from '../../../shared/staff-update.ts';
import { Button } from '../components/button.tsx';
import { FormDialog } from '../components/dialog.tsx';
import { TextArea, TextField } from '../components/field.tsx';
import { hasAuthority, usePerson } from '../session/session.tsx';
import { changeMany, type ManyChanged } from './change-many.ts';
import { csvOf } from './csv.ts';

interface BulkBarProps {
  slug: string;
  rows: readonly StaffUpdate[];
  onDone: () => void;
  onClear: () => void;
}

type Asking = 'tag' | 'untag' | 'retract';

/** What can be done with all that is selected. It says what became of each. */
export function BulkBar({ slug, rows, onDone, onClear }: BulkBarProps) {
  const isEditor = hasAuthority(usePerson(), 'editor', slug);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [result, setResult] = useState<ManyChanged | null>(null);
  const run = async (change: BulkChange): Promise<void> => {
    setAsking(null);
    setResult(null);
    setProgress(0);
    const changed = await changeMany(slug, change, rows, setProgress);
    setProgress(null);
    setResult(changed);
    onDone();
    if (changed.refused.length === 0 && changed.problem === null) onClear();
  };
  const download = (): void => {
    const address = URL.createObjectURL(new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' }));
    const link = Object.assign(document.createElement('a'), { href: address, download: `${slug}-updates.csv` });
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <>
      {rows.length > 0 && (
        <div class="bulk-bar" role="toolbar" aria-label="With what is selected">
          <strong>{rows.length} selected</strong>
          <Button icon={Tag} disabled={progress !== null} onClick={() => setAsking('tag')}>
            Tag
          </Button>
          <Button disabled={progress !== null} onClick={() => setAsking('untag')}>
            Take a tag off
          </Button>
          <Button icon={Star} disabled={progress !== null} onClick={() => void run({ kind: 'flag' })}>
            Flag as key
          </Button>
          <Button icon={StarOff} disabled={progress !== null} onClick={() => void run({ kind: 'unflag' })}>
            Take the flag off
          </Button>
          {isEditor && (
            <Button icon={Undo2} look="danger" disabled={progress !== null} onClick={() => setAsking('retract')}>
              Retract
            </Button>
          )}
          <Button icon={Download} onClick={download}>
            CSV
          </Button>
          <Button icon={X} look="quiet" onClick={onClear}>
            Clear
          </Button>
        </div>
      )}
      <div role="status">
        {progress !== null && (
          <p>
            <progress max={rows.length} value={progress} aria-label="Progress" /> {progress} of {rows.length}
          </p>
        )}
        {result && <Outcome result={result} />}
      </div>
      {asking && (
        <AskDialog
          asking={asking}
          count={rows.length}
          onRun={(change) => void run(change)}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}

function Outcome({ result: { done, refused, problem } }: { result: ManyChanged }) {
  return (
    <div class={refused.length > 0 || problem ? 'notice' : 'soft'}>
      <p>
        {done} done{refused.length > 0 ? `, ${refused.length} refused:` : '.'}
        {problem && ` It ended there: ${problem.detail}`}
      </p>
      <ul>
        {refused.map(({ headline, detail }, at) => (
          <li key={at}>
            <span dir="auto">{headline}</span>: {detail}
          </li>
        ))}
      </ul>
    </div>
  );
}

const titles: Record<Asking, string> = { tag: 'Tag', untag: 'Take a tag off', retract: 'Retract' };

interface AskDialogProps {
  asking: Asking;
  count: number;
  onRun: (change: BulkChange) => void;
  onClose: () => void;
}

function AskDialog({ asking, count, onRun, onClose }: AskDialogProps) {
  const [text, setText] = useState('');
  const value = text.trim();
  const change: BulkChange = asking === 'retract' ? { kind: 'retract', reason: value } : { kind: asking, tag: value };
  return (
    <FormDialog
      title={`${titles[asking]}: ${count === 1 ? 'one update' : `${count} updates`}`}
      action={titles[asking]}
      danger={asking === 'retract'}
      disabled={value === ''}
      onSubmit={() => onRun(change)}
      onClose={onClose}
    >
      {asking === 'retract' ? (
        <TextArea
          label="Reason, shown to readers with each"
          name="reason"
          value={text}
          onValue={setText}
          hint="They stay on their pages, marked as retracted. It cannot be undone."
        />
      ) : (
        <TextField label="Tag" name="tag" value={text} onValue={setText} />
      )}
    </FormDialog>
  );
}
