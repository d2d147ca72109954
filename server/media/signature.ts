export type ImageKind = 'jpeg' | 'png' | 'webp' | 'avif';

const starts = (bytes: Buffer, at: number, text: string): boolean =>
  bytes.toString('latin1', at, at + text.length) === text;

/**
 * What a file is by its first bytes; its name and the type that the sender gives it count for nothing. Whatever is none of
 * these four (SVG, HEIC, a program) never reaches a decoder.
 */
export function kindOf(bytes: Buffer): ImageKind | null {
  if (starts(bytes, 0, '\xff\xd8\xff')) return 'jpeg';
  if (starts(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (starts(bytes, 0, 'RIFF') && starts(bytes, 8, 'WEBP')) return 'webp';
  if (starts(bytes, 4, 'ftyp') && /avi[fs]/.test(bytes.toString('latin1', 8, 64))) return 'avif';
  return null;
}
