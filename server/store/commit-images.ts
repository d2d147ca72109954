import { isPublic } from '../../shared/day.ts';
import { imagesOfAppearance, type Settings } from '../../shared/settings.ts';
import type { TimelineKeys } from './keys.ts';
import type { StoredUpdate } from './store.ts';

type ImageGuard = [field: string, value: string];
type ImageWrite = ['ZADD' | 'ZREM', key: string, ...args: string[]];

/** An image that an update takes up must still be there when it is written. */
export const imageGuards = (before: StoredUpdate | null, after: StoredUpdate): ImageGuard[] =>
  guardsOf(idsOf(before), idsOf(after));

const guardsOf = (known: readonly string[], shown: readonly string[]): ImageGuard[] =>
  shown.filter((id) => !known.includes(id)).map((id) => [`image:${id}`, 'kept']);

/**
 * Notes who shows what, both ways. What a public update no longer shows stays noted: its earlier revisions show it. A draft
 * has none, so what is taken out of it is loose from `now` (ms) on.
 */
export function imageWrites(
  k: TimelineKeys,
  before: StoredUpdate | null,
  after: StoredUpdate,
  now: number,
): ImageWrite[] {
  const [known, shown] = [idsOf(before), idsOf(after)];
  const isForgotten = before !== null && !isPublic(before.update);
  return usesOf(k, after.update.id, known, shown, isForgotten ? now : null);
}

/** `now` null: what is no longer shown stays noted. */
function usesOf(
  k: TimelineKeys,
  user: string,
  known: readonly string[],
  shown: readonly string[],
  now: number | null,
): ImageWrite[] {
  const taken = shown.filter((id) => !known.includes(id));
  const dropped = now === null ? [] : known.filter((id) => !shown.includes(id));
  return [
    ...taken.flatMap((id): ImageWrite[] => [
      ['ZADD', k.imageUses, '0', `u${user} ${id}`, '0', `i${id} ${user}`],
      ['ZREM', k.looseImages, id],
    ]),
    ...dropped.flatMap((id): ImageWrite[] => [
      ['ZREM', k.imageUses, `u${user} ${id}`, `i${id} ${user}`],
      ['ZADD', k.looseImages, String(now), id],
    ]),
  ];
}

/** The logo, light and dark, is shown by the settings, under a name that no update has. Settings have no earlier revisions. */
export function logoUse(
  k: TimelineKeys,
  before: Settings,
  after: Settings,
  now: number,
): { guards: ImageGuard[]; writes: ImageWrite[] } {
  const [known, shown] = [imagesOfAppearance(before.appearance), imagesOfAppearance(after.appearance)];
  return { guards: guardsOf(known, shown), writes: usesOf(k, 'settings', known, shown, now) };
}

/** Whatever a removed update has ever shown is looked at by `ImagesStore.release`, soon or by the next sweep. */
export const imagesOfRemoved = (k: TimelineKeys, update: string, now: number): ImageWrite => [
  'ZADD',
  k.looseImages,
  String(now),
  `u${update}`,
];

const idsOf = (stored: StoredUpdate | null): string[] => stored?.update.images.map(({ id }) => id) ?? [];
