import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { limits } from '../../../shared/limits.ts';
import type { Image } from '../../../shared/update.ts';
import type { Refusal } from '../api.ts';
import { type UploadedImage, uploadImage } from './upload-image.ts';

/** One image while an update is written. `key` is the browser’s; the server’s id is in `image` once it is there. */
export interface EditedImage {
  key: string;
  name: string;
  /** What can be shown of it already. */
  preview: string;
  state:
    | { kind: 'waiting' }
    | { kind: 'uploading'; part: number }
    | { kind: 'failed'; problem: Refusal }
    | { kind: 'ready'; image: UploadedImage; removed: readonly string[] };
  alt: string;
  caption: string;
  credit: string;
}

/** What an update is sent with. */
export interface ImageReference {
  id: string;
  alt: string;
  caption: string | null;
  credit: string | null;
}

export interface Images {
  list: readonly EditedImage[];
  /** Takes files that were picked, dropped or pasted; what is no image is passed over. Answers how many were taken. */
  add(files: Iterable<File>): number;
  retry(key: string): void;
  /** Also ends its upload. */
  remove(key: string): void;
  move(key: string, step: -1 | 1): void;
  write(key: string, words: Partial<Pick<EditedImage, 'alt' | 'caption' | 'credit'>>): void;
  /** Begins anew with the images of another version. */
  reset(images: readonly Image[]): void;
  /** For `images` of an update: what is uploaded, in order. Without its alternative text the server takes none, in a draft neither. */
  references: ImageReference[];
  /** Nothing is under way or failed, and every image has its alternative text. */
  isComplete: boolean;
}

const atOnce = 2;
const repetitions = 5;
let count = 0;
const newKey = (): string => `image-${++count}`;

/** The images of one update in the hands of its writer. Uploads begin at once, two at a time, and end with the component. */
export function useImages(slug: string, initial: readonly Image[] = []): Images {
  const [list, setList] = useState<readonly EditedImage[]>(() => initial.map(edited));
  const files = useRef(new Map<string, File>());
  const running = useRef(new Map<string, AbortController>());

  const change = useCallback((key: string, more: Partial<EditedImage>): void => {
    setList((before) => before.map((one) => (one.key === key ? { ...one, ...more } : one)));
  }, []);

  const upload = useCallback(
    async (key: string, file: File): Promise<void> => {
      const leaving = new AbortController();
      running.current.set(key, leaving);
      const onProgress = (part: number): void => change(key, { state: { kind: 'uploading', part } });
      onProgress(0);
      for (let attempt = 1; ; attempt++) {
        const answer = await uploadImage(slug, file, { signal: leaving.signal, onProgress });
        if (!answer.ok && answer.retryAfterSeconds !== null && attempt < repetitions) {
          await new Promise((resolve) => setTimeout(resolve, (answer.retryAfterSeconds ?? 0) * 1_000));
          if (leaving.signal.aborted) return;
          continue;
        }
        running.current.delete(key);
        if (!answer.ok) return change(key, { state: { kind: 'failed', problem: answer.problem } });
        const { image, removed } = answer;
        return change(key, { state: { kind: 'ready', image, removed } });
      }
    },
    [slug, change],
  );

  // Whenever one is done the next begins.
  useEffect(() => {
    const next = list.filter(({ state }) => state.kind === 'waiting');
    for (const { key } of next.slice(0, Math.max(0, atOnce - running.current.size))) {
      const file = files.current.get(key);
      if (file) void upload(key, file);
    }
  }, [list, upload]);

  const drop = useCallback((keys: Iterable<string>): void => {
    for (const key of keys) {
      running.current.get(key)?.abort();
      running.current.delete(key);
      files.current.delete(key);
    }
  }, []);
  useEffect(() => () => drop([...running.current.keys()]), [drop]);

  return useMemo(
    () => ({
      list,
      add: (given) => {
        const taken = [...given].filter(({ type }) => type.startsWith('image/')).slice(0, limits.images - list.length);
        const added = taken.map((file) => waiting(file));
        for (const [i, { key }] of added.entries()) files.current.set(key, taken[i] as File);
        setList((before) => [...before, ...added]);
        return added.length;
      },
      retry: (key) => change(key, { state: { kind: 'waiting' } }),
      remove: (key) => {
        drop([key]);
        setList((before) => before.filter((one) => one.key !== key));
      },
      move: (key, step) => setList((before) => moved(before, key, step)),
      write: change,
      reset: (images) => {
        drop(files.current.keys());
        setList(images.map(edited));
      },
      references: list.flatMap(referenceTo),
      isComplete: list.every(({ state, alt }) => state.kind === 'ready' && alt.trim() !== ''),
    }),
    [list, change, drop],
  );
}

const waiting = (file: File): EditedImage => ({
  key: newKey(),
  name: file.name,
  preview: URL.createObjectURL(file),
  state: { kind: 'waiting' },
  alt: '',
  caption: '',
  credit: '',
});

function edited({ id, alt, caption, credit, width, height, variants }: Image): EditedImage {
  const state = { kind: 'ready' as const, image: { id, width, height, variants }, removed: [] };
  const preview = variants.find((variant) => variant.width >= 320)?.url ?? variants[0]?.url ?? '';
  return { key: newKey(), name: alt, preview, state, alt, caption: caption ?? '', credit: credit ?? '' };
}

function referenceTo({ state, alt, caption, credit }: EditedImage): ImageReference[] {
  if (state.kind !== 'ready') return [];
  return [{ id: state.image.id, alt: alt.trim(), caption: caption.trim() || null, credit: credit.trim() || null }];
}

function moved(list: readonly EditedImage[], key: string, step: -1 | 1): readonly EditedImage[] {
  const from = list.findIndex((one) => one.key === key);
  const [one, other] = [list[from], list[from + step]];
  if (!one || !other) return list;
  return list.with(from, other).with(from + step, one);
}
