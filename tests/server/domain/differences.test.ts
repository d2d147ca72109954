import { describe, expect, test } from '@jest/globals';
import { differences } from '../../../server/domain/differences.ts';
import type { Stretch } from '../../../shared/difference.ts';
import { update } from '../../shared/view/sample.ts';

/** `-removed-`, `+added+`. */
const marked = (stretches: Stretch[] | null): string | undefined =>
  stretches?.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `+${text}+` : `-${text}-`)).join('');

describe('what a revision changed', () => {
  test('ART2 words that stayed are told from words that went and words that came', () => {
    const { headline, body } = differences(
      update({ headline: 'Four killed in strike on school', body: '<p>At <b>noon</b>.</p>' }),
      update({ headline: 'Four killed in strike on hospital', body: '<p>At <i>noon</i>.</p>' }),
    );
    expect(marked(headline)).toBe('Four killed in strike on -school-+hospital+');
    expect(body).toBeNull();
  });

  test('ART2 a language without spaces has words all the same', () => {
    const { headline } = differences(
      update({ headline: '昨日学校が攻撃された', language: 'ja' }),
      update({ headline: '昨日病院が攻撃された', language: 'ja' }),
    );
    expect(marked(headline)).toBe('昨日-学校-+病院+が攻撃された');
  });

  test('ART2 facts stand before and after, those that stayed not at all', () => {
    const { facts } = differences(
      update({ verification: 'claim', sources: [{ name: 'AFP', url: null }] }),
      update({ verification: 'confirmed', sources: [{ name: 'AFP', url: null }], attribution: 'according to X' }),
    );
    expect(facts).toEqual([
      { name: 'verification', before: 'claim', after: 'confirmed' },
      { name: 'attribution', before: '', after: 'according to X' },
    ]);
  });
});
