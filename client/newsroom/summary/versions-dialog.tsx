import { useState } from 'preact/hooks';
import type { SummaryVersion } from '../../../shared/back-office.ts';
import type { Section } from '../../../shared/summary.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { RelativeTime } from '../components/relative-time.tsx';

interface VersionsDialogProps {
  /** Newest first. */
  versions: readonly SummaryVersion[];
  onRestore: (sections: readonly Section[]) => void;
  onClose: () => void;
}

/** All versions that were published, to look at and to bring back into the editor. */
export function VersionsDialog({ versions, onRestore, onClose }: VersionsDialogProps) {
  const [chosen, choose] = useState(versions[0]);
  if (!chosen) return null;
  return (
    <Dialog title="Versions of this summary" width="wide" onClose={onClose}>
      <div class="versions">
        <ul class="version-list" aria-label="Versions">
          {versions.map((version, at) => (
            <li key={version.revision}>
              <button type="button" aria-pressed={version === chosen} onClick={() => choose(version)}>
                <strong>{at === 0 ? 'Published now' : `Version ${version.revision}`}</strong>
                <RelativeTime at={version.revisedAt} />
              </button>
            </li>
          ))}
        </ul>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
        <section class="version" tabIndex={0} aria-label={`Version ${chosen.revision}`}>
          {chosen.sections.length === 0 && <p class="soft">Without points: readers saw the key developments.</p>}
          {chosen.sections.map(({ heading, points }, at) => (
            <div key={at}>
              {heading && <h3 dir="auto">{heading}</h3>}
              <ul>
                {points.map(({ text }, index) => (
                  <li key={index} dir="auto">
                    {text}
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </section>
      </div>
      <div class="actions">
        <Button onClick={onClose}>Close</Button>
        <Button look="main" onClick={() => onRestore(chosen.sections)} disabled={chosen === versions[0]}>
          Bring it back into the editor
        </Button>
      </div>
    </Dialog>
  );
}
