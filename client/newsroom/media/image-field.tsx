import { ImagePlus } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import './images.css';
import { limits } from '../../../shared/limits.ts';
import { faultAt, type Refusal } from '../api.ts';
import { Button } from '../components/button.tsx';
import { ImageCard } from './image-card.tsx';
import type { Images } from './use-images.ts';

interface ImageFieldProps {
  /** From `useImages`: the form around it sends its `references` and looks at `isComplete`. */
  images: Images;
  /** The refusal that the form got; faults at `/images/…` are shown at their image. */
  problem?: Refusal | null;
}

const accepted = 'image/jpeg,image/png,image/webp,image/avif';

/**
 * The images of an update: picked, dropped or pasted here; described, put in order, taken out again. Whoever has a text
 * editor beside it hands files that are pasted there to `images.add`.
 */
export function ImageField({ images, problem = null }: ImageFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [passedOver, setPassedOver] = useState(false);
  const { list } = images;
  const words = useRef<HTMLOListElement>(null);
  const [describing, setDescribing] = useState<number | null>(null);
  // Whoever has picked files goes on with the words that the first of them needs.
  useEffect(() => {
    if (describing === null) return;
    words.current?.children[describing]?.querySelector('textarea')?.focus();
    setDescribing(null);
  }, [describing]);

  const take = (files: FileList | undefined | null): void => {
    if (!files || files.length === 0) return;
    setPassedOver(images.add(files) < files.length);
  };

  return (
    <fieldset
      class={isOver ? 'images over' : 'images'}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
      onPaste={(event) => {
        if (!event.clipboardData?.files.length) return;
        event.preventDefault();
        take(event.clipboardData.files);
      }}
    >
      <legend>Images</legend>
      {list.length > 0 && (
        <ol ref={words}>
          {list.map((image, i) => (
            <ImageCard
              key={image.key}
              image={image}
              number={i + 1}
              count={list.length}
              fault={faultAt(problem, `/images/${i}`)}
              images={images}
            />
          ))}
        </ol>
      )}
      <div class="add">
        <Button icon={ImagePlus} onClick={() => input.current?.click()} disabled={list.length >= limits.images}>
          {list.length === 0 ? 'Add images' : 'Add more images'}
        </Button>
        <p class="hint">
          Or drop or paste them here. JPEG, PNG, WebP or AVIF, up to {limits.imageBytes / 1024 / 1024} MB; location and
          other hidden data are removed.
        </p>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept={accepted}
          aria-label="Choose images"
          onChange={({ currentTarget }) => {
            take(currentTarget.files);
            setDescribing(list.length);
            currentTarget.value = '';
          }}
        />
      </div>
      <p role="status" class="hint">
        {passedOver && `Some files were passed over: only images are taken, ${limits.images} at the most.`}
      </p>
    </fieldset>
  );
}
