import { useState } from 'preact/hooks';
import type { Settings, SettingsPatch } from '../../../shared/settings.ts';
import { patch, type Refusal } from '../api.ts';
import { toast } from '../components/toast.tsx';

export interface SettingsFormProps {
  slug: string;
  settings: Settings;
  onSaved: (settings: Settings) => void;
  onStale: () => void;
}

export interface Saving<I> {
  save: (input: I) => Promise<void>;
  isBusy: boolean;
  problem: Refusal | null;
}

/** Saves part of an object over the revision that was seen. Where that is stale the object is read again, and the form says so. */
export function useSave<T extends { revision: number }, I>(
  path: string,
  of: T,
  onSaved: (saved: T) => void,
  onStale: () => void,
): Saving<I> {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Refusal | null>(null);
  const save = async (input: I): Promise<void> => {
    setBusy(true);
    const answer = await patch<T>(path, input, { ifMatch: of.revision });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) {
      onSaved(answer.body);
      toast('Saved.');
    } else if (answer.problem.code === 'stale-revision') onStale();
  };
  return { save, isBusy, problem };
}

export const useSettingsSave = ({ slug, settings, onSaved, onStale }: SettingsFormProps): Saving<SettingsPatch> =>
  useSave<Settings, SettingsPatch>(`/timelines/${slug}/settings`, settings, onSaved, onStale);
