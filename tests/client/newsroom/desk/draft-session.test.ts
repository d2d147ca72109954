import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Answer } from '../../../../client/newsroom/api.ts';
import { emptyForm } from '../../../../client/newsroom/desk/composer/form.ts';
import { type DraftPorts, DraftSession } from '../../../../client/newsroom/desk/drafts/draft-session.ts';
import type { LocalDraft } from '../../../../client/newsroom/desk/drafts/local-drafts.ts';
import { postingOf } from '../../../../client/newsroom/desk/drafts/publication.ts';
import { problem } from '../../../../shared/problems.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import type { Update } from '../../../../shared/update.ts';
import { timeline, update } from '../../../shared/view/sample.ts';

const now = Date.parse('2024-02-07T18:00:00.000Z');
const gaza: Timeline = timeline();
const sheet: LocalDraft = { id: 'd1', actor: 'me', timeline: 'gaza', savedAt: '', form: emptyForm('en'), of: null };
const answer = (more: Partial<Update>): Answer<Update> => {
  const body = update({ id: 'u1', status: 'draft', publishedAt: null, ...more });
  return { ok: true, status: 200, body, revision: body.revision, replayed: false };
};
const unreachable: Answer<Update> = { ok: false, problem: { code: 'unreachable', status: 0, title: '', detail: '' } };

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

function session(ports: Partial<DraftPorts> = {}, draft = sheet) {
  const kept: LocalDraft[] = [];
  const create = jest.fn(ports.create ?? (async () => answer({ revision: 1 })));
  const revise = jest.fn(ports.revise ?? (async (_: string, revision: number) => answer({ revision: revision + 1 })));
  const made = new DraftSession(draft, gaza, {
    create,
    revise,
    keep: async (one) => void kept.push(structuredClone(one)),
    now: () => now,
    onChange: () => undefined,
  });
  return { made, create, revise, kept };
}

describe('a draft that saves itself', () => {
  test('DESK60 every change is kept in the browser at once and on the server soon after', async () => {
    const { made, create, revise, kept } = session();
    made.change({ headline: 'It happ' });
    await jest.advanceTimersByTimeAsync(300);
    expect(kept.at(-1)?.form.headline).toBe('It happ');
    expect(create).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1_500);
    expect(create).toHaveBeenCalledTimes(1);
    expect(made.state).toMatchObject({ saving: 'saved', draft: { of: { id: 'u1', revision: 1, isDraft: true } } });
    made.change({ headline: 'It happened' });
    await jest.advanceTimersByTimeAsync(1_500);
    expect(revise).toHaveBeenCalledWith('u1', 1, { headline: 'It happened' });
    expect(made.state.draft.of?.revision).toBe(2);
  });

  test('DESK60 what is typed while a save is under way goes with the next one', async () => {
    let arrive: (answer: Answer<Update>) => void = () => undefined;
    const { made, revise } = session({ create: () => new Promise((resolve) => (arrive = resolve)) });
    made.change({ headline: 'One' });
    await jest.advanceTimersByTimeAsync(1_500);
    made.change({ headline: 'One two' });
    arrive(answer({ headline: 'One' }));
    await jest.advanceTimersByTimeAsync(1_500);
    expect(revise).toHaveBeenCalledWith('u1', 1, { headline: 'One two' });
  });

  test('DESK60 nothing is saved of an empty sheet, and an edit of what is public is not saved by itself', async () => {
    const { made, create } = session();
    made.change({ key: true });
    await jest.advanceTimersByTimeAsync(10_000);
    expect(create).not.toHaveBeenCalled();
    const of = { id: 'u1', revision: 3, base: emptyForm('en'), isDraft: false };
    const edit = session({}, { ...sheet, of });
    edit.made.change({ headline: 'For all to see' });
    await jest.advanceTimersByTimeAsync(10_000);
    expect(edit.revise).not.toHaveBeenCalled();
  });

  test('DESK61 a save whose answer was lost is repeated as it was, and what was typed since follows it', async () => {
    const answers = [unreachable, answer({ revision: 1 })];
    const { made, create, revise } = session({ create: async () => answers.shift() ?? unreachable });
    made.change({ headline: 'One' });
    await jest.advanceTimersByTimeAsync(1_500);
    expect(made.state.saving).toBe('offline');
    made.change({ headline: 'One two' });
    await jest.advanceTimersByTimeAsync(3_000);
    expect(create.mock.calls[1]).toEqual(create.mock.calls[0]);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(revise).toHaveBeenCalledWith('u1', 1, { headline: 'One two' });
  });

  test('DESK61 a text whose draft nobody knows of is published through that draft', async () => {
    const { made } = session({ create: async () => unreachable });
    made.change({ headline: 'One' });
    await jest.advanceTimersByTimeAsync(1_500);
    made.change({ headline: 'One two' });
    expect(postingOf(made.state.draft, gaza, { kind: 'now' }, now)?.send).toMatchObject({
      kind: 'create',
      key: 'd1-draft',
      input: { headline: 'One', status: 'draft' },
      patch: { headline: 'One two', status: 'published' },
    });
  });

  test('DESK54 what goes out is not overtaken by its own draft; what did not go out is saved on', async () => {
    let arrive: (answer: Answer<Update>) => void = () => undefined;
    const first = new Promise<Answer<Update>>((resolve) => (arrive = resolve));
    const of = { id: 'u1', revision: 1, base: emptyForm('en'), isDraft: true };
    const answers = [first, Promise.resolve(answer({ revision: 3 }))];
    const { made, revise } = session({ revise: () => answers.shift() ?? Promise.reject() }, { ...sheet, of });
    made.change({ headline: 'One' });
    await jest.advanceTimersByTimeAsync(1_500);
    made.change({ headline: 'One two' });
    let isQuiet = false;
    const paused = made.pause().then(() => {
      isQuiet = true;
    });
    await jest.advanceTimersByTimeAsync(1_000);
    expect(isQuiet).toBe(false);
    arrive(answer({ revision: 2, headline: 'One' }));
    await paused;
    expect(postingOf(made.state.draft, gaza, { kind: 'now' }, now)?.send).toMatchObject({ revision: 2 });
    await jest.advanceTimersByTimeAsync(10_000);
    await made.save();
    expect(revise).toHaveBeenCalledTimes(1);
    made.goOn();
    await jest.advanceTimersByTimeAsync(1_500);
    expect(revise.mock.calls[1]?.slice(0, 2)).toEqual(['u1', 2]);
  });

  test('DESK62 a save that somebody else has overtaken keeps both texts and saves no more until they are merged', async () => {
    const theirs = update({ id: 'u1', status: 'draft', revision: 5, headline: 'Theirs' });
    const stale: Answer<Update> = { ok: false, problem: problem('stale-revision', '', { current: theirs }) };
    const answers = [stale, answer({ revision: 6 })];
    const of = { id: 'u1', revision: 4, base: emptyForm('en'), isDraft: true };
    const { made, revise } = session({ revise: async () => answers.shift() ?? unreachable }, { ...sheet, of });
    made.change({ headline: 'Mine' });
    await jest.advanceTimersByTimeAsync(1_500);
    expect(made.state).toMatchObject({ conflict: { headline: 'Theirs' }, draft: { form: { headline: 'Mine' } } });
    made.change({ headline: 'Mine still' });
    await jest.advanceTimersByTimeAsync(5_000);
    expect(revise).toHaveBeenCalledTimes(1);
    made.resolve({ ...made.state.draft.form, headline: 'Both' }, theirs);
    await jest.advanceTimersByTimeAsync(1_500);
    expect(revise.mock.calls[1]?.slice(0, 2)).toEqual(['u1', 5]);
    expect(made.state).toMatchObject({ conflict: null, saving: 'saved' });
  });

  test('DESK62 a draft that somebody threw away becomes a new one of the same text', async () => {
    const gone: Answer<Update> = { ok: false, problem: problem('removed', '') };
    const of = { id: 'u1', revision: 4, base: emptyForm('en'), isDraft: true };
    const { made, create } = session({ revise: async () => gone }, { ...sheet, of });
    made.change({ headline: 'Still here' });
    await jest.advanceTimersByTimeAsync(1_500);
    expect(made.state).toMatchObject({ saving: 'refused', draft: { of: null, form: { headline: 'Still here' } } });
    made.change({ headline: 'Still here, again' });
    await jest.advanceTimersByTimeAsync(1_500);
    expect(create).toHaveBeenCalledTimes(1);
  });
});
