import { Plus } from 'lucide';
import type { Section } from '../../../shared/summary.ts';
import { Button } from '../components/button.tsx';
import { addPoint, pointTexts } from './draft.ts';
import type { SummaryWork, Theirs } from './use-summary.ts';

interface StalePanelProps {
  theirs: Theirs;
  work: SummaryWork;
  onTake: (sections: readonly Section[]) => void;
}

/** Somebody else has published meanwhile: their version beside one’s own, to be merged point by point. Nothing is lost. */
export function StalePanel({ theirs, work, onTake }: StalePanelProps) {
  const mine = pointTexts(work.draft);
  return (
    <div class="stale" role="alert">
      <h2>Somebody has published this summary meanwhile</h2>
      <p>Below is yours, as you left it; here is theirs. Take over what you need, then go on with yours.</p>
      {theirs.sections.length === 0 && <p>Theirs has no points.</p>}
      {theirs.sections.map(({ heading, points }, at) => (
        <div key={at}>
          {heading && <h3 dir="auto">{heading}</h3>}
          <ul>
            {points.map(({ text, updates }, index) => (
              <li key={index} dir="auto">
                {text}{' '}
                {mine.has(text) ? (
                  <span class="soft">(in yours)</span>
                ) : (
                  <Button
                    look="quiet"
                    icon={Plus}
                    onClick={() => {
                      const section = work.draft.find((one) => one.heading.trim() === (heading ?? ''))?.key;
                      work.change((before) => addPoint(before, { text, updates }, { section }).draft);
                    }}
                  >
                    Take over
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div class="row">
        <Button look="main" onClick={work.acceptTheirs}>
          Go on with mine
        </Button>
        <Button
          onClick={() => {
            onTake(theirs.sections);
            work.acceptTheirs();
          }}
        >
          Take theirs, drop mine
        </Button>
      </div>
    </div>
  );
}
