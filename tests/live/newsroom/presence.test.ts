import { describe, expect, test } from '@jest/globals';
import { editingMs, nodeSilentMs, Presence, quietMessage, type Seat } from '../../../server/live/newsroom/presence.ts';

const seat = (id: string, more: Partial<Seat> = {}): Seat => ({
  timeline: 'gaza',
  id,
  actor: `actor-${id}`,
  name: id,
  role: 'reporter',
  editing: null,
  ...more,
});

/** Nodes on one wire, which a test cuts by `silent`. */
function nodes(...names: string[]) {
  let now = 0;
  const silent = new Set<string>();
  const news: string[] = [];
  const all = new Map<string, Presence>();
  for (const node of names) {
    const tell = (message: string): void => {
      if (!silent.has(node)) for (const presence of all.values()) presence.hear(message);
    };
    const parts = {
      node,
      tell,
      clock: () => now,
      onPeople: (timeline: string) => news.push(`${node} ${timeline}`),
      onQuiet: (timeline: string, what: string) => news.push(`${node} ${timeline} ${what}`),
    };
    all.set(node, new Presence(parts));
  }
  const [a, b] = [...all.values()] as [Presence, Presence];
  return { a, b, news, silent, pass: (ms: number) => (now += ms) };
}

const names = (presence: Presence, timeline = 'gaza') =>
  presence.people(timeline).map(({ name, editing }) => (editing ? `${name} edits ${editing}` : name));

describe('presence', () => {
  test('DESK20 who sits down at one node is seen at every node, at that desk alone', () => {
    const { a, b, news } = nodes('a', 'b');
    a.sit(seat('Ada'));
    b.sit(seat('Bo', { timeline: 'kyiv' }));
    b.sit(seat('Cy'));
    expect(names(a)).toEqual(['Ada', 'Cy']);
    expect(names(b)).toEqual(['Ada', 'Cy']);
    expect(names(a, 'kyiv')).toEqual(['Bo']);
    expect(news).toContain('b gaza');
    a.rise('Ada');
    expect(names(b)).toEqual(['Cy']);
  });

  test('DESK20 a node that comes later asks who is there', () => {
    const { a, b, silent } = nodes('a', 'b');
    silent.add('a');
    a.sit(seat('Ada'));
    silent.clear();
    b.hello();
    expect(names(b)).toEqual(['Ada']);
  });

  test('DESK20 what was lost is made good by the next beat, and a node that falls silent takes its people along', () => {
    const { a, b, silent, pass } = nodes('a', 'b');
    silent.add('a');
    a.sit(seat('Ada'));
    expect(names(b)).toEqual([]);
    silent.clear();
    a.beat();
    expect(names(b)).toEqual(['Ada']);
    pass(nodeSilentMs + 1);
    b.beat();
    expect(names(b)).toEqual([]);
  });

  test('DESK21 who edits what is seen, and expires unless it is said again', () => {
    const { a, b, pass } = nodes('a', 'b');
    a.sit(seat('Ada'));
    a.edit('Ada', 'gaza', 'u1');
    expect(names(b)).toEqual(['Ada edits u1']);
    pass(editingMs - 1);
    a.edit('Ada', 'gaza', 'u1');
    pass(editingMs - 1);
    a.beat();
    expect(names(b)).toEqual(['Ada edits u1']);
    pass(2);
    a.beat();
    expect(names(b)).toEqual(['Ada']);
  });

  test('DESK22 what no log tells is told to all nodes; what is no message of ours is passed over', () => {
    const { a, news } = nodes('a', 'b');
    a.hear(quietMessage('gaza', 'drafts'));
    for (const text of ['', '{', '{"kind":"later"}', '{"kind":"seats","node":"x","seats":[{}]}']) a.hear(text);
    expect(news).toEqual(['a gaza drafts']);
  });
});
