import type { JSX } from 'preact';
import type { Present } from '../../../../shared/newsroom-protocol.ts';
import type { StaffUpdate } from '../../../../shared/staff-update.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import { ApprovalItem } from './approval-item.tsx';
import { DraftItem } from './draft-item.tsx';
import { ScheduledItem } from './scheduled-item.tsx';
import type { DraftLists } from './use-drafts.ts';

export interface QueuePanelsProps {
  lists: DraftLists;
  timeline: Timeline;
  me: string;
  isEditor: boolean;
  isOnHold: boolean;
  others: readonly Present[];
  /** The draft that is in the composer. */
  openId: string | null;
  onOpen: (draft: StaffUpdate) => void;
}

/** What waits: for an editor, for its time, for somebody to go on with it. */
export function QueuePanels(props: QueuePanelsProps) {
  const { submitted, scheduled, drafts } = props.lists;
  // On a phone drafts would push the day out of sight; what waits for somebody would not be seen.
  const isWide = matchMedia('(min-width: 70rem)').matches;
  const panel = (
    title: string,
    list: readonly StaffUpdate[],
    Item: (item: ItemProps) => JSX.Element,
    isUrgent = true,
  ) =>
    list.length > 0 && (
      <details class="panel queue" open={isUrgent || isWide}>
        <summary>
          <h2>{title}</h2> <span class="count">{list.length}</span>
        </summary>
        <ul class="entries">
          {list.map((draft) => (
            <li key={draft.update.id} data-draft={draft.update.id}>
              <Item {...props} draft={draft} />
            </li>
          ))}
        </ul>
      </details>
    );
  return (
    <>
      {panel('Waiting for approval', submitted, ApprovalItem)}
      {panel('Scheduled', scheduled, ScheduledItem)}
      {panel('Drafts', drafts, DraftItem, false)}
    </>
  );
}

export interface ItemProps extends QueuePanelsProps {
  draft: StaffUpdate;
}
