import { ImagePlus, Trash2 } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Appearance } from '../../../shared/settings.ts';
import type { Refusal } from '../api.ts';
import { Button } from '../components/button.tsx';
import { FormProblem, TextField } from '../components/field.tsx';
import { uploadImage } from '../media/upload-image.ts';

type Logo = NonNullable<Appearance['logo']>;

interface LogoFieldProps {
  slug: string;
  logo: Logo | null;
  onLogo: (logo: Logo | null) => void;
  /** What a new one is taken to show. */
  usualName: string;
  problem: Refusal | null;
}

/** The image above the reader’s pages: uploaded at once, shown to readers when the form is saved. */
export function LogoField({ slug, logo, onLogo, usualName, problem }: LogoFieldProps) {
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
    if (answer.ok) onLogo({ ...answer.image, alt: logo?.alt ?? usualName.trim() });
    else setRefusal(answer.problem);
  };
  return (
    <fieldset class="logo-field">
      <legend>Logo</legend>
      {logo && (
        <p class="logo-shown">
          <img src={logo.variants[0]?.url ?? ''} alt="" />
        </p>
      )}
      <div class="row">
        <Button icon={ImagePlus} busy={part !== null} onClick={() => input.current?.click()}>
          {logo ? 'Another logo' : 'Choose a logo'}
        </Button>
        {logo && (
          <Button look="quiet" icon={Trash2} onClick={() => onLogo(null)}>
            No logo
          </Button>
        )}
        {part !== null && <progress max={1} value={part} aria-label="Upload of the logo" />}
        <input
          ref={input}
          type="file"
          hidden
          accept="image/jpeg,image/png,image/webp,image/avif"
          aria-label="Choose a logo"
          onChange={({ currentTarget }) => {
            void upload(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
      </div>
      <p class="hint">In place of the name. A PNG that one sees through stands on light paper, in the dark too.</p>
      <FormProblem problem={refusal} />
      {logo && (
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
      )}
    </fieldset>
  );
}
