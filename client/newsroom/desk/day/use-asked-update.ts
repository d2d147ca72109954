import { useEffect, useState } from 'preact/hooks';
import { type Change, updateIdOf } from '../../../../shared/change.ts';
import type { StaffUpdate } from '../../../../shared/staff-update.ts';
import { get } from '../../api.ts';
import { toast } from '../../components/toast.tsx';
import { usePlace } from '../../navigation.ts';

export interface Asked {
  update: StaffUpdate | null;
  /** Follows the log: others may change it, or take it down. */
  take: (change: Change) => void;
}

/** The update that the address names to be edited (`?edit=`), wherever in the timeline it stands. */
export function useAskedUpdate(slug: string): Asked {
  const { query } = usePlace();
  const id = query.get('edit');
  const [found, setFound] = useState<{ id: string; update: StaffUpdate | null } | null>(null);
  useEffect(() => {
    if (id === null) return;
    const leaving = new AbortController();
    get<StaffUpdate>(`/timelines/${slug}/updates/${encodeURIComponent(id)}/staff`, leaving.signal).then(
      (answer) => {
        if (!answer.ok) toast({ text: answer.problem.detail, isFault: true });
        setFound({ id, update: answer.ok ? answer.body : null });
      },
      () => undefined, // given up, because another one is asked for
    );
    return () => leaving.abort();
  }, [slug, id]);
  return {
    update: found?.id === id ? found.update : null,
    take: (change) =>
      setFound((before) => {
        if (!before?.update || updateIdOf(change) !== before.id) return before;
        return { id: before.id, update: 'update' in change ? { ...before.update, update: change.update } : null };
      }),
  };
}

export const mayOpen = ({ author }: StaffUpdate, actor: string, isEditor: boolean): boolean =>
  isEditor || author.id === actor;
