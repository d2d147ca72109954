import pLimit from 'p-limit';
import { limits } from '../../shared/limits.ts';
import type { ImportRow, NewUpdate, Update } from '../../shared/update.ts';
import type { Actor } from '../domain/actor.ts';
import type { ImageFetcher } from '../media/image-fetcher.ts';
import type { ImageLibrary } from './image-library.ts';
import { type ForeignImage, imagesIn, imageText } from './importers/foreign-images.ts';

export interface Taken {
  images: NonNullable<NewUpdate['images']>;
  /** What was not taken and why, in words. */
  notices: string[];
}

/** So many are held in memory, each up to the size of an upload; and nobody’s server is asked for more at once. */
const atOnce = 4;

/** Takes the images of imported rows into the newsroom: fetched, decoded and painted anew like any upload. */
export class RowImages {
  readonly #fetcher: Pick<ImageFetcher, 'fetch'>;
  readonly #library: Pick<ImageLibrary, 'add'>;
  readonly #inTurn = pLimit(atOnce);

  constructor(parts: { fetcher: Pick<ImageFetcher, 'fetch'>; library: Pick<ImageLibrary, 'add'> }) {
    this.#fetcher = parts.fetcher;
    this.#library = parts.library;
  }

  async take(actor: Actor, slug: string, foreign: readonly ForeignImage[]): Promise<Taken> {
    const { fit, notices } = fitting(foreign);
    const images: Taken['images'] = [];
    const found = await Promise.all(fit.map((image) => this.#inTurn(() => this.#one(actor, slug, image))));
    for (const one of found) {
      if (typeof one === 'string') notices.push(one);
      else images.push(one);
    }
    return { images, notices };
  }

  /** The image as an update refers to it, or why there is none. */
  async #one(
    actor: Actor,
    slug: string,
    { url, alt, caption, credit }: Fitting,
  ): Promise<Taken['images'][number] | string> {
    const fetched = await this.#fetcher.fetch(url);
    if ('fault' in fetched) return leftOut(url, fetched.fault);
    const added = await this.#library.add(actor, slug, fetched.bytes);
    return added.ok ? { id: added.value.image.id, alt, caption, credit } : leftOut(url, added.problem.detail);
  }
}

/** The images of a row: those that its reader found, else those in its text. */
export const imagesOf = ({ body = '', bodyFormat = 'html' }: ImportRow, found: readonly ForeignImage[]) =>
  found.length === 0 && bodyFormat === 'html' ? imagesIn(body) : found;

/** Whether an update that came in without images may still get them: not where somebody has revised it since. */
export const lacksImages = ({ revision, images, status }: Update): boolean =>
  revision === 1 && images.length === 0 && status === 'published';

type Fitting = ForeignImage & { alt: string };

/** Those that can be taken as far as is known before they are fetched. */
export function fitting(foreign: readonly ForeignImage[]): { fit: Fitting[]; notices: string[] } {
  const fit: Fitting[] = [];
  const notices: string[] = [];
  for (const image of foreign) {
    const { alt, caption, credit, url } = image;
    const refused = fit.length === limits.images ? `an update has up to ${limits.images}` : faultOf(image);
    if (refused !== null) notices.push(leftOut(url, refused));
    else fit.push({ url, alt: imageText(alt) ?? '', caption: imageText(caption), credit: imageText(credit) });
  }
  return { fit, notices };
}

const leftOut = (url: string, why: string): string => `image ${url.slice(0, 200)} left out: ${why}`;

function faultOf({ url, alt }: ForeignImage): string | null {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return 'it is no web address';
  if (alt === null) return 'its source has no alternative text for it';
  return isFileName(alt, url) ? 'its alternative text is the name of a file' : null;
}

/** Systems that ask nobody for a text write the file’s name. */
function isFileName(alt: string, url: string): boolean {
  const file = decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '').toLowerCase();
  const [stem = ''] = file.split(/(?:-\d+x\d+)?\.\w+$/);
  return [file, stem].includes(alt.toLowerCase()) && /[\d_.]/.test(alt);
}
