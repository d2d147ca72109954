import { Button } from '../../components/button.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { textOf } from '../composer/form.ts';
import type { Posting } from './posting.ts';

interface OutboxListProps {
  postings: readonly Posting[];
  /** Takes it back into the composer. */
  onTake: (key: string) => void;
  onRetry: () => void;
}

/** What was published here and has not arrived yet. It survives the page, and goes out once. */
export function OutboxList({ postings, onTake, onRetry }: OutboxListProps) {
  if (postings.length === 0) return null;
  return (
    <section class="panel outbox" aria-labelledby="outbox-title">
      <h2 id="outbox-title">Waiting to go out</h2>
      <ul class="entries">
        {postings.map(({ key, form, madeAt, state, problem }) => (
          <li key={key} data-posting={state}>
            <p>
              <b>{form.headline || textOf(form.body).slice(0, 90)}</b>
            </p>
            <p class="soft">
              <RelativeTime at={madeAt} /> · {problem ? problem.title : 'on its way'}
            </p>
            <div class="row">
              <Button onClick={() => onTake(key)}>Take back</Button>
            </div>
          </li>
        ))}
      </ul>
      <div>
        <Button onClick={onRetry}>Try again now</Button>
      </div>
    </section>
  );
}
