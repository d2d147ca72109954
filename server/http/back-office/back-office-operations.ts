import {
  bulkReportSchema,
  bulkSchema,
  citedChangesSchema,
  recordPageSchema,
  statisticsSchema,
  summaryVersionsSchema,
} from '../../../shared/back-office.ts';
import { limits } from '../../../shared/limits.ts';
import type { Operation } from '../operations.ts';
import { recordQuerySchema, statisticsQuerySchema } from './record-query.ts';

/** The documentation of `backOfficeRoutes`. */
export const backOfficeOperations: Record<string, Operation> = {
  'GET /api/v1/timelines/:slug/staff/updates': {
    id: 'record',
    summary: 'The whole record, with drafts, authors and what was retracted',
    description:
      'A narrow filter on a long record answers with what it has found so far: go on with `more` until it is null. With words a page may have a few rows more than asked for.',
    role: 'reporter',
    query: recordQuerySchema,
    answers: { 200: { description: 'A page of it.', schema: recordPageSchema } },
    problems: ['not-found', 'validation-failed', 'overloaded'],
  },
  'POST /api/v1/timelines/:slug/staff/updates': {
    id: 'changeMany',
    summary: 'Tag, flag or retract many updates',
    description: `Ordinary revisions, one after the other: each is a change of its own, over the revision that was seen. Up to ${limits.bulkUpdates}; what one is refused, the others are not. A reporter may do this to own updates, but not retract.`,
    role: 'reporter',
    body: { schema: bulkSchema },
    answers: { 200: { description: 'What became of each.', schema: bulkReportSchema } },
    problems: ['not-found'],
  },
  'GET /api/v1/timelines/:slug/staff/statistics': {
    id: 'statistics',
    summary: 'What each day comes to',
    description: `${limits.statisticsDays} days at the most, newest first.`,
    role: 'reporter',
    query: statisticsQuerySchema,
    answers: { 200: { description: 'By day.', schema: statisticsSchema } },
    problems: ['not-found', 'validation-failed'],
  },
  'GET /api/v1/timelines/:slug/days/:day/summary/versions': {
    id: 'summaryVersions',
    summary: 'All versions of an editor’s summary',
    role: 'reporter',
    answers: {
      200: { description: 'Newest first; none where no editor has written one.', schema: summaryVersionsSchema },
    },
    problems: ['not-found'],
  },
  'GET /api/v1/timelines/:slug/days/:day/summary/changes': {
    id: 'citedChanges',
    summary: 'What has changed since of the updates that an editor’s summary cites',
    description: 'Word by word, from the wording that was cited to the present one.',
    role: 'reporter',
    answers: { 200: { description: 'Only those that changed.', schema: citedChangesSchema } },
    problems: ['not-found'],
  },
};
