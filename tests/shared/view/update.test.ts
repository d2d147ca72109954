import { describe, expect, test } from '@jest/globals';
import type { Update } from '../../../shared/update.ts';
import { updateArticle } from '../../../shared/view/update.ts';
import { context, update, wordsOf } from './sample.ts';

const words = (more: Partial<Update>) => wordsOf(updateArticle(update(more), context()));
const markup = (more: Partial<Update>, language = 'en') => updateArticle(update(more), context(language)).text;

describe('an update', () => {
  test('PAGE3 is an article that can be linked to and holds the instant of its event', () => {
    const text = markup({});
    expect(text).toMatch(/^<article id="u-01HP0000000000000000000001">/);
    expect(text).toContain('<time datetime="2024-02-07T16:20:00.000Z">18:20</time>');
    expect(text).toContain('href="/gaza/updates/01HP0000000000000000000001"');
  });

  test.each([
    ['minute', { precision: 'minute' }, '18:20'],
    ['hour', { precision: 'hour' }, 'around 18:20'],
    ['day', { precision: 'day' }, '7 Feb'],
    ['overnight', { timeLabel: 'overnight' }, 'Overnight'],
    ['in the writer’s words', { timeLabel: 'before dawn' }, 'before dawn'],
    [
      'of another day than the page’s',
      { date: '2024-02-06', occurredAt: '2024-02-06T16:20:00.000Z' },
      '6 February 2024, 18:20',
    ],
  ] as const)('PAGE3 its time is no more exact than it is known: %s', (_, more, time) => {
    expect(words(more)).toMatch(new RegExp(`^${time} Something`));
  });

  test('PAGE3 between date and time stands the comma of the language', () => {
    const elsewhere = { date: '2024-02-06', occurredAt: '2024-02-06T16:20:00.000Z' };
    expect(markup(elsewhere, 'ar')).toMatch(/<time [^>]*>6 فبراير 2024، 18:20</);
  });

  test.each([
    ['in time', { publishedAt: '2024-02-07T16:35:00.000Z' }, null],
    ['an hour later', { publishedAt: '2024-02-07T17:20:00.000Z' }, 'posted 19:20'],
    ['on another day', { publishedAt: '2024-02-08T07:10:00.000Z' }, 'posted 8 Feb 2024, 09:10'],
    ['before its time', { publishedAt: '2024-02-07T16:18:00.000Z' }, 'posted 18:18'],
    ['known by its hour', { precision: 'hour', publishedAt: '2024-02-07T16:25:00.000Z' }, 'posted 18:25'],
    ['known by its day', { precision: 'day', publishedAt: '2024-02-07T16:25:00.000Z' }, 'posted 18:25'],
    [
      'after the day it is known by',
      { precision: 'day', publishedAt: '2024-02-07T22:20:00.000Z' },
      'posted 8 Feb 2024, 00:20',
    ],
  ] as const)('PAGE4 it says when it was posted where its time doesn’t say so: %s', (_, more, said) => {
    if (said) expect(words(more)).toContain(said);
    else expect(words(more)).not.toContain('posted');
  });

  test('PAGE4 without a headline it is headed by its time', () => {
    expect(markup({ headline: '' })).toMatch(/<h3 class="at"><a class="when"[^>]*>\s*<time/);
    expect(markup({})).not.toContain('class="at"');
  });

  test('PAGE2 what writers wrote is text, whatever it looks like; the sanitised body alone is HTML', () => {
    const nasty = '<script>alert(1)</script>"\'&';
    const text = markup({
      headline: nasty,
      attribution: nasty,
      byline: nasty,
      timeLabel: nasty,
      tags: [nasty],
      place: { name: nasty, latitude: 0, longitude: 0 },
      sources: [
        { name: nasty, url: null },
        { name: nasty, url: 'https://example.org/"><script>' },
      ],
      correction: { note: nasty, at: '2024-02-07T17:00:00.000Z' },
      retraction: { reason: nasty, at: '2024-02-07T17:00:00.000Z' },
      language: 'x"><script>'.slice(0, 1) === 'x' ? 'ar' : 'en',
    });
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;');
    expect(text).toContain('<strong>Gaza</strong>');
  });

  test('PAGE5 it says how sure it is, according to whom, from where, by whom and where', () => {
    const said = words({
      verification: 'claim',
      attribution: 'according to the Gaza Health Ministry',
      sources: [
        { name: 'AP', url: 'https://apnews.com/x' },
        { name: null, url: 'https://www.reuters.com/y?z' },
        { name: 'A witness', url: null },
      ],
      byline: 'Lina Haddad',
      place: { name: 'Rafah', latitude: 31.3, longitude: 34.2 },
      tags: ['Ceasefire', 'Aid'],
    });
    const parts = [
      'Claim',
      'according to the Gaza Health Ministry',
      'Sources: AP , reuters.com , A witness',
      'By Lina Haddad',
      'Rafah',
      'Ceasefire , Aid',
    ];
    for (const part of parts) expect(said).toContain(part);
  });

  test('PAGE5 a topic leads to all that has it', () => {
    expect(markup({ tags: ['Aid & food?'] })).toContain(
      '<a href="/gaza/search?tag=Aid%20%26%20food%3F">Aid &amp; food?</a>',
    );
  });

  test('PAGE5 a link leads to http or https, and nowhere else', () => {
    expect(markup({ sources: [{ name: 'AP', url: 'https://apnews.com/x' }] })).toContain(
      '<a href="https://apnews.com/x">AP</a>',
    );
    expect(markup({ sources: [{ name: 'AP', url: 'javascript:alert(1)' }] })).not.toContain('javascript:');
  });

  test('PAGE6 a correction stands at the update with its note and its time, and is no mere edit', () => {
    const at = '2024-02-07T17:02:00.000Z';
    const said = words({ correction: { note: 'It was Tuesday.', at }, revisedAt: at });
    expect(said).toContain('Corrected 19:02 It was Tuesday.');
    expect(said).not.toContain('Updated');
    expect(words({ revisedAt: at })).toContain('Updated 19:02');
  });

  test('PAGE6 a retracted update is struck, with the reason before it, and is no key development any more', () => {
    const text = markup({
      status: 'retracted',
      key: true,
      retraction: { reason: 'Our only source withdrew it.', at: '2024-02-07T17:02:00.000Z' },
    });
    expect(text).toContain('class="retracted"');
    expect(text).toContain(
      '<del><h3>Something happened</h3><div class="body"><p>In <strong>Gaza</strong>.</p></div></del>',
    );
    expect(text.indexOf('Our only source')).toBeLessThan(text.indexOf('<del>'));
    expect(text).not.toContain('Key development');
  });

  test('PAGE7 key developments and pinned updates carry their mark in words', () => {
    expect(words({ key: true })).toContain('Key development');
    expect(words({ key: true, pinned: true })).toContain('Pinned · Key development');
    expect(markup({ key: true, pinned: true })).toContain('class="key pinned"');
    expect(words({})).not.toContain('Key development');
  });

  test('PAGE10 text in another language than the page says which, and runs its own way; the rest stays the page’s', () => {
    const text = markup({ language: 'ar', headline: 'عنوان' });
    expect(text).toContain('<h3 lang="ar" dir="rtl">عنوان</h3>');
    expect(text).toContain('<div class="body" lang="ar" dir="rtl">');
    expect(text).toMatch(/^<article id="[^"]*">/);
    expect(markup({})).not.toContain('lang=');
    expect(markup({ language: 'ar' }, 'ar')).not.toContain('lang=');
  });

  test('PAGE3 without a headline the body stands alone, without a body the headline', () => {
    expect(markup({ headline: '' })).not.toMatch(/<h3(?! class="at")/);
    expect(markup({ body: '' })).not.toContain('class="body"');
  });
});
