import { bulkSchema, type RecordPage } from '../../../shared/back-office.ts';
import { problem } from '../../../shared/problems.ts';
import { ok, type Result, refuse } from '../../../shared/result.ts';
import { presentStaffUpdate } from '../../domain/present-staff.ts';
import type { BackOffice, RecordRows } from '../../newsroom/back-office.ts';
import type { SummaryHistory } from '../../newsroom/summary-history.ts';
import { SearchIsFull } from '../../search/search.ts';
import type { Answer } from '../answers.ts';
import { parseBody, slugOf } from '../commands.ts';
import { queryOf } from '../front.ts';
import { parse } from '../parse.ts';
import type { Route } from '../routes.ts';
import type { StaffDoor } from '../staff.ts';
import { cursorOf, readRecordQuery, recordQuerySchema, statisticsQuerySchema } from './record-query.ts';

export interface BackOfficeRouteParts {
  staff: StaffDoor;
  backOffice: BackOffice;
  summaries: SummaryHistory;
}

const timeline = '/api/v1/timelines/:slug';
const recordParameters = Object.keys(recordQuerySchema.shape);

/** The whole record of a timeline, for its staff. */
export function backOfficeRoutes({ staff, backOffice, summaries }: BackOfficeRouteParts): Route[] {
  return [
    {
      method: 'GET',
      path: `${timeline}/staff/updates`,
      handlers: staff.handlers('reporter', async ({ params, req }) => {
        const query = readRecordQuery(queryOf(req.originalUrl, recordParameters));
        if (!query.ok) return query;
        return said(await unlessFull(() => backOffice.list(slugOf(params), query.value)), presentPage);
      }),
    },
    {
      method: 'POST',
      path: `${timeline}/staff/updates`,
      handlers: staff.handlers('reporter', async ({ actor, params, req }) => {
        const input = parseBody(bulkSchema, req);
        return input.ok ? said(await backOffice.changeMany(actor, slugOf(params), input.value)) : input;
      }),
    },
    {
      method: 'GET',
      path: `${timeline}/staff/statistics`,
      handlers: staff.handlers('reporter', async ({ params, req }) => {
        const query = parse(statisticsQuerySchema, queryOf(req.originalUrl, ['from', 'to']));
        return query.ok ? said(await backOffice.statistics(slugOf(params), query.value)) : query;
      }),
    },
    {
      method: 'GET',
      path: `${timeline}/days/:day/summary/versions`,
      handlers: ofDay(staff, async (slug, day) =>
        said(await summaries.versions(slug, day), (versions) => ({ versions })),
      ),
    },
    {
      method: 'GET',
      path: `${timeline}/days/:day/summary/changes`,
      handlers: ofDay(staff, async (slug, day) => said(await summaries.changes(slug, day), (changes) => ({ changes }))),
    },
  ];
}

const ofDay = (staff: StaffDoor, handle: (slug: string, day: number) => Promise<Result<Answer>>) =>
  staff.handlers('reporter', async ({ params }) => {
    const day = params['day'] ?? '';
    return /^[1-9]\d{0,6}$/.test(day)
      ? handle(slugOf(params), Number(day))
      : refuse('not-found', 'There is no such day.');
  });

const presentPage = ({ rows, more, total }: RecordRows): RecordPage => ({
  updates: rows.map(presentStaffUpdate),
  more: more && cursorOf(more),
  total,
});

function said<T>(result: Result<T>, present: (value: T) => unknown = (value) => value): Result<Answer> {
  return result.ok ? ok({ status: 200, body: present(result.value) }) : result;
}

async function unlessFull<T>(ask: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof SearchIsFull)) throw error;
    return { ok: false, problem: problem('overloaded', 'Too many search at once. Try again in 5 s.') };
  }
}
