import { isPublic } from '../../shared/day.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import type { Settings, SettingsPatch } from '../../shared/settings.ts';
import type { StaffUpdate } from '../../shared/staff-update.ts';
import type { Actor } from '../domain/actor.ts';
import { presentStaffUpdate } from '../domain/present-staff.ts';
import { discard } from '../domain/remove.ts';
import { sendBack } from '../domain/review.ts';
import { reviseSettings } from '../domain/settings.ts';
import type { LiveLog } from '../live/live-log.ts';
import type { Store } from '../store/store.ts';
import { existingUpdate, ifMatchRequired } from './existing-update.ts';
import type { ImageLibrary } from './image-library.ts';
import type { Writes } from './writes.ts';

export interface DraftDeskParts {
  store: Store;
  live: Pick<LiveLog, 'timeline'>;
  writes: Writes;
  images: Pick<ImageLibrary, 'find'>;
}

/** What goes on behind the record: drafts, what waits for approval, and the rules that a timeline’s newsroom works by. */
export class DraftDesk {
  readonly #store: Store;
  readonly #live: Pick<LiveLog, 'timeline'>;
  readonly #writes: Writes;
  readonly #images: Pick<ImageLibrary, 'find'>;

  constructor({ store, live, writes, images }: DraftDeskParts) {
    this.#store = store;
    this.#live = live;
    this.#writes = writes;
    this.#images = images;
  }

  async settings(slug: string): Promise<Result<Settings>> {
    return this.#live.timeline(slug) ? ok(await this.#store.settings(slug)) : noTimeline(slug);
  }

  async reviseSettings(
    actor: Actor,
    slug: string,
    revision: number | null,
    patch: SettingsPatch,
  ): Promise<Result<Settings>> {
    if (revision === null) return ifMatchRequired();
    const { logo } = patch.appearance ?? {};
    const named = [logo?.id, logo?.dark].filter((id) => typeof id === 'string');
    const written = await this.#writes.write(actor, slug, async (context) =>
      reviseSettings(context, revision, patch, await this.#images.find(slug, named)),
    );
    return written.ok ? this.settings(slug) : written;
  }

  /** All that is not public yet, oldest first. */
  async drafts(slug: string): Promise<Result<StaffUpdate[]>> {
    if (!this.#live.timeline(slug)) return noTimeline(slug);
    const drafts = await this.#store.drafts(slug);
    return ok(drafts.sort((a, b) => (a.update.id < b.update.id ? -1 : 1)).map(presentStaffUpdate));
  }

  /** An update with what only staff see of it. */
  async read(slug: string, id: string): Promise<Result<StaffUpdate>> {
    const found = await existingUpdate(this.#store, slug, id);
    return found.ok ? ok(presentStaffUpdate(found.value)) : found;
  }

  async sendBack(
    actor: Actor,
    slug: string,
    id: string,
    revision: number | null,
    note: string,
  ): Promise<Result<StaffUpdate>> {
    if (revision === null) return ifMatchRequired();
    const written = await this.#writes.write(actor, slug, async (context) => {
      const before = await existingUpdate(this.#store, slug, id);
      return before.ok ? sendBack(context, before.value, revision, note) : before;
    });
    return written.ok ? this.read(slug, id) : written;
  }

  /** Throws a draft away; what was published leaves by a takedown alone. */
  async discard(actor: Actor, slug: string, id: string): Promise<Result<void>> {
    const written = await this.#writes.write(actor, slug, async (context) => {
      const before = await existingUpdate(this.#store, slug, id);
      if (!before.ok) return before;
      return isPublic(before.value.update) ? alreadyPublished() : discard(context, before.value);
    });
    return written.ok ? ok(undefined) : written;
  }
}

const noTimeline = (slug: string): Result<never> => refuse('not-found', `There is no timeline ${slug}.`);

const alreadyPublished = (): Result<never> =>
  refuse('already-published', 'It is published: only an editor can take it down.');
