import type { NewTimeline } from '../../../shared/timeline.ts';

/** Every entry of the sample carries this tag; what lacks it on the sample timeline was written by its users. */
export const sampleTag = 'sample';

export const sampleDay = 124;

/**
 * What an empty private store starts with, so that a first look shows more than an empty page. The facts are those of one
 * news report of 7 February 2024, told in words of our own. It says in every place that it is a sample.
 */
export const sampleTimeline: NewTimeline = {
  slug: 'gaza-sample',
  title: 'War on the Gaza Strip (sample)',
  subject: 'the war on the Gaza Strip',
  description:
    'A sample that comes with Daymark. It shows a single day, the 124th, in short entries rewritten from one news report; ' +
    'it is not a record of the war, and it is not complete. To remove it: npm run daymark -- sample remove',
  dayOne: '2023-10-07',
  timeZone: 'Asia/Gaza',
  language: 'en',
};
