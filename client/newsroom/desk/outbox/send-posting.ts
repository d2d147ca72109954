import type { NewUpdate, Update, UpdatePatch } from '../../../../shared/update.ts';
import type { Answer, Refusal } from '../../api.ts';
import { textOf } from '../composer/form.ts';
import { type Attempt, isPassing, type Posting } from './posting.ts';

export interface PostingPorts {
  create: (input: NewUpdate, idempotencyKey: string) => Promise<Answer<Update>>;
  revise: (id: string, revision: number, patch: UpdatePatch) => Promise<Answer<Update>>;
  now: () => number;
}

/** Sends a posting to the server. However often it is called for one posting, one update comes of it. */
export async function sendPosting({ key, send, delayMs }: Posting, ports: PostingPorts): Promise<Attempt<Update>> {
  if (send.kind === 'new') return attemptOf(await ports.create(send.input, key));
  if (send.kind === 'draft') return publishDraft(send, delayMs, ports);
  const created = await ports.create(send.input, send.key);
  if (!created.ok) return attemptOf(created);
  const { id, revision } = created.body;
  return publishDraft({ id, revision, patch: send.patch }, delayMs, ports);
}

async function publishDraft(
  { id, revision, patch }: { id: string; revision: number; patch: UpdatePatch },
  delayMs: number | null,
  { revise, now }: PostingPorts,
): Promise<Attempt<Update>> {
  const when = delayMs === null ? {} : { publishAt: new Date(now() + delayMs).toISOString() };
  const wanted = { ...patch, ...when };
  const answer = await revise(id, revision, wanted);
  const next = answer.ok ? null : nextRevision(answer.problem, revision);
  if (next === null) return attemptOf(answer);
  // A draft is published or scheduled once: an earlier attempt has done it, and its answer was lost on the way.
  if (next.status !== 'draft') return { kind: 'sent', value: next };
  // A save of which its window never heard, or, where an editor approves, an earlier attempt: that it goes out is asked again.
  return attemptOf(saysTheSame(patch, next) ? await revise(id, next.revision, wanted) : answer);
}

function attemptOf(answer: Answer<Update>): Attempt<Update> {
  if (answer.ok) return { kind: 'sent', value: answer.body };
  return { kind: isPassing(answer.problem) ? 'wait' : 'refused', problem: answer.problem };
}

/** The very next revision, where that is what stands in the way; null: it is something else. */
function nextRevision({ code, current }: Refusal, revision: number): Update | null {
  if (code !== 'stale-revision') return null;
  const update = current as Update;
  return update.revision === revision + 1 ? update : null;
}

const saysTheSame = ({ headline, body }: UpdatePatch, update: Update): boolean =>
  (headline === undefined || headline === update.headline) &&
  (body === undefined || textOf(body) === textOf(update.body));
