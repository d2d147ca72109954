import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../../client/newsroom/api.ts';
import { emptyForm } from '../../../../client/newsroom/desk/composer/form.ts';
import { Outbox, type OutboxShelf } from '../../../../client/newsroom/desk/outbox/outbox.ts';
import type { Posting, Sending } from '../../../../client/newsroom/desk/outbox/posting.ts';
import { sendPosting } from '../../../../client/newsroom/desk/outbox/send-posting.ts';
import { problem } from '../../../../shared/problems.ts';
import type { NewUpdate, Update, UpdatePatch } from '../../../../shared/update.ts';
import { update } from '../../../shared/view/sample.ts';

/** A shelf that outlives the outboxes on it, as IndexedDB does. */
function shelf(): OutboxShelf {
  const kept = new Map<string, Posting>();
  let turn = Promise.resolve();
  return {
    all: async () => [...kept.values()],
    put: async (posting) => void kept.set(posting.key, structuredClone(posting)),
    remove: async (key) => void kept.delete(key),
    alone: (work) => {
      turn = turn.then(work);
      return turn;
    },
  };
}

const input: NewUpdate = { occurredAt: '2024-02-07T10:00:00Z', headline: 'It happened' };
const posting = (key: string, send: Sending = { kind: 'new', input }, madeAt = key): Posting => ({
  key,
  actor: 'me',
  timeline: 'gaza',
  madeAt,
  send,
  delayMs: null,
  form: emptyForm('en'),
  state: 'waiting',
  problem: null,
});

const unreachable: Answer<never> = { ok: false, problem: { code: 'unreachable', status: 0, title: '', detail: '' } };

/** A server with idempotency keys and revisions, whose answers get lost as a test says. */
function server() {
  const updates = new Map<string, Update>();
  const byKey = new Map<string, string>();
  const lost: string[] = [];
  let isAway = false;
  const answer = (what: string, body: Update): Answer<Update> => {
    const at = lost.indexOf(what);
    if (at < 0) return { ok: true, status: 200, body: { ...body }, revision: body.revision, replayed: false };
    lost.splice(at, 1);
    return unreachable;
  };
  return {
    updates,
    lose: (what: string) => lost.push(what),
    away: (away: boolean) => {
      isAway = away;
    },
    ports: {
      now: () => 0,
      create: async (made: NewUpdate, key: string): Promise<Answer<Update>> => {
        if (isAway) return unreachable;
        const id = byKey.get(key) ?? `u${updates.size + 1}`;
        if (!byKey.has(key)) {
          byKey.set(key, id);
          updates.set(
            id,
            update({ id, headline: made.headline ?? '', status: made.status ?? 'published', revision: 1 }),
          );
        }
        // A replay answers what was answered first.
        return answer('create', { ...(updates.get(id) as Update), revision: 1 });
      },
      revise: async (id: string, revision: number, patch: UpdatePatch): Promise<Answer<Update>> => {
        if (isAway) return unreachable;
        const found = updates.get(id) as Update;
        if (found.revision !== revision)
          return { ok: false, problem: problem('stale-revision', '', { current: found }) };
        const status = patch.publishAt ? 'scheduled' : (patch.status ?? found.status);
        Object.assign(found, { ...patch, status, revision: revision + 1 });
        return answer('revise', found);
      },
    },
  };
}

function outboxOn(kept: OutboxShelf, { ports }: ReturnType<typeof server>) {
  const sent: string[] = [];
  const outbox = new Outbox<Update>({
    shelf: kept,
    send: (one) => sendPosting(one, ports),
    onChange: () => undefined,
    onSent: ({ key }) => sent.push(key),
  });
  return { outbox, sent };
}

describe('the outbox', () => {
  test('DESK50 a double click is one update', async () => {
    const there = server();
    const { outbox } = outboxOn(shelf(), there);
    await Promise.all([outbox.add(posting('a')), outbox.add(posting('a'))]);
    expect(there.updates.size).toBe(1);
  });

  test.each<[string, Sending, string]>([
    ['a new update', { kind: 'new', input }, 'create'],
    [
      'the draft of a create that nobody heard of',
      { kind: 'create', key: 'd', input: { ...input, status: 'draft' }, patch: { status: 'published' } },
      'create',
    ],
    [
      'a draft that is published',
      { kind: 'create', key: 'd', input: { ...input, status: 'draft' }, patch: { status: 'published' } },
      'revise',
    ],
  ])('DESK51 a lost answer makes neither none nor two of it: %s', async (_, send, lost) => {
    const there = server();
    const { outbox, sent } = outboxOn(shelf(), there);
    there.lose(lost);
    expect(await outbox.add(posting('a', send))).toBe('wait');
    await outbox.flush();
    expect(sent).toEqual(['a']);
    expect([...there.updates.values()].map(({ status }) => status)).toEqual(['published']);
  });

  test('DESK51 a draft whose last save its window never heard of goes out all the same, and is not taken for published', async () => {
    const there = server();
    const { ports } = there;
    await ports.create({ ...input, status: 'draft' }, 'd');
    await ports.revise('u1', 1, { headline: 'It happened again' });
    const patch: UpdatePatch = { headline: 'It happened again', status: 'published' };
    const send: Sending = { kind: 'draft', id: 'u1', revision: 1, base: emptyForm('en'), patch };
    expect(await outboxOn(shelf(), there).outbox.add(posting('a', send))).toBe('sent');
    expect([...there.updates.values()].map(({ status, revision }) => [status, revision])).toEqual([['published', 3]]);
    // A colleague’s words are nobody’s to publish.
    await ports.create({ ...input, status: 'draft' }, 'e');
    await ports.revise('u2', 1, { headline: 'Another’s words' });
    expect(await outboxOn(shelf(), there).outbox.add(posting('b', { ...send, id: 'u2' }))).toBe('refused');
  });

  test('DESK52 what is posted offline waits on the shelf, survives the page, and goes out once, in order', async () => {
    const there = server();
    const kept = shelf();
    there.away(true);
    const before = outboxOn(kept, there);
    expect(await before.outbox.add(posting('b', { kind: 'new', input: { ...input, headline: 'Second' } }))).toBe(
      'wait',
    );
    expect(await before.outbox.add(posting('a', { kind: 'new', input: { ...input, headline: 'First' } }))).toBe('wait');
    there.away(false);
    const [one, two] = [outboxOn(kept, there), outboxOn(kept, there)];
    await Promise.all([one.outbox.flush(), two.outbox.flush()]);
    expect([...there.updates.values()].map(({ headline }) => headline)).toEqual(['First', 'Second']);
    expect(await kept.all()).toEqual([]);
  });

  test('DESK53 what is refused stays, with the reason, and can be taken back; the others go out', async () => {
    const there = server();
    const kept = shelf();
    const refusing = new Outbox<Update>({
      shelf: kept,
      send: async (one) =>
        one.key === 'a' ? { kind: 'refused', problem: problem('in-the-future', '') } : sendPosting(one, there.ports),
      onChange: () => undefined,
      onSent: () => undefined,
    });
    expect(await refusing.add(posting('a'))).toBe('refused');
    expect(await refusing.add(posting('b'))).toBe('sent');
    expect(await refusing.take('a')).toMatchObject({ state: 'refused', problem: { code: 'in-the-future' } });
    expect(await kept.all()).toEqual([]);
    expect(await refusing.take('a')).toBeNull();
  });

  test('DESK53 a hold or an end of the session is waited for', async () => {
    const there = server();
    const codes = ['publication-on-hold', 'unauthenticated', 'store-unavailable'] as const;
    let attempt = 0;
    const kept = shelf();
    const waiting = new Outbox<Update>({
      shelf: kept,
      send: (one) => {
        const code = codes[attempt++];
        const ports = {
          ...there.ports,
          create: async () => ({ ok: false as const, problem: problem(code ?? 'internal', '') }),
        };
        return sendPosting(one, code ? ports : there.ports);
      },
      onChange: () => undefined,
      onSent: () => undefined,
    });
    expect(await waiting.add(posting('a'))).toBe('wait');
    await waiting.flush();
    await waiting.flush();
    expect((await kept.all())[0]?.problem?.code).toBe('store-unavailable');
    await waiting.flush();
    expect(there.updates.size).toBe(1);
  });
});
