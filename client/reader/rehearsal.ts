import { automaticSections } from '../../shared/automatic-summary.ts';
import type { Summary } from '../../shared/summary.ts';
import type { Update } from '../../shared/update.ts';
import type { ViewContext } from '../../shared/view/context.ts';
import { summarySection } from '../../shared/view/summary.ts';
import { updateArticle } from '../../shared/view/update.ts';
import { elementOf } from './dom.ts';
import { sourcesOnPage } from './open-summary.ts';
import { whenIdle } from './when-idle.ts';

/**
 * What the first update to arrive needs has never run, and Intl makes its tables at first use: on a slow phone that takes three times
 * as long as with the next one. So all of it runs once while nothing else is to be done; what it makes is thrown away.
 */
export function rehearse(context: ViewContext): void {
  const { formats } = context;
  const at = new Date().toISOString();
  whenIdle(
    () => formats.time(at),
    () => formats.localDate(at),
    () => formats.relative(at, Date.now()),
    () => elementOf(updateArticle(example(at, context), context)),
    () => elementOf(summarySection(summary(context), () => null, context)),
  );
}

const example = (at: string, { language }: ViewContext): Update => ({
  id: '',
  timeline: '',
  day: 1,
  date: at.slice(0, 10),
  occurredAt: at,
  precision: 'minute',
  timeLabel: null,
  headline: '-',
  body: '<p>-</p>',
  key: true,
  pinned: false,
  verification: 'reported',
  attribution: null,
  sources: [{ name: null, url: 'https://example.org' }],
  place: null,
  images: [],
  tags: [],
  byline: null,
  language,
  status: 'published',
  publishedAt: at,
  revisedAt: null,
  revision: 1,
  correction: null,
  retraction: null,
  url: '',
});

const summary = ({ slug, language }: ViewContext): Summary => ({
  timeline: slug,
  day: 1,
  date: '',
  title: '',
  automatic: true,
  sections: automaticSections(sourcesOnPage(language)),
  outdated: [],
  revision: 0,
  revisedAt: null,
});
