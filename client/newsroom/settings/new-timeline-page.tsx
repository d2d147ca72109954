import { useState } from 'preact/hooks';
import type { Timeline } from '../../../shared/timeline.ts';
import { post } from '../api.ts';
import { Button } from '../components/button.tsx';
import { FormProblem, SelectField, TextField } from '../components/field.tsx';
import { PageHead } from '../components/page-head.tsx';
import { toast } from '../components/toast.tsx';
import { navigate } from '../navigation.ts';
import { useResource } from '../resource.ts';
import { useSending } from '../sending.ts';
import { DayCheck } from './day-check.tsx';
import { ZoneField } from './zone-field.tsx';
import { languages, slugOf } from './zones.ts';
import './settings.css';

const empty = { title: '', subject: '', slug: '', dayOne: '', timeZone: '', language: 'en' };

/** Begins a timeline; at every key it says which day today would be, and whether the address is free. */
export function NewTimelinePage() {
  const [input, setInput] = useState(empty);
  const [ownSlug, setOwnSlug] = useState(false);
  const slug = ownSlug ? input.slug : slugOf(input.title);
  const isTaken = useTaken(slug);
  const { problem, isBusy, submit } = useSending(
    () => post<Timeline>('/timelines', { ...input, slug }),
    (begun) => {
      toast(`${begun.title} has begun: today is day ${begun.today.day}.`);
      navigate(`/newsroom/${begun.slug}`);
    },
  );
  const field = (name: keyof typeof empty) => ({
    name,
    value: input[name],
    problem,
    onValue: (value: string) => setInput((before) => ({ ...before, [name]: value })),
  });
  return (
    <>
      <PageHead title="New timeline" about="The live record of one conflict, counted from its first day." />
      <form class="stack form-page" onSubmit={submit}>
        <TextField label="Title" {...field('title')} required placeholder="War on the Gaza Strip" dir="auto" />
        <TextField
          label="Subject"
          {...field('subject')}
          required
          dir="auto"
          placeholder="the war on the Gaza Strip"
          hint="Completes “Most important developments of the 124th day of …”."
        />
        <TextField
          label="Address"
          name="slug"
          value={slug}
          problem={problem}
          fault={isTaken ? `There is a timeline ${slug} already.` : null}
          onValue={(value) => {
            setOwnSlug(true);
            setInput((before) => ({ ...before, slug: value }));
          }}
          required
          spellcheck={false}
          autocapitalize="off"
          hint={
            slug === ''
              ? 'Small Latin letters, digits and hyphens.'
              : `Readers find it at ${location.host}/${slug}${isTaken === false ? ': free.' : ''}`
          }
        />
        <TextField
          label="Day one"
          {...field('dayOne')}
          type="date"
          required
          hint="This date is day 1. It stays once there are updates."
        />
        <ZoneField value={input.timeZone} problem={problem} onValue={field('timeZone').onValue} />
        <DayCheck {...input} />
        <SelectField label="Language of its pages" {...field('language')} choices={languages} />
        <FormProblem problem={problem} />
        <div class="actions">
          <Button type="submit" look="main" busy={isBusy} disabled={isTaken === true}>
            Begin the timeline
          </Button>
        </div>
      </form>
    </>
  );
}

/** Whether a timeline has this address; null while nobody knows. The server has the last word. */
function useTaken(slug: string): boolean | null {
  const { value } = useResource<{ timelines: Timeline[] }>('/timelines');
  if (value === null || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) return null;
  return value.timelines.some((timeline) => timeline.slug === slug);
}
