import { ok, type Result, refuse } from '../../shared/result.ts';
import type { Appearance, Settings, SettingsPatch } from '../../shared/settings.ts';
import type { NewChange } from '../store/store.ts';
import { authorise, hasRole } from './actor.ts';
import { clean } from './clean.ts';
import { type Context, type Decision, isoOf } from './decision.ts';
import type { KnownImage, KnownImages } from './images.ts';
import { presentRecord } from './present.ts';

/** An editor stops the presses in a hurry; all other rules of a newsroom are an admin’s to make. */
const editorsMay: ReadonlySet<string> = new Set<keyof SettingsPatch>(['hold']);

/** What readers, or programs that read, are shown of the settings. */
const shown = ({ appearance, embedHosts, publisher }: Settings) => ({ appearance, embedHosts, publisher });

/**
 * Decides a revision of a timeline’s settings, based on the `revision` that the caller had before its eyes. `known`: those of the
 * timeline’s images that it names.
 */
export function reviseSettings(
  context: Context,
  revision: number,
  raw: SettingsPatch,
  known: KnownImages,
): Result<Decision> {
  const { record, actor, settings: before } = context;
  const patch = definedOf(clean(raw));
  const allowed = authorise(actor, record.slug, 'editor');
  if (!allowed.ok) return allowed;
  const others = Object.keys(patch).filter((name) => !editorsMay.has(name));
  if (others.length > 0 && !hasRole(actor, 'admin')) return refuse('forbidden', `${others[0]} takes the role admin.`);
  if (revision !== before.revision) {
    const detail = `They stand at revision ${before.revision}, not ${revision}.`;
    return refuse('stale-revision', detail, { current: before });
  }
  const { appearance, ...rest } = patch;
  const look = appearance && appearanceOf(appearance, known);
  if (look && !look.ok) return look;
  const after: Settings = { ...before, ...rest, ...(look && { appearance: look.value }) };
  if (same(before, after)) return ok({ kind: 'unchanged' });
  after.revision += 1;
  const change = same(shown(before), shown(after)) ? null : revisedLook(context);
  return ok({ kind: 'write', change, effect: { kind: 'write-settings', before, after } });
}

/** With the logo whole, as pages need it. */
function appearanceOf(
  { logo, ...rest }: NonNullable<SettingsPatch['appearance']>,
  known: KnownImages,
): Result<Appearance> {
  if (logo === null) return ok({ ...rest, logo });
  const light = known.get(logo.id);
  const dark = logo.dark === null ? null : known.get(logo.dark);
  if (!light || dark === undefined) {
    const message = 'no image of this timeline has this id';
    const errors = [
      ...(light ? [] : [{ path: '/appearance/logo/id', message }]),
      ...(dark === undefined ? [{ path: '/appearance/logo/dark', message }] : []),
    ];
    return refuse('validation-failed', 'The logo is not there.', { errors });
  }
  return ok({ ...rest, logo: { ...pictureOf(light), alt: logo.alt, dark: dark && pictureOf(dark) } });
}

const pictureOf = ({ id, width, height, variants }: KnownImage) => ({ id, width, height, variants });

/**
 * Pages are ready for one position of the log, so what alters them is a change of it: the record as it stands, at the next
 * position. By it every node makes its pages anew, and the answer waits for that as for any other change.
 */
const revisedLook = ({ record, now }: Context): NewChange => ({
  type: 'timeline.revised',
  at: isoOf(now),
  day: null,
  date: null,
  record: presentRecord(record, now),
});

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const definedOf = (patch: SettingsPatch): Partial<Defined<SettingsPatch>> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));

type Defined<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };
