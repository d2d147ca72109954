import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AuditStore } from '../../server/store/audit-store.ts';
import type { PeopleStore, StoredAccount } from '../../server/store/people-store.ts';
import type { Place } from '../../server/store/place.ts';
import type { AuditEntry } from '../../server/store/store.ts';
import { type Spine, startSpine } from '../support/spine.ts';

const entry = (target: string): AuditEntry => ({
  at: '2026-11-26T00:00:00.000Z',
  actor: 'x',
  action: 'person.role',
  target,
  reason: null,
});

const account = (id: string, more: Partial<StoredAccount> = {}): StoredAccount => ({
  id,
  name: id,
  email: `${id}@Example.org`,
  role: 'admin',
  timelines: null,
  passwordHash: 'x',
  secondFactor: null,
  pendingSecret: null,
  disabledAt: null,
  createdAt: '2026-11-26T00:00:00.000Z',
  revision: 1,
  ...more,
});

/** What every implementation of the people’s port must do. */
export function describePeopleStore(name: string, place: () => Place): void {
  describe(`the people’s store on ${name}`, () => {
    let people: PeopleStore;
    let audit: AuditStore;
    let spine: Spine;
    beforeAll(async () => {
      spine = await startSpine({ place: place() });
      ({ people, audit } = spine);
    });
    afterAll(() => spine.end());
    const write = (before: StoredAccount | null, after: StoredAccount, target = after.id) =>
      people.commit({ effects: [{ kind: 'account', before, after }], audit: [entry(target)] });

    test('PEO14 all of a commit is written with its audit entry, or nothing where one part has moved on', async () => {
      const jane = account('jane');
      expect(await write(null, jane)).toBe(true);
      expect(await people.accountByEmail('jane@example.org')).toEqual(jane);
      const moved = { ...jane, role: 'editor' as const };
      const session = { hash: 'h', id: 's', account: 'jane', createdAt: '', seenAt: '', device: '', address: '' };
      const both = (before: StoredAccount) =>
        people.commit({
          effects: [
            { kind: 'session', before: null, after: session },
            { kind: 'account', before, after: moved },
          ],
          audit: [entry('both')],
        });
      expect(await both({ ...jane, name: 'somebody else' })).toBe(false);
      expect(await people.session('h')).toBeNull();
      expect((await audit.read('staff', 0, 10)).map(({ target }) => target)).toEqual(['jane']);
      expect(await both(jane)).toBe(true);
      expect(await people.session('h')).toEqual(session);
      expect((await audit.read('staff', 0, 1))[0]?.target).toBe('both');
    });

    test('PEO14 an address belongs to one account, also where two are made at once, and goes with a new one', async () => {
      const [first, second] = [
        account('one', { email: 'same@example.org' }),
        account('two', { email: 'SAME@example.org' }),
      ];
      const made = await Promise.all([write(null, first), write(null, second)]);
      expect(made.filter(Boolean)).toHaveLength(1);
      const kept = made[0] ? first : second;
      expect(await write(kept, { ...kept, email: 'other@example.org' })).toBe(true);
      expect(await people.accountByEmail('same@example.org')).toBeNull();
      expect((await people.accountByEmail('other@example.org'))?.id).toBe(kept.id);
    });

    test('PEO14 the first account is made once', async () => {
      expect((await people.accounts()).length).toBeGreaterThan(0);
      const first = account('first');
      const commit = { effects: [{ kind: 'account' as const, before: null, after: first }], audit: [], isFirst: true };
      expect(await people.commit(commit)).toBe(false);
      expect(await people.account('first')).toBeNull();
    });

    test('PEO15 a budget is used up by as many as it has, also at once, and begins anew after its window', async () => {
      const budget = { name: 'a', most: 3, windowMs: 1_000 };
      const taken = await Promise.all(Array.from({ length: 5 }, () => people.takeAttempt([budget], 10_000)));
      expect(taken.filter((wait) => wait === 0)).toHaveLength(3);
      expect(await people.takeAttempt([budget], 10_400)).toBe(600);
      expect(await people.takeAttempt([budget], 11_000)).toBe(0);
      // Set back beyond the window’s beginning: it must not last until the clock is there again.
      expect(await people.takeAttempt([budget], 5_000)).toBe(0);
    });

    test('PEO15 where one budget is used up nothing is taken from the others; what was right is given back', async () => {
      const [small, large] = [
        { name: 'small', most: 1, windowMs: 1_000 },
        { name: 'large', most: 2, windowMs: 1_000 },
      ];
      expect(await people.takeAttempt([small, large], 0)).toBe(0);
      expect(await people.takeAttempt([small, large], 0)).toBe(1_000);
      await people.returnAttempt([small, large], ['small']);
      expect(await people.takeAttempt([small, large], 0)).toBe(0);
      expect(await people.takeAttempt([large], 0)).toBe(0);
      expect(await people.takeAttempt([large], 0)).toBe(1_000);
    });

    test('AUD3 is read newest first, in parts; of failed sign-ins the newest 5,000 are kept, of takedowns all', async () => {
      const removals = { timeline: 'kept', kept: 'removals' as const };
      for (let i = 0; i < 5; i++) await audit.put(removals, entry(`r${i}`));
      const read = async (skip: number, count: number) =>
        (await audit.read(removals, skip, count)).map(({ target }) => target);
      expect(await read(0, 2)).toEqual(['r4', 'r3']);
      expect(await read(2, 2)).toEqual(['r2', 'r1']);
      expect(await read(4, 2)).toEqual(['r0']);
      expect(await read(6, 2)).toEqual([]);
      for (let i = 0; i < 5_010; i += 167)
        await Promise.all(Array.from({ length: 167 }, (_, j) => audit.put('refusals', entry(`f${i + j}`))));
      expect(await audit.read('refusals', 0, 10_000)).toHaveLength(5_000);
    });
  });
}
