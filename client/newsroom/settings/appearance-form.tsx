import { useState } from 'preact/hooks';
import { contrast, isLegible, legible, papers, type Scheme } from '../../../shared/colour.ts';
import { CheckField, Field, TextArea, TextField } from '../components/field.tsx';
import { LogoField } from './logo-field.tsx';
import { PanelForm } from './panel.tsx';
import { type SettingsFormProps, useSettingsSave } from './use-save.ts';

const usual = { light: '#a8201a', dark: '#f28b7d' };

/** How the reader’s pages look, and where they may be embedded. */
export function AppearanceForm(props: SettingsFormProps) {
  const { appearance, embedHosts } = props.settings;
  const { save, isBusy, problem } = useSettingsSave(props);
  const [siteName, setSiteName] = useState(appearance.siteName ?? '');
  const [accent, setAccent] = useState(appearance.accent);
  const [logo, setLogo] = useState(appearance.logo);
  const [isLimited, setLimited] = useState(embedHosts !== null);
  const [hosts, setHosts] = useState((embedHosts ?? []).join('\n'));
  return (
    <PanelForm
      title="Appearance and embedding"
      isBusy={isBusy}
      problem={problem}
      onSave={() =>
        void save({
          appearance: {
            siteName: siteName.trim() === '' ? null : siteName,
            accent,
            logo: logo && { id: logo.id, alt: logo.alt, dark: logo.dark?.id ?? null },
          },
          embedHosts: isLimited ? hosts.split(/\s+/).filter(Boolean) : null,
        })
      }
    >
      <TextField
        label="Name above the pages"
        name="appearance/siteName"
        value={siteName}
        onValue={setSiteName}
        problem={problem}
        optional
        dir="auto"
        hint="The masthead. Without one it says Daymark."
      />
      <LogoField slug={props.slug} logo={logo} onLogo={setLogo} usualName={siteName} problem={problem} />
      <CheckField
        label="A colour of its own"
        hint="Of links and marks."
        checked={accent !== null}
        onChecked={(on) => setAccent(on ? usual : null)}
      />
      {accent && (
        <div class="colours">
          <ColourField
            scheme="light"
            value={accent.light}
            onValue={(light) => setAccent({ light: legible(light, 'light'), dark: legible(light, 'dark') })}
          />
          <ColourField
            scheme="dark"
            value={accent.dark}
            onValue={(dark) =>
              setAccent((before) => ({ light: before?.light ?? usual.light, dark: legible(dark, 'dark') }))
            }
          />
        </div>
      )}
      <CheckField
        label="Only these hosts may embed it"
        checked={isLimited}
        onChecked={setLimited}
        hint="Else any site may."
      />
      {isLimited && (
        <TextArea
          label="Hosts"
          name="embedHosts"
          value={hosts}
          onValue={setHosts}
          problem={problem}
          spellcheck={false}
          placeholder={'news.example.org\n*.example.org'}
          hint="One a line. Without any, nobody may embed it."
        />
      )}
    </PanelForm>
  );
}

const titles: Record<Scheme, string> = { light: 'On light paper', dark: 'On dark paper' };

/** A colour on the paper it is for. What can’t be read there is moved to the nearest colour that can. */
function ColourField({ scheme, value, onValue }: { scheme: Scheme; value: string; onValue: (value: string) => void }) {
  const worst = Math.min(...papers[scheme].map((paper) => contrast(value, paper)));
  return (
    <Field
      label={titles[scheme]}
      hint={`Contrast ${worst.toFixed(1)}${isLegible(value, scheme) ? '' : ': too little'}`}
    >
      {(ids) => (
        <span class={`colour ${scheme}`}>
          <input {...ids} type="color" value={value} onChange={({ currentTarget }) => onValue(currentTarget.value)} />
          <svg viewBox="0 0 120 40" role="img" aria-label={`Sample in ${value}`}>
            <rect width="120" height="40" rx="6" fill={papers[scheme][0]} />
            <text x="60" y="26" text-anchor="middle" font-size="16" fill={value}>
              124th day
            </text>
          </svg>
        </span>
      )}
    </Field>
  );
}
