import { type ForeignImage, imageText, wordsOf } from './foreign-images.ts';
import { webAddress } from './foreign-values.ts';
import type { ReadOptions } from './importer.ts';
import { children, childText, type Element, xmlChildren } from './xml-elements.ts';

/** What all attachments of a file may take in memory; an archive of 50,000 pictures takes a fifth of it. */
const mostCharacters = 32_000_000;

/**
 * The pictures that a WXR file has as posts of their own, by number. Posts name their featured image by it, and may stand before
 * or behind it: the file is read once for these alone. Behind what memory may hold they are passed over.
 */
export async function readAttachments(
  input: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<Pick<ReadOptions, 'attachments'>> {
  const attachments = new Map<string, ForeignImage>();
  let kept = 0;
  for await (const element of xmlChildren(input, options)) {
    if (element.name !== 'item' || childText(element, 'post_type') !== 'attachment') continue;
    const id = childText(element, 'post_id');
    const image = imageOf(element);
    if (id === null || image === null || id.length > 20) continue;
    kept += image.url.length + (image.alt?.length ?? 0) + (image.caption?.length ?? 0);
    if (kept > mostCharacters) break;
    attachments.set(id, image);
  }
  return { attachments };
}

function imageOf(item: Element): ForeignImage | null {
  const url = webAddress(childText(item, 'attachment_url'));
  if (url === null || childText(item, 'status') === 'trash') return null;
  return {
    url,
    alt: imageText(wordsOf(metaOf(item, '_wp_attachment_image_alt'))),
    caption: imageText(wordsOf(childText(item, 'encoded', 'excerpt'))),
    credit: null,
  };
}

/** What WordPress and its plugins keep beside a post, under a name. */
export function metaOf(item: Element, name: string): string | null {
  const found = children(item, 'postmeta').find((meta) => childText(meta, 'meta_key') === name);
  return found ? childText(found, 'meta_value') : null;
}

/** The featured image comes first. Where the text shows it too, in whatever size, it is taken once, with the words of both. */
export function withFeatured(featured: ForeignImage, inText: readonly ForeignImage[]): ForeignImage[] {
  const same = inText.find(({ url }) => original(url) === original(featured.url));
  const alt = featured.alt ?? same?.alt ?? null;
  const caption = featured.caption ?? same?.caption ?? null;
  return [{ ...featured, alt, caption }, ...inText.filter((image) => image !== same)];
}

/** The address of a picture without the size that WordPress puts before the ending of a smaller copy. */
const original = (url: string): string =>
  url
    .replace(/^https?:/, '')
    .replace(/[?#].*$/, '')
    .replace(/-(?:\d+x\d+|scaled)(?=\.\w+$)/, '');
