import type { StaffUpdate } from '../../../../shared/staff-update.ts';
import { type Resource, useResource } from '../../resource.ts';

export interface DraftLists {
  resource: Resource<{ drafts: StaffUpdate[] }>;
  submitted: StaffUpdate[];
  scheduled: StaffUpdate[];
  drafts: StaffUpdate[];
}

/** What is not public yet, by what it waits for. */
export function useDrafts(slug: string): DraftLists {
  const resource = useResource<{ drafts: StaffUpdate[] }>(`/timelines/${slug}/drafts`);
  const all = resource.value?.drafts ?? [];
  const submitted = all.filter(({ review }) => review?.state === 'submitted');
  const scheduled = all
    .filter(({ publishAt }) => publishAt !== null)
    .sort((a, b) => ((a.publishAt ?? '') < (b.publishAt ?? '') ? -1 : 1));
  const drafts = all.filter((draft) => !submitted.includes(draft) && !scheduled.includes(draft)).reverse();
  return { resource, submitted, scheduled, drafts };
}
