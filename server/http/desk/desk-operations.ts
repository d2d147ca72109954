import { z } from 'zod';
import { settingsPatchSchema, settingsSchema } from '../../../shared/settings.ts';
import { deskSchema, staffUpdateSchema } from '../../../shared/staff-update.ts';
import type { Operation } from '../operations.ts';
import { sendBackSchema } from './desk-routes.ts';

const ifMatch = {
  'If-Match': { description: 'The revision that this is based on, quoted: `"3"`.', required: true },
};

const draftsSchema = z.object({ drafts: z.array(staffUpdateSchema) }).meta({ id: 'Drafts' });
const tagged = { headers: ['ETag'] };

/** The documentation of `deskRoutes`. */
export const deskOperations: Record<string, Operation> = {
  'GET /api/v1/timelines/:slug/settings': {
    id: 'settings',
    summary: 'How the newsroom of a timeline works',
    role: 'reporter',
    answers: { 200: { description: 'Revision 0: nobody has touched them.', schema: settingsSchema, ...tagged } },
    problems: ['not-found'],
  },
  'PATCH /api/v1/timelines/:slug/settings': {
    id: 'reviseSettings',
    summary: 'Hold all publication, or change other rules',
    description:
      'An editor sets `hold`; all else takes an admin. While `hold` is on nothing is published: at once, approved or imported it is refused (`publication-on-hold`), and what is scheduled goes out when it is off again. Corrections, retractions and takedowns go on. With `approval` what a reporter publishes or schedules becomes a draft that waits for an editor.',
    role: 'editor',
    headers: ifMatch,
    body: { schema: settingsPatchSchema },
    answers: { 200: { description: 'As they now stand.', schema: settingsSchema, ...tagged } },
    problems: ['not-found', 'stale-revision', 'if-match-required', 'contended'],
  },
  'GET /api/v1/timelines/:slug/desk': {
    id: 'desk',
    summary: 'Who you are at a timeline’s desk, and by which rules it works',
    role: 'reporter',
    answers: { 200: { description: 'You, and the settings.', schema: deskSchema } },
    problems: ['not-found'],
  },
  'GET /api/v1/timelines/:slug/drafts': {
    id: 'drafts',
    summary: 'All drafts, scheduled updates and what waits for approval',
    role: 'reporter',
    answers: { 200: { description: 'Oldest first.', schema: draftsSchema } },
    problems: ['not-found'],
  },
  'DELETE /api/v1/timelines/:slug/drafts/:id': {
    id: 'discardDraft',
    summary: 'Throw a draft away',
    description: 'A reporter may do this to own drafts. What was published leaves by a takedown alone.',
    role: 'reporter',
    answers: { 204: { description: 'It is gone.' } },
    problems: ['not-found', 'removed', 'already-published', 'contended'],
  },
  'GET /api/v1/timelines/:slug/updates/:id/staff': {
    id: 'staffUpdate',
    summary: 'An update with its author, its time to go out and its review',
    role: 'reporter',
    answers: { 200: { description: 'Drafts too.', schema: staffUpdateSchema, ...tagged } },
    problems: ['not-found', 'removed'],
  },
  'POST /api/v1/timelines/:slug/updates/:id/send-back': {
    id: 'sendBack',
    summary: 'Send a submitted draft back to its author',
    description: 'To approve one, publish it: `PATCH` with `{"status": "published"}`.',
    role: 'editor',
    headers: ifMatch,
    body: { schema: sendBackSchema },
    answers: { 200: { description: 'As it now stands.', schema: staffUpdateSchema, ...tagged } },
    problems: ['not-found', 'removed', 'stale-revision', 'if-match-required', 'not-submitted', 'contended'],
  },
};
