import type { StaffUpdate } from '../../../../shared/staff-update.ts';
import { headlineOf } from '../../../../shared/text.ts';
import { Button } from '../../components/button.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { editorsOf } from '../presence/use-presence.ts';
import type { ItemProps } from './queue-panels.tsx';

/** Whose it is, and what it says. */
export function DraftHead({ draft: { update, author, createdAt }, others, me }: ItemProps) {
  const editors = editorsOf(others, update.id);
  return (
    <>
      <p>
        <b lang={update.language} dir="auto">
          {headlineOf(update)}
        </b>
      </p>
      <p class="soft">
        {author.id === me ? 'Yours' : (author.name ?? 'Somebody')} · <RelativeTime at={createdAt} />
      </p>
      {editors.length > 0 && (
        <p class="being-edited" role="status">
          {editors.join(', ')} {editors.length === 1 ? 'is' : 'are'} editing this
        </p>
      )}
    </>
  );
}

export const mayTouch = ({ author }: StaffUpdate, { me, isEditor }: Pick<ItemProps, 'me' | 'isEditor'>): boolean =>
  isEditor || author.id === me;

export function DraftItem(props: ItemProps) {
  const { draft, openId, onOpen } = props;
  const { review, update } = draft;
  return (
    <>
      <DraftHead {...props} />
      {review?.state === 'returned' && (
        <p class="notice">
          {review.by} sent it back: {review.note}
        </p>
      )}
      {openId === update.id ? (
        <p class="soft">Open above</p>
      ) : (
        mayTouch(draft, props) && (
          <div class="row">
            <Button onClick={() => onOpen(draft)}>Go on with it</Button>
          </div>
        )
      )}
    </>
  );
}
