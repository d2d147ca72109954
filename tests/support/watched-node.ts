import { development, editor, expectOk, type Spine, type SpineOptions, startSpine } from './spine.ts';

/** A node that keeps what its followed log tells: resets by slug, changes by seq. */
export interface WatchedNode extends Spine {
  resets: string[];
  told: number[];
}

export async function startWatchedNode(options: SpineOptions): Promise<WatchedNode> {
  const spine = await startSpine(options);
  const resets: string[] = [];
  const told: number[] = [];
  spine.live.onReset((slug) => resets.push(slug));
  spine.live.onChange((_slug, { seq }) => told.push(seq));
  return { ...spine, resets, told };
}

/** Posts an update to the timeline `gaza`. */
export const post = async ({ desk }: Spine, headline = 'x') =>
  expectOk(await desk.publish(editor, 'gaza', development({ headline }))).update;

/** Where a node stands in the log of `gaza`. */
export const position = ({ live }: Spine) => live.timeline('gaza')?.position ?? { epoch: '', seq: -1 };
