import { Trash2, UserX } from 'lucide';
import type { ReplyDecision, Suspicion } from '../../../shared/reply.ts';
import { Button } from '../components/button.tsx';
import { Menu, type MenuItem } from '../components/menu.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import { decisionsFor, type QueuedReply } from './reply-queue.ts';

interface ReplyCardProps {
  reply: QueuedReply;
  isSelected: boolean;
  isBusy: boolean;
  onSelect: (selected: boolean) => void;
  onDecide: (decision: ReplyDecision) => void;
  onErase: () => void;
}

export const words: Record<ReplyDecision['status'], string> = {
  approved: 'Approve',
  rejected: 'Reject',
  spam: 'Spam',
  closed: 'Close',
};

const reasons: Record<Suspicion, string> = {
  links: 'many links',
  markup: 'markup',
  'hidden-field': 'filled the hidden field',
  'too-fast': 'sent within seconds',
  shouting: 'capitals',
  repetition: 'repetition',
  selling: 'sells something',
  direction: 'turns its text around',
  banned: 'banned sender',
};

/** One reply or report with everything that is known of it, and what can be done. Its text is plain, whatever it looks like. */
export function ReplyCard({ reply, isSelected, isBusy, onSelect, onDecide, onErase }: ReplyCardProps) {
  const { id, timeline, update, headline, day, kind, category, name, email, text, at, status, suspicions, revision } =
    reply;
  const title = kind === 'report' ? `Error report: ${category}` : (name ?? '');
  const more: MenuItem[] = [
    // Of who else could be banned nothing is kept.
    ...(status === 'pending' || status === 'spam'
      ? [{ label: 'Spam, and ban the sender', icon: UserX, onSelect: () => onDecide({ status: 'spam', ban: true }) }]
      : []),
    { label: 'Delete for good …', icon: Trash2, danger: true, onSelect: onErase },
  ];
  return (
    <article class="card reply" data-reply={id} aria-label={title} aria-busy={isBusy} tabIndex={-1}>
      <header>
        <label class="choice">
          <input type="checkbox" checked={isSelected} onChange={(event) => onSelect(event.currentTarget.checked)} />
          <strong dir="auto">{title}</strong>
        </label>
        <span class="soft">
          <RelativeTime at={at} />
          {email !== null && (
            <>
              {' · '}
              <a href={`mailto:${encodeURIComponent(email)}`}>{email}</a>
            </>
          )}
        </span>
      </header>
      {suspicions.length > 0 && (
        <p class="notice">Looks like spam: {suspicions.map((one) => reasons[one]).join(', ')}</p>
      )}
      <p class="reply-text" dir="auto">
        {text}
      </p>
      <p class="soft">
        On{' '}
        <a href={`/${timeline}/updates/${update}`} target="_blank" rel="noreferrer" dir="auto">
          {headline || 'an update'}
        </a>
        {day !== null && (
          <>
            {' · '}
            <a href={`/newsroom/${timeline}?day=${day}&edit=${update}`}>Correct it on the desk</a>
          </>
        )}
        {revision !== null && ` · corrected by revision ${revision}`}
      </p>
      <div class="actions">
        {decisionsFor([reply])
          .filter((decision) => decision !== status)
          .map((decision) => (
            <Button
              key={decision}
              look={decision === 'approved' || decision === 'closed' ? 'main' : 'plain'}
              busy={isBusy}
              onClick={() => onDecide({ status: decision })}
            >
              {words[decision]}
            </Button>
          ))}
        <Menu label={`More for ${title}`} items={more} />
      </div>
    </article>
  );
}
