import { useEffect, useRef, useState } from 'preact/hooks';
import type { Section, Summary } from '../../../shared/summary.ts';
import { put, type Refusal } from '../api.ts';
import { toast } from '../components/toast.tsx';
import type { DayRecord } from './day-record.ts';
import { type Draft, draftOf, draftOfKeys, isSame, sectionsOf } from './draft.ts';
import { dropDraft, keepDraft, keptDraft } from './kept-draft.ts';

/** What somebody else has published meanwhile. */
export interface Theirs {
  revision: number;
  sections: readonly Section[];
}

export interface SummaryWork {
  draft: Draft;
  change: (next: Draft | ((before: Draft) => Draft)) => void;
  /** When the work that was found here at the start was left; null: there was none. */
  restoredFrom: string | null;
  isChanged: boolean;
  isBusy: boolean;
  problem: Refusal | null;
  theirs: Theirs | null;
  publish: () => Promise<void>;
  /** Back to what is published. */
  discard: () => void;
  /** What they published has been seen: what is published next stands on it. */
  acceptTheirs: () => void;
}

const isWritten = ({ versions: [latest] }: DayRecord): boolean => (latest?.sections.length ?? 0) > 0;

/** What the page begins with: what is published, or the day’s key developments. */
const publishedOf = (record: DayRecord): Draft =>
  isWritten(record) ? draftOf(record.versions[0]?.sections ?? []) : draftOfKeys(record.updates);

/** The work on one summary: kept in this browser at every key, published over the revision that it is based on. */
export function useSummary(record: DayRecord, onPublished: () => void): SummaryWork {
  const { timeline, view, versions } = record;
  const { slug } = timeline;
  const head = versions[0]?.revision ?? 0;
  const [kept] = useState(() => keptDraft(slug, view.day));
  const [published, setPublished] = useState(() => publishedOf(record));
  const [base, setBase] = useState(kept?.base ?? head);
  const [draft, setDraft] = useState(kept?.draft ?? published);
  const [restoredFrom, setRestored] = useState(kept?.at ?? null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Refusal | null>(null);
  const [refused, setRefused] = useState<Theirs | null>(null);
  const isChanged = !isSame(draft, published);
  const seen = useRef(head);

  // The page is read again when somebody comes back to it: untouched, it follows what is published.
  useEffect(() => {
    if (seen.current === head && versions.length > 0) return;
    seen.current = head;
    const next = publishedOf(record);
    if (!isChanged) {
      setDraft(next);
      setBase(head);
    }
    setPublished(next);
  }, [record]);

  useEffect(() => {
    if (!isChanged) dropDraft(slug, view.day);
    else if (!keepDraft(slug, view.day, { base, draft, at: new Date().toISOString() }))
      toast({ text: 'This browser keeps nothing: publish before you leave the page.', isFault: true });
  }, [draft, base, isChanged]);

  const latest = versions[0];
  const newer = head > base && latest ? { revision: head, sections: latest.sections } : null;
  const theirs = refused && refused.revision > base ? refused : newer;

  const publish = async (): Promise<void> => {
    setBusy(true);
    const body = { sections: sectionsOf(draft) };
    const answer = await put<Summary>(`/timelines/${slug}/days/${view.day}/summary`, body, { ifMatch: base });
    setBusy(false);
    setProblem(answer.ok || answer.problem.code === 'stale-revision' ? null : answer.problem);
    if (!answer.ok) {
      if (answer.problem.code !== 'stale-revision') return;
      const { revision, sections } = answer.problem.current as Summary;
      return setRefused({ revision, sections });
    }
    setRestored(null);
    setBase(answer.body.revision);
    setPublished(draft);
    seen.current = answer.body.revision;
    dropDraft(slug, view.day);
    toast('The summary is published.');
    onPublished();
  };

  return {
    draft,
    change: setDraft,
    restoredFrom,
    isChanged,
    isBusy,
    problem,
    theirs,
    publish,
    discard: () => {
      const next = publishedOf(record);
      setPublished(next);
      setDraft(next);
      setBase(head);
      setRestored(null);
    },
    acceptTheirs: () => setBase(theirs?.revision ?? head),
  };
}
