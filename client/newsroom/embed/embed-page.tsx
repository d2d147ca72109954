import { Copy } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { Timeline } from '../../../shared/timeline.ts';
import { Button } from '../components/button.tsx';
import { CheckField, SelectField, TextArea, TextField } from '../components/field.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Loaded } from '../components/states.tsx';
import { useResource } from '../resource.ts';
import type { PageProps } from '../routes.ts';
import './embed.css';
import { ShownOn } from './shown-on.tsx';
import { frameAddress, type Pin, readPin, snippetFor, type Wish } from './snippet.ts';

const kinds = [
  { value: 'latest', label: 'The latest updates' },
  { value: 'day', label: 'One day' },
  { value: 'summary', label: 'The summary of a day' },
  { value: 'update', label: 'One update' },
];
const forms = [
  { value: 'widget', label: 'Script: fits in with the page' },
  { value: 'frame', label: 'Frame: where scripts are not allowed' },
];
const themes = [
  { value: 'auto', label: 'As the reader has it' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** Builds the lines that another site pastes, and shows what they show. */
export function EmbedPage({ params }: PageProps) {
  const timeline = useResource<Timeline>(`/timelines/${params['slug'] ?? ''}`);
  return (
    <>
      <PageHead title="On other sites" about="What to paste into another page, so that it shows this timeline live." />
      <Loaded resource={timeline}>{(found) => <Builder timeline={found} />}</Loaded>
      <ShownOn slug={params['slug'] ?? ''} />
    </>
  );
}

function Builder({ timeline }: { timeline: Timeline }) {
  const { slug, title, today } = timeline;
  const day = String(Math.max(1, today.day));
  const [wish, setWish] = useState<Wish>({
    form: 'widget',
    kind: 'latest',
    day,
    update: '',
    limit: '10',
    key: false,
    theme: 'auto',
  });
  const [isPinned, setPinned] = useState(false);
  const [pin, setPin] = useState<Pin | null>(null);
  useEffect(() => {
    if (isPinned && pin === null) readPin(location.origin).then(setPin, () => setPinned(false));
  }, [isPinned, pin]);
  const place = { origin: location.origin, slug, title };
  const set = (change: Partial<Wish>): void => setWish({ ...wish, ...change });
  const isList = wish.kind === 'latest' || wish.kind === 'day';
  const isReady = wish.kind !== 'update' || wish.update.trim() !== '';
  return (
    <div class="embed-builder">
      <form class="stack" onSubmit={(event) => event.preventDefault()}>
        <SelectField
          label="What to show"
          name="kind"
          choices={kinds}
          value={wish.kind}
          onValue={(kind) => set({ kind: kind as Wish['kind'] })}
        />
        {(wish.kind === 'day' || wish.kind === 'summary') && (
          <TextField
            label="Day"
            name="day"
            type="number"
            inputMode="numeric"
            value={wish.day}
            onValue={(value) => set({ day: value })}
          />
        )}
        {wish.kind === 'update' && (
          <TextField
            label="Update"
            name="update"
            hint="Its id: the last part of its address."
            value={wish.update}
            onValue={(update) => set({ update })}
          />
        )}
        {isList && <CheckField label="Key developments alone" checked={wish.key} onChecked={(key) => set({ key })} />}
        {isList && (
          <TextField
            label="Updates at most"
            name="limit"
            type="number"
            inputMode="numeric"
            hint="1 to 100"
            value={wish.limit}
            onValue={(limit) => set({ limit })}
          />
        )}
        <SelectField
          label="Colours"
          name="theme"
          choices={themes}
          value={wish.theme}
          onValue={(theme) => set({ theme: theme as Wish['theme'] })}
        />
        <SelectField
          label="How"
          name="form"
          choices={forms}
          value={wish.form}
          onValue={(form) => set({ form: form as Wish['form'] })}
        />
        {wish.form === 'widget' && (
          <CheckField
            label="Pin this version of the script"
            hint="The other site’s browser checks it. It has to be pasted anew after an upgrade of this server."
            checked={isPinned}
            onChecked={setPinned}
          />
        )}
        <Lines text={isReady ? snippetFor(wish, place, isPinned && wish.form === 'widget' ? pin : null) : ''} />
      </form>
      <section aria-label="Preview">
        {isReady ? (
          <iframe key={frameAddress(wish, place)} title="Preview" src={frameAddress(wish, place)} />
        ) : (
          <p class="soft">Say which update, and it is shown here.</p>
        )}
      </section>
    </div>
  );
}

function Lines({ text }: { text: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => setCopied(false), [text]);
  return (
    <>
      <TextArea
        label="To paste"
        name="lines"
        rows={7}
        readOnly
        spellcheck={false}
        dir="ltr"
        value={text}
        onValue={() => undefined}
      />
      <Button
        look="main"
        icon={Copy}
        disabled={text === ''}
        onClick={() =>
          navigator.clipboard.writeText(text).then(
            () => setCopied(true),
            () => setCopied(false),
          )
        }
      >
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
    </>
  );
}
