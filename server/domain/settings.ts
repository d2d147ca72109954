import { ok, type Result, refuse } from '../../shared/result.ts';
import type { Settings, SettingsPatch } from '../../shared/settings.ts';
import { authorise, hasRole } from './actor.ts';
import type { Context, Decision } from './decision.ts';

/** An editor stops the presses in a hurry; all other rules of a newsroom are an admin’s to make. */
const editorsMay: ReadonlySet<string> = new Set<keyof SettingsPatch>(['hold']);

/** Decides a revision of a timeline’s settings, based on the `revision` that the caller had before its eyes. */
export function reviseSettings(context: Context, revision: number, patch: SettingsPatch): Result<Decision> {
  const { record, actor, settings: before } = context;
  const allowed = authorise(actor, record.slug, 'editor');
  if (!allowed.ok) return allowed;
  const others = Object.keys(patch).filter((name) => !editorsMay.has(name));
  if (others.length > 0 && !hasRole(actor, 'admin')) return refuse('forbidden', `${others[0]} takes the role admin.`);
  if (revision !== before.revision) {
    const detail = `They stand at revision ${before.revision}, not ${revision}.`;
    return refuse('stale-revision', detail, { current: before });
  }
  const after: Settings = { ...before, ...definedOf(patch), revision: before.revision + 1 };
  const differs = Object.keys(patch).some((name) => after[name as keyof Settings] !== before[name as keyof Settings]);
  if (!differs) return ok({ kind: 'unchanged' });
  return ok({ kind: 'write', change: null, effect: { kind: 'write-settings', before, after } });
}

const definedOf = (patch: SettingsPatch): Partial<Settings> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
