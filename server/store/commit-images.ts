import { isPublic } from '../../shared/day.ts';
import type { TimelineKeys } from './keys.ts';
import type { StoredUpdate } from './store.ts';

type ImageWrite = ['ZADD' | 'ZREM', key: string, ...args: string[]];

/** An image that an update takes up must still be there when it is written. */
export function imageGuards(before: StoredUpdate | null, after: StoredUpdate): [field: string, value: string][] {
  const known = idsOf(before);
  return idsOf(after)
    .filter((id) => !known.includes(id))
    .map((id) => [`image:${id}`, 'kept']);
}

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
  const update = after.update.id;
  const [known, shown] = [idsOf(before), idsOf(after)];
  const taken = shown.filter((id) => !known.includes(id));
  const dropped = before && !isPublic(before.update) ? known.filter((id) => !shown.includes(id)) : [];
  return [
    ...taken.flatMap((id): ImageWrite[] => [
      ['ZADD', k.imageUses, '0', `u${update} ${id}`, '0', `i${id} ${update}`],
      ['ZREM', k.looseImages, id],
    ]),
    ...dropped.flatMap((id): ImageWrite[] => [
      ['ZREM', k.imageUses, `u${update} ${id}`, `i${id} ${update}`],
      ['ZADD', k.looseImages, String(now), id],
    ]),
  ];
}

/** Whatever a removed update has ever shown is looked at by `ImagesStore.release`, soon or by the next sweep. */
export const imagesOfRemoved = (k: TimelineKeys, update: string, now: number): ImageWrite => [
  'ZADD',
  k.looseImages,
  String(now),
  `u${update}`,
];

const idsOf = (stored: StoredUpdate | null): string[] => stored?.update.images.map(({ id }) => id) ?? [];
