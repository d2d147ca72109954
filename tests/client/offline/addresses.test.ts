import { expect, test } from '@jest/globals';
import { copyAddress, isAsset, timelineOf } from '../../../client/offline/addresses.ts';

const url = (path: string) => new URL(path, 'https://live.example.org');

test.each([
  ['/', '/'],
  ['/gaza', '/gaza'],
  ['/gaza/day/124?utm_source=x&lang=ar', '/gaza/day/124?lang=ar'],
  ['/gaza/day/124?lite', '/gaza/day/124?lite='],
  ['/gaza/day/124/map', '/gaza/day/124/map'],
  ['/gaza/popular', '/gaza/popular'],
  ['/gaza/updates/01HQ3K?sent=reply', '/gaza/updates/01HQ3K'],
  ['/gaza/days?to=124', '/gaza/days'],
  ['/gaza/search?q=x', null],
  ['/gaza/feed.atom', null],
  ['/newsroom', null],
  ['/newsroom/gaza', null],
  ['/api/v1/timelines', null],
  ['/embed/gaza', null],
  ['/docs/api', null],
  ['/offline', null],
  ['/sw.js', null],
  ['/gaza/day/124/more', null],
])('OFF4 a page has one address under which it is kept: %s', (path, address) => {
  expect(copyAddress(url(path))).toBe(address);
});

test('OFF4 of the files of the build those of readers’ pages are kept', () => {
  expect([
    isAsset(url('/assets/reader-1.js')),
    isAsset(url('/assets/embed-widget-1.js')),
    isAsset(url('/newsroom/assets/newsroom-1.js')),
  ]).toEqual([true, false, false]);
  expect(['/', '/gaza', '/gaza/day/124?lang=ar'].map(timelineOf)).toEqual(['', 'gaza', 'gaza']);
});
