import type { Timeline } from '../../../shared/timeline.ts';
import type { Crowd } from './crowd.ts';
import type { Verdict } from './round.ts';
import type { Desk } from './writers.ts';

/** Whether every follower of the crowds has had every change once and in order, within `withinMs`, and knows the day as it is. */
export async function judgeCrowds(
  { client, slug }: Desk,
  crowds: readonly Crowd[],
  withinMs: number,
): Promise<Verdict> {
  const { position } = await client.read<Timeline>(`/api/v1/timelines/${slug}`);
  const completed = await Promise.all(crowds.map((crowd) => crowd.complete(position, withinMs)));
  const compared = await Promise.all(crowds.map((crowd) => crowd.compare()));
  const states = await Promise.all(crowds.map((crowd) => crowd.state()));
  const sum = (name: 'delivered' | 'caughtUp' | 'connects' | 'resets' | 'behindHead' | 'silences'): number =>
    states.reduce((total, state) => total + state[name], 0);
  const followers = crowds.reduce((total, { count }) => total + count, 0);
  const behind = completed.reduce((total, one) => total + one.behind, 0);
  const different = compared.reduce((total, one) => total + one.different, 0);
  const faults = states.flatMap((state) =>
    Object.entries(state.faults).map(([fault, times]) => `${fault} (${times}×)`),
  );
  if (behind > 0) faults.push(`${behind} followers did not reach ${position}`);
  if (different > 0)
    faults.push(`${different} followers know another day: ${compared.flatMap((one) => one.differences).join('; ')}`);
  const figures = {
    followers,
    complete: followers - behind,
    completeMs: Math.max(...completed.map(({ ms }) => ms)),
    delivered: sum('delivered'),
    caughtUp: sum('caughtUp'),
    connects: sum('connects'),
    resets: sum('resets'),
    behindHead: sum('behindHead'),
    silences: sum('silences'),
  };
  return { faults, figures };
}
