import { ArrowDown, ArrowUp, RotateCcw, ShieldCheck, Trash2, X } from 'lucide';
import { limits } from '../../../shared/limits.ts';
import { Button, IconButton } from '../components/button.tsx';
import { TextArea, TextField } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import type { EditedImage, Images } from './use-images.ts';

interface ImageCardProps {
  image: EditedImage;
  /** Its place among so many, from 1. */
  number: number;
  count: number;
  fault: string | null;
  images: Images;
}

/** One image: how far its upload is, its words, its place. */
export function ImageCard({ image, number, count, fault, images }: ImageCardProps) {
  const { key, state, alt, caption, credit, preview } = image;
  const isUnderWay = state.kind === 'waiting' || state.kind === 'uploading';
  return (
    <li class="image-card" aria-label={`Image ${number} of ${count}`}>
      <div class="picture">
        <img src={preview} alt="" />
        <Progress image={image} />
      </div>
      <div class="words">
        {state.kind === 'failed' && (
          <div role="alert" class="form-problem">
            <p>
              <strong>{state.problem.title}.</strong> {state.problem.detail}
            </p>
            <Button icon={RotateCcw} onClick={() => images.retry(key)}>
              Try again
            </Button>
          </div>
        )}
        {state.kind === 'ready' && <Removed removed={state.removed} />}
        {fault && <p class="fault">{fault}</p>}
        <TextArea
          name={`${key}-alt`}
          label="Alternative text"
          hint="What it shows, for those who can’t see it. Required."
          rows={2}
          required
          maxLength={limits.imageTextCharacters}
          value={alt}
          onValue={(value) => images.write(key, { alt: value })}
        />
        <div class="pair">
          <TextField
            name={`${key}-caption`}
            label="Caption"
            optional
            maxLength={limits.imageTextCharacters}
            value={caption}
            onValue={(value) => images.write(key, { caption: value })}
          />
          <TextField
            name={`${key}-credit`}
            label="Credit"
            optional
            maxLength={limits.imageTextCharacters}
            value={credit}
            onValue={(value) => images.write(key, { credit: value })}
          />
        </div>
        <div class="actions">
          <IconButton
            icon={ArrowUp}
            label={`Move image ${number} up`}
            disabled={number === 1}
            onClick={() => images.move(key, -1)}
          />
          <IconButton
            icon={ArrowDown}
            label={`Move image ${number} down`}
            disabled={number === count}
            onClick={() => images.move(key, 1)}
          />
          <Button look="quiet" icon={isUnderWay ? X : Trash2} onClick={() => images.remove(key)}>
            {isUnderWay ? 'Cancel the upload' : 'Remove'}
          </Button>
        </div>
      </div>
    </li>
  );
}

function Progress({ image: { state, name } }: { image: EditedImage }) {
  if (state.kind === 'waiting') return <p class="progress">Waiting …</p>;
  if (state.kind !== 'uploading') return null;
  const percent = Math.round(state.part * 100);
  return (
    <div class="progress">
      <progress max={100} value={percent} aria-label={`Upload of ${name}`} />
      <span>{percent < 100 ? `${percent} %` : 'Being prepared …'}</span>
    </div>
  );
}

/** Said where it matters to whoever was there: the photo no longer tells where it was taken. */
function Removed({ removed }: { removed: readonly string[] }) {
  if (removed.length === 0) return null;
  const words = [
    removed.includes('location') ? 'Location data removed.' : removed.includes('metadata') && 'Hidden data removed.',
    removed.includes('motion') && 'It moved: its first picture was taken.',
  ];
  return (
    <p class={removed.includes('location') ? 'removed location' : 'removed'} role="status">
      <Icon of={ShieldCheck} /> {words.filter(Boolean).join(' ')}
    </p>
  );
}
