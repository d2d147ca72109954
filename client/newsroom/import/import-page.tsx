import { FileUp, FolderInput } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Refusal } from '../api.ts';
import { Button } from '../components/button.tsx';
import { CheckField, Field, FormProblem } from '../components/field.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, LoadingState } from '../components/states.tsx';
import type { PageProps } from '../routes.ts';
import { ColumnFields } from './column-fields.tsx';
import { ImportReport } from './import-report.tsx';
import './import.css';
import { nothingTold, sendFile, type Told } from './send-file.ts';

/** Chosen → looked at (nothing is written) → going in → done. */
type Stage = 'none' | 'looking' | 'preview' | 'importing' | 'done';

/** Moving in: a file of another system, looked at first, then imported. */
export function ImportPage({ params }: PageProps) {
  const slug = params['slug'] ?? '';
  const [file, setFile] = useState<File | null>(null);
  const [map, setMap] = useState<Record<string, string> | null>(null);
  const [takesImages, setTakesImages] = useState(false);
  const [stage, setStage] = useState<Stage>('none');
  const [told, setTold] = useState<Told>(nothingTold);
  const [problem, setProblem] = useState<Refusal | null>(null);
  const sending = useRef<AbortController | null>(null);
  useEffect(() => () => sending.current?.abort(), []);

  async function send(
    chosen: File,
    preview: boolean,
    columns: Record<string, string> | null,
    images = takesImages,
  ): Promise<void> {
    sending.current?.abort();
    const mine = new AbortController();
    sending.current = mine;
    setProblem(null);
    setTold(nothingTold);
    setStage(preview ? 'looking' : 'importing');
    try {
      const how = { preview, images, map: columns, signal: mine.signal, tell: setTold };
      const found = await sendFile({ slug, file: chosen, ...how });
      setProblem(found);
      setStage(found && preview ? 'none' : preview ? 'preview' : 'done');
    } catch (error) {
      if (!mine.signal.aborted) throw error;
    }
  }

  const choose = (chosen: File | undefined): void => {
    if (!chosen) return;
    setFile(chosen);
    setMap(null);
    setTakesImages(false);
    void send(chosen, true, null, false);
  };
  const remap = (next: Record<string, string>): void => {
    setMap(next);
    if (file) void send(file, true, next);
  };
  const withImages = (checked: boolean): void => {
    setTakesImages(checked);
    if (file) void send(file, true, map, checked);
  };

  return (
    <>
      <PageHead
        title="Import"
        about="Bring updates from another system. Nothing is written before you have seen what would come in."
      />
      <div class="stack">
        <Field
          label="File"
          hint="WordPress export, live blogs of Automattic, Sourcefabric or the Guardian, a page with a LiveBlogPosting, RSS, Atom, JSON Feed, CSV, Daymark NDJSON"
        >
          {(ids) => (
            <input
              {...ids}
              type="file"
              name="file"
              disabled={stage === 'importing'}
              onChange={({ currentTarget }) => choose(currentTarget.files?.[0])}
            />
          )}
        </Field>
        <FormProblem problem={problem} />
        {stage === 'none' && !problem && (
          <EmptyState icon={FolderInput} title="No file yet">
            <p>Choose one, and this page says what it is and what would become of it.</p>
          </EmptyState>
        )}
        {stage === 'looking' && <LoadingState label="Looking at the file" />}
        {told.title !== '' && file && (
          <p>
            <strong>{file.name}</strong> is {told.title}.
          </p>
        )}
        {stage !== 'done' && told.columns.length > 0 && (
          <ColumnFields columns={told.columns} map={map ?? told.map} onMap={remap} />
        )}
        {told.unmapped.length > 0 && (
          <p class="notice" role="status">
            Say which column has the time of the event, and which a headline or a text.
          </p>
        )}
        {stage === 'importing' && (
          <p role="status">
            {told.counts.imported + told.counts.replayed + told.counts.refused} rows so far. Readers see them come in.
          </p>
        )}
        {(stage === 'preview' || stage === 'done') && told.unmapped.length === 0 && (
          <ImportReport told={told} isPreview={stage === 'preview'} />
        )}
        {stage === 'preview' && (told.images > 0 || takesImages) && (
          <CheckField
            label={`Fetch the images too (${told.images})`}
            hint="From the addresses that the file names. An image needs an alternative text at its source."
            checked={takesImages}
            onChecked={withImages}
          />
        )}
        {stage === 'preview' && file && (told.counts.imported > 0 || (takesImages && told.images > 0)) && (
          <p>
            <Button look="main" icon={FileUp} onClick={() => void send(file, false, map)}>
              {told.counts.imported > 0 ? `Import ${told.counts.imported}` : 'Fetch the images'}
            </Button>
          </p>
        )}
      </div>
    </>
  );
}
