import { ImagePlus, Trash2 } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Logo } from '../../../shared/settings.ts';
import type { Refusal } from '../api.ts';
import { Button } from '../components/button.tsx';
import { FormProblem, TextField } from '../components/field.tsx';
import { uploadImage } from '../media/upload-image.ts';

type Picture = Pick<Logo, 'id' | 'width' | 'height' | 'variants'>;

interface LogoFieldProps {
  slug: string;
  logo: Logo | null;
  onLogo: (logo: Logo | null) => void;
  /** What a new one is taken to show. */
  usualName: string;
  problem: Refusal | null;
}

/** The image above the reader’s pages, and one for the dark: uploaded at once, shown to readers when the form is saved. */
export function LogoField({ slug, logo, onLogo, usualName, problem }: LogoFieldProps) {
  return (
    <fieldset class="logo-field">
      <legend>Logo</legend>
      <PictureChoice
        slug={slug}
        picture={logo}
        name="logo"
        hint="In place of the name. A PNG that one sees through stands on light paper, in the dark too where no other one is given."
        onPicture={(picture) =>
          onLogo(picture && { ...picture, alt: logo?.alt ?? usualName.trim(), dark: logo?.dark ?? null })
        }
      />
      {logo && (
        <>
          <PictureChoice
            slug={slug}
            picture={logo.dark ?? null}
            name="dark logo"
            isDark
            hint="Shown on dark paper in place of the other one."
            onPicture={(dark) => onLogo({ ...logo, dark })}
          />
          <TextField
            label="What the logo says"
            name="appearance/logo/alt"
            value={logo.alt}
            onValue={(alt) => onLogo({ ...logo, alt })}
            problem={problem}
            required
            dir="auto"
            hint="For those who can’t see it: most often the name."
          />
        </>
      )}
    </fieldset>
  );
}

interface PictureChoiceProps {
  slug: string;
  picture: Picture | null;
  /** What it is, in the words of the buttons. */
  name: string;
  isDark?: boolean;
  hint: string;
  onPicture: (picture: Picture | null) => void;
}

function PictureChoice({ slug, picture, name, isDark = false, hint, onPicture }: PictureChoiceProps) {
  const input = useRef<HTMLInputElement>(null);
  const leaving = useRef(new AbortController());
  const [part, setPart] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useEffect(() => () => leaving.current.abort(), []);
  const upload = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setRefusal(null);
    setPart(0);
    const answer = await uploadImage(slug, file, { signal: leaving.current.signal, onProgress: setPart });
    setPart(null);
    if (answer.ok) onPicture(answer.image);
    else setRefusal(answer.problem);
  };
  return (
    <div class="logo-choice">
      {picture && (
        <p class={isDark ? 'logo-shown dark' : 'logo-shown'}>
          <img src={picture.variants[0]?.url ?? ''} alt="" />
        </p>
      )}
      <div class="row">
        <Button icon={ImagePlus} busy={part !== null} onClick={() => input.current?.click()}>
          {picture ? `Another ${name}` : `Choose a ${name}`}
        </Button>
        {picture && (
          <Button look="quiet" icon={Trash2} onClick={() => onPicture(null)}>
            {`No ${name}`}
          </Button>
        )}
        {part !== null && <progress max={1} value={part} aria-label={`Upload of the ${name}`} />}
        <input
          ref={input}
          type="file"
          hidden
          accept="image/jpeg,image/png,image/webp,image/avif"
          aria-label={`Choose a ${name}`}
          onChange={({ currentTarget }) => {
            void upload(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
      </div>
      <p class="hint">{hint}</p>
      <FormProblem problem={refusal} />
    </div>
  );
}
