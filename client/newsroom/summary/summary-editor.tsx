import { History, Lightbulb, Plus, Send, Undo2 } from 'lucide';
import { useRef, useState } from 'preact/hooks';
import { isKeyDevelopment } from '../../../shared/day.ts';
import { propose } from '../../../shared/proposal/propose.ts';
import { headlineOf } from '../../../shared/text.ts';
import type { Update } from '../../../shared/update.ts';
import { Button } from '../components/button.tsx';
import { FormProblem } from '../components/field.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import { hasAuthority, usePerson } from '../session/session.tsx';
import type { DayRecord } from './day-record.ts';
import { DayUpdates } from './day-updates.tsx';
import {
  addPoint,
  addSection,
  citedBy,
  type Draft,
  draftOf,
  draftOfProposal,
  placeName,
  sectionsOf,
  tie,
} from './draft.ts';
import { SectionView } from './section-view.tsx';
import { StalePanel } from './stale-panel.tsx';
import { useSummary } from './use-summary.ts';
import { VersionsDialog } from './versions-dialog.tsx';

const usualHeadings = ['Fighting', 'Diplomacy', 'Humanitarian'];

/** The summary on one side, the day’s updates on the other: points come over by a key, a press, or by dragging. */
export function SummaryEditor({ record, onReload }: { record: DayRecord; onReload: () => void }) {
  const work = useSummary(record, onReload);
  const { draft, change } = work;
  const [said, say] = useState('');
  const [isProposal, setProposal] = useState(false);
  const [showsVersions, setShowsVersions] = useState(false);
  // The point that updates are tied to: the one that had the focus last.
  const active = useRef<string | null>(null);
  const { updates, versions, changes, view } = record;
  const isEditor = hasAuthority(usePerson(), 'editor', record.timeline.slug);
  const isWritten = (versions[0]?.sections.length ?? 0) > 0;
  const isEmpty = sectionsOf(draft).length === 0;

  const move = (key: string, next: (before: Draft) => Draft): void => {
    const moved = next(draft);
    change(moved);
    say(`Moved to ${placeName(moved, key)}.`);
  };
  const add = (update: Update, at: { section?: string; index?: number } = {}): void => {
    const added = addPoint(draft, { text: headlineOf(update), updates: [update.id] }, at);
    active.current = added.point.key;
    change(added.draft);
    say(`Added as ${placeName(added.draft, added.point.key)}.`);
  };
  const tieTo = (update: Update, key = active.current): void => {
    if (key !== null) change(tie(draft, key, update.id));
    say(key === null ? 'Choose a point first: go into its text.' : `Tied to point ${placeName(draft, key)}.`);
  };
  const proposeNow = (): void => {
    const proposed = propose(updates);
    change(draftOfProposal(proposed));
    setProposal(true);
    say(`${proposed.length} points are proposed.`);
  };

  return (
    <div class="summary-editor">
      <p class="unseen" role="status">
        {said}
      </p>
      <section class="summary-side" aria-label="Summary">
        {work.restoredFrom !== null && work.isChanged && (
          <p class="notice">
            Unpublished work from <RelativeTime at={work.restoredFrom} /> is here again.
          </p>
        )}
        {work.theirs && (
          <StalePanel theirs={work.theirs} work={work} onTake={(sections) => change(draftOf(sections))} />
        )}
        {!isWritten && !work.isChanged && <Beginning record={record} onPropose={proposeNow} />}
        {isProposal && work.isChanged && (
          <p class="notice proposal">
            <strong>A proposal</strong>, ranked from the wording of the day’s updates. Check every point: nothing is
            published until you publish it.
          </p>
        )}
        <datalist id="summary-headings">
          {[...new Set([...usualHeadings, ...record.headings])].map((heading) => (
            <option key={heading} value={heading} />
          ))}
        </datalist>
        {draft.map((section, index) => (
          <SectionView
            key={section.key}
            section={section}
            index={index}
            draft={draft}
            record={record}
            changes={isWritten ? changes : []}
            onChange={change}
            onMove={move}
            onActive={(key) => {
              active.current = key;
            }}
            onDropUpdate={(id, at) => {
              const update = updates.find((one) => one.id === id);
              if (update) add(update, at);
            }}
            onTieUpdate={(id, key) => {
              const update = updates.find((one) => one.id === id);
              if (update) tieTo(update, key);
            }}
          />
        ))}
        <div class="row">
          <Button icon={Plus} onClick={() => change(addSection(draft))}>
            Section
          </Button>
          <Button icon={Lightbulb} onClick={proposeNow} disabled={updates.length === 0 || (work.isChanged && !isEmpty)}>
            Propose points
          </Button>
          <Button icon={History} onClick={() => setShowsVersions(true)} disabled={versions.length === 0}>
            Earlier versions
          </Button>
        </div>
        <FormProblem problem={work.problem} />
        <div class="publish-bar">
          <p class="soft">{isEditor ? stateOf(work.isChanged, isWritten) : 'An editor publishes summaries.'}</p>
          <Button icon={Undo2} disabled={!work.isChanged} onClick={work.discard}>
            Discard
          </Button>
          <Button
            look="main"
            icon={Send}
            busy={work.isBusy}
            disabled={
              !isEditor ||
              work.theirs !== null ||
              (isEmpty ? !isWritten : isWritten && !work.isChanged && changes.length === 0)
            }
            onClick={() => void work.publish()}
          >
            {isEmpty && isWritten ? 'Publish without points' : 'Publish'}
          </Button>
        </div>
      </section>
      <DayUpdates
        updates={updates}
        cited={citedBy(draft)}
        view={view}
        timeline={record.timeline}
        onAdd={add}
        onTie={tieTo}
      />
      {showsVersions && (
        <VersionsDialog
          versions={versions}
          onClose={() => setShowsVersions(false)}
          onRestore={(sections) => {
            change(draftOf(sections));
            setShowsVersions(false);
            say('The earlier version is in the editor. Publish it to bring it back.');
          }}
        />
      )}
    </div>
  );
}

function stateOf(isChanged: boolean, isWritten: boolean): string {
  if (isChanged) return 'Not published yet. Kept in this browser.';
  return isWritten ? 'Published.' : 'Readers see the key developments.';
}

function Beginning({ record: { updates }, onPropose }: { record: DayRecord; onPropose: () => void }) {
  const keys = updates.filter(isKeyDevelopment).length;
  if (keys > 0)
    return (
      <p class="notice calm">
        No editor has written this summary yet. It begins with the day’s{' '}
        {keys === 1 ? 'key development' : `${keys} key developments`}, which is what readers see until then.
      </p>
    );
  return (
    <div class="notice calm">
      <p>No update of this day is flagged as a key development, so readers see no summary.</p>
      <Button icon={Lightbulb} onClick={onPropose} disabled={updates.length === 0}>
        Propose points
      </Button>
    </div>
  );
}
